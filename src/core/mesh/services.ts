import {
  CLUSTER_DOMAIN,
  compareSpecific,
  hostIsWithin,
  isDestinationRule,
  isService,
  isServiceEntry,
  resolveHost,
} from '../istio/index.ts';
import type { AnyResource, DestinationRule, Resource, Service, ServiceEntry } from '../istio/index.ts';
import { keysOf } from './mention-index.ts';
import type { MentionIndex } from './mention-index.ts';
import { namedBy } from './naming.ts';
import type { Named } from './naming.ts';
import { serviceOf, workloadsOf } from './service-parts.ts';
import type { MeshService } from './types.ts';
import type { WorkloadIndex } from './workloads.ts';

export interface ServiceInputs {
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
  readonly mentions: MentionIndex;
  readonly workloads: WorkloadIndex;
  readonly registry: 'assumed' | 'declared';
}

type Owners = readonly (Service | ServiceEntry)[];

/** All services, with what it takes to change some of them. */
export interface ServiceTable {
  readonly inputs: ServiceInputs;
  /** By host: declared ones in text order, then assumed ones by the alphabet. */
  readonly services: ReadonlyMap<string, MeshService>;
  readonly declared: ReadonlyMap<string, Owners>;
  /** Hosts among the declared that begin with a wildcard. */
  readonly wildHosts: readonly string[];
  readonly rules: ReadonlyMap<string, readonly DestinationRule[]>;
  /** Hosts of DestinationRules that begin with a wildcard, most specific first. */
  readonly wildRules: readonly string[];
}

/** Resources that went and came since an earlier mesh. */
export interface Change {
  readonly removed: readonly Resource[];
  readonly added: readonly Resource[];
  /** Each that came stands where one of the same kind and id went, so all orders are as they were. */
  readonly inPlace: boolean;
}

/** A Service beats ServiceEntries; the last Service of a name counts, as kubectl would have it. */
function declaredHosts(byKind: ReadonlyMap<string, readonly Resource[]>): ReadonlyMap<string, Owners> {
  const hosts = new Map<string, (Service | ServiceEntry)[]>();
  for (const resource of byKind.get('Service') ?? []) {
    const any: AnyResource = resource;
    if (isService(any)) hosts.set(`${any.name}.${any.namespace}.svc.${CLUSTER_DOMAIN}`, [any]);
  }
  for (const resource of byKind.get('ServiceEntry') ?? []) {
    const any: AnyResource = resource;
    if (!isServiceEntry(any)) continue;
    for (const host of any.spec.hosts ?? []) {
      if (host === '') continue;
      const there = hosts.get(host);
      const owner: AnyResource | undefined = there?.[0];
      if (there === undefined || owner === undefined) hosts.set(host, [any]);
      else if (isServiceEntry(owner) && owner.namespace === any.namespace && !there.includes(any)) there.push(any);
    }
  }
  return hosts;
}

function rulesByHost(byKind: ReadonlyMap<string, readonly Resource[]>): Pick<ServiceTable, 'rules' | 'wildRules'> {
  const rules = new Map<string, DestinationRule[]>();
  for (const resource of byKind.get('DestinationRule') ?? []) {
    const rule: AnyResource = resource;
    if (!isDestinationRule(rule)) continue;
    const host = resolveHost(rule.spec.host ?? '', rule.namespace);
    if (host === '') continue;
    const there = rules.get(host);
    if (there === undefined) rules.set(host, [rule]);
    else there.push(rule);
  }
  return { rules, wildRules: [...rules.keys()].filter((host) => host.startsWith('*')).sort(compareSpecific) };
}

/** What a host of one dot, or one that ends in `.svc`, may have been meant to be. */
export function fullName(host: string): string | undefined {
  if (/^[^.*]+\.[^.]+$/.test(host)) return `${host}.svc.${CLUSTER_DOMAIN}`;
  return /^[^.*]+\.[^.]+\.svc$/.test(host) ? `${host}.${CLUSTER_DOMAIN}` : undefined;
}

type Tables = Omit<ServiceTable, 'services'>;
const NO_RULES: readonly DestinationRule[] = [];

function namedOf(host: string, { mentions }: ServiceInputs): Named | undefined {
  const resources = mentions.get(host);
  return resources === undefined ? undefined : namedBy(host, resources);
}

/**
 * Whether a host that nothing declares is taken for granted: somebody sends there or has a policy for it, it is no wildcard nor among
 * one, and no half-written name of a service that is there (`reviews.prod` beside `reviews.prod.svc.cluster.local`).
 */
function isAssumed(host: string, tables: Tables): boolean {
  const { inputs, declared, wildHosts } = tables;
  if (inputs.registry === 'declared' || host.startsWith('*') || namedOf(host, inputs)?.assumes !== true) return false;
  const full = fullName(host);
  if (full !== undefined && (declared.has(full) || namedOf(full, inputs)?.assumes === true)) return false;
  return !wildHosts.some((wildcard) => hostIsWithin(host, wildcard));
}

function makeService(host: string, tables: Tables, earlier: MeshService | undefined): MeshService | undefined {
  const { inputs, rules, wildRules } = tables;
  const owners = tables.declared.get(host);
  if (owners === undefined && !isAssumed(host, tables)) return undefined;
  const wildcard = rules.has(host) ? undefined : wildRules.find((wild) => wild !== host && hostIsWithin(host, wild));
  const [first]: readonly AnyResource[] = owners ?? [];
  const podless =
    first !== undefined &&
    isService(first) &&
    first.spec.type !== 'ExternalName' &&
    !inputs.workloads.namespaces.has(first.namespace);
  const parts = {
    host,
    declared: owners ?? [],
    rules: rules.get(wildcard ?? host) ?? NO_RULES,
    workloads: owners === undefined ? [] : workloadsOf(owners, inputs.workloads),
    assumePods: inputs.registry === 'assumed' && (first === undefined || podless),
    named: namedOf(host, inputs),
  };
  return serviceOf(parts, earlier);
}

const DECLARING = new Set(['Service', 'ServiceEntry']);

/** Hosts whose service may have changed; `undefined` for perhaps all. */
function affectedHosts(
  { removed, added }: Change,
  inputs: ServiceInputs,
  previous: ServiceTable,
): ReadonlySet<string> | undefined {
  if (inputs.workloads !== previous.inputs.workloads || inputs.registry !== previous.inputs.registry) return undefined;
  const hosts = new Set<string>();
  for (const resource of [...removed, ...added]) {
    if (DECLARING.has(resource.kind)) return undefined;
    for (const key of keysOf(resource)) {
      if (resource.kind === 'DestinationRule' && key.startsWith('*')) return undefined;
      if (key.includes(' ')) continue;
      hosts.add(key);
      const tail = `.svc.${CLUSTER_DOMAIN}`;
      if (!key.endsWith(tail)) continue;
      // The short forms of a full name are assumed or not with it.
      hosts.add(key.slice(0, -tail.length));
      hosts.add(key.slice(0, -CLUSTER_DOMAIN.length - 1));
    }
  }
  return hosts;
}

function updateSome(
  tables: Tables,
  hosts: ReadonlySet<string>,
  before: ReadonlyMap<string, MeshService>,
): ReadonlyMap<string, MeshService> {
  const changed = new Map<string, MeshService>();
  const gone = new Set<string>();
  let fresh = false;
  for (const host of hosts) {
    const earlier = before.get(host);
    const service = makeService(host, tables, earlier);
    if (service === earlier) continue;
    if (service === undefined) gone.add(host);
    else changed.set(host, service);
    if (earlier === undefined) fresh = true;
  }
  if (changed.size === 0 && gone.size === 0) return before;
  const services = new Map(before);
  for (const [host, service] of changed) services.set(host, service);
  for (const host of gone) services.delete(host);
  if (!fresh) return services;
  const assumed = [...services.values()].filter((service) => service.origin === 'assumed').sort(byHost);
  for (const { host } of assumed) services.delete(host);
  for (const service of assumed) services.set(service.host, service);
  return services;
}

const byHost = (a: MeshService, b: MeshService): number => (a.host < b.host ? -1 : 1);

function updateAll(
  tables: Tables,
  before: ReadonlyMap<string, MeshService> | undefined,
): ReadonlyMap<string, MeshService> {
  const services = new Map<string, MeshService>();
  const add = (host: string): void => {
    const service = makeService(host, tables, before?.get(host));
    if (service !== undefined) services.set(host, service);
  };
  for (const host of tables.declared.keys()) add(host);
  const named = [...tables.inputs.mentions]
    .map(([key]) => key)
    .filter((key) => !key.includes(' ') && !tables.declared.has(key));
  for (const host of named.sort()) add(host);
  const old = before === undefined ? [] : [...before];
  let at = 0;
  for (const [host, service] of services) {
    const [oldHost, oldService] = old[at++] ?? [];
    if (oldHost !== host || oldService !== service) return services;
  }
  return before !== undefined && at === old.length ? before : services;
}

/** All services. With an earlier table and what changed since, the work is in what the change can reach. */
export function buildServices(inputs: ServiceInputs, previous?: ServiceTable, change?: Change): ServiceTable {
  const hosts = previous === undefined || change === undefined ? undefined : affectedHosts(change, inputs, previous);
  const same = (kind: string): boolean => inputs.byKind.get(kind) === previous?.inputs.byKind.get(kind);
  const declared =
    previous !== undefined && same('Service') && same('ServiceEntry')
      ? previous.declared
      : declaredHosts(inputs.byKind);
  const rules = previous !== undefined && same('DestinationRule') ? previous : rulesByHost(inputs.byKind);
  const wildHosts =
    declared === previous?.declared ? previous.wildHosts : [...declared.keys()].filter((host) => host.startsWith('*'));
  const tables: Tables = { inputs, declared, wildHosts, rules: rules.rules, wildRules: rules.wildRules };
  const services =
    hosts === undefined || previous === undefined
      ? updateAll(tables, previous?.services)
      : updateSome(tables, hosts, previous.services);
  return { ...tables, services };
}
