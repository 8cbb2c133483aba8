import {
  compareSpecific,
  hostIsWithin,
  isService,
  isServiceEntry,
  parseProtocol,
  selects,
  serviceOfHost,
  servicePortProtocol,
  CLUSTER_DOMAIN,
} from '../istio/index.ts';
import type { AnyResource, DestinationRule, Resource, Service, ServiceEntry } from '../istio/index.ts';
import type { Named } from './naming.ts';
import type { MeshPort, MeshService, MeshSubset, MeshWorkload } from './types.ts';
import { selectWorkloads } from './workloads.ts';
import type { WorkloadIndex } from './workloads.ts';

/** All that a service is made of. Two services of equal parts are equal, so an earlier one can stand for both. */
interface Parts {
  readonly host: string;
  /** The Service, or the ServiceEntries that share the host, the first one being the owner. */
  readonly declared: readonly (Service | ServiceEntry)[];
  readonly rules: readonly DestinationRule[];
  readonly workloads: readonly MeshWorkload[];
  /** No pods are declared where they could be, so one for each subset is taken for granted. */
  readonly assumePods: boolean;
  /** What routes name of it, as text: ports that count for an assumed host, and subsets. */
  readonly namedText: string;
}

const partsOf = new WeakMap<MeshService, Parts>();

const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => item === b[index]));

function sameParts(a: Parts, b: Parts): boolean {
  return (
    a.namedText === b.namedText &&
    a.assumePods === b.assumePods &&
    sameList(a.declared, b.declared) &&
    sameList(a.rules, b.rules) &&
    sameList(a.workloads, b.workloads)
  );
}

const servicePorts = (service: Service): readonly MeshPort[] =>
  (service.spec.ports ?? []).flatMap((port) =>
    port.port === undefined
      ? []
      : [
          {
            number: port.port,
            name: port.name ?? '',
            protocol: servicePortProtocol(port),
            targetPort: port.targetPort,
          },
        ],
  );

function entryPorts(entries: readonly ServiceEntry[]): readonly MeshPort[] {
  const ports = new Map<number, MeshPort>();
  for (const entry of entries) {
    for (const { number, name = '', protocol = '', targetPort } of entry.spec.ports ?? []) {
      if (number === undefined || ports.has(number)) continue;
      ports.set(number, { number, name, protocol: parseProtocol(protocol), targetPort });
    }
  }
  return [...ports.values()];
}

function assumedPorts(named: Named | undefined): readonly MeshPort[] {
  const ports = [...(named?.ports ?? [])].sort(([a], [b]) => a - b);
  const list = ports.length > 0 ? ports : [[80, named?.protocol ?? 'HTTP'] as const];
  return list.map(([number, protocol]) => ({ number, name: `${protocol.toLowerCase()}-${number}`, protocol }));
}

function assumedPod(
  host: string,
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): MeshWorkload {
  return { id: `assumed ${host} ${name}`, name, namespace, labels, assumed: true };
}

const endpointsKnown = new WeakMap<ServiceEntry, readonly MeshWorkload[]>();

function endpointsOf(entry: ServiceEntry): readonly MeshWorkload[] {
  let endpoints = endpointsKnown.get(entry);
  if (endpoints === undefined) {
    endpoints = (entry.spec.endpoints ?? []).map(({ address, labels = {} }, index) => ({
      id: `${entry.id} endpoint ${index}`,
      name: address ?? '',
      namespace: entry.namespace,
      labels,
      resource: entry.id,
      assumed: false,
    }));
    endpointsKnown.set(entry, endpoints);
  }
  return endpoints;
}

function workloadsOf(declared: readonly (Service | ServiceEntry)[], index: WorkloadIndex): readonly MeshWorkload[] {
  const found = declared.flatMap((owner) => {
    const any: AnyResource = owner;
    if (isService(any)) {
      return any.spec.selector === undefined ? [] : selectWorkloads(index, any.namespace, any.spec.selector, true);
    }
    const { spec, namespace } = owner as ServiceEntry; // what is no Service here is a ServiceEntry
    const labels = spec.workloadSelector?.labels;
    return labels === undefined ? endpointsOf(owner as ServiceEntry) : selectWorkloads(index, namespace, labels, true);
  });
  return declared.length > 1 ? [...new Set(found)] : found;
}

interface Pods {
  readonly workloads: readonly MeshWorkload[];
  readonly subsets: readonly MeshSubset[];
}

function podsAndSubsets(
  parts: Parts,
  place: { readonly name: string; readonly namespace: string },
  named: Named | undefined,
): Pods {
  const subsets: MeshSubset[] = [];
  const seen = new Set<string>();
  const assumed: MeshWorkload[] = [];
  for (const rule of parts.rules) {
    (rule.spec.subsets ?? []).forEach((subset, index) => {
      const { name = '', labels = {} } = subset;
      if (name === '' || seen.has(name)) return;
      seen.add(name);
      const { file, slot, path } = rule.source;
      const workloads = parts.assumePods
        ? [assumedPod(parts.host, place.namespace, `${place.name}-${name}`, labels)]
        : parts.workloads.filter((workload) => selects(labels, workload.labels));
      if (parts.assumePods) assumed.push(...workloads);
      subsets.push({
        name,
        labels,
        source: { file, slot, path: [...path, 'spec', 'subsets', index] },
        missing: false,
        workloads,
      });
    });
  }
  for (const name of named?.subsets ?? []) {
    if (!seen.has(name)) subsets.push({ name, labels: {}, missing: true, workloads: [] });
  }
  if (!parts.assumePods) return { workloads: parts.workloads, subsets };
  return {
    workloads: assumed.length > 0 ? assumed : [assumedPod(parts.host, place.namespace, place.name, {})],
    subsets,
  };
}

function makeService(parts: Parts, named: Named | undefined): MeshService {
  const { host, declared, rules } = parts;
  const owner: AnyResource | undefined = declared[0];
  const kubernetes = serviceOfHost(host);
  const common = { host, destinationRules: rules.map((rule) => rule.id) };
  const place = kubernetes ?? { name: host, namespace: owner?.namespace ?? rules[0]?.namespace ?? '' };
  const pods = podsAndSubsets(parts, place, named);
  if (owner === undefined) {
    return {
      ...common,
      ...place,
      origin: 'assumed',
      external: kubernetes === undefined,
      ports: assumedPorts(named),
      ...pods,
    };
  }
  const declaredBy = { resource: owner.id, source: owner.source };
  if (isService(owner)) {
    return {
      ...common,
      ...place,
      origin: 'service',
      external: false,
      ...declaredBy,
      ports: servicePorts(owner),
      ...pods,
    };
  }
  const entries = declared as readonly ServiceEntry[]; // a Service always stands first and alone
  const { location, resolution = 'NONE' } = entries[0]?.spec ?? {};
  return {
    ...common,
    ...place,
    origin: 'serviceEntry',
    external: location !== 'MESH_INTERNAL',
    resolution,
    ...declaredBy,
    ports: entryPorts(entries),
    ...pods,
  };
}

/** Services and ServiceEntries by host. A Service beats ServiceEntries; the last Service of a name counts, as kubectl would have it. */
function declaredHosts(byKind: ReadonlyMap<string, readonly Resource[]>): Map<string, (Service | ServiceEntry)[]> {
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
      if (there === undefined) hosts.set(host, [any]);
      else if (
        owner !== undefined &&
        isServiceEntry(owner) &&
        owner.namespace === any.namespace &&
        !there.includes(any)
      )
        there.push(any);
    }
  }
  return hosts;
}

/** DestinationRules by full host, and the hosts of them that are wildcards, most specific first. */
function rulesByHost(rules: readonly DestinationRule[], resolved: (rule: DestinationRule) => string) {
  const byHost = new Map<string, DestinationRule[]>();
  for (const rule of rules) {
    const host = resolved(rule);
    if (host === '') continue;
    const there = byHost.get(host);
    if (there === undefined) byHost.set(host, [rule]);
    else there.push(rule);
  }
  return { byHost, wildcards: [...byHost.keys()].filter((host) => host.startsWith('*')).sort(compareSpecific) };
}

export interface ServiceInputs {
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
  readonly named: ReadonlyMap<string, Named>;
  readonly workloads: WorkloadIndex;
  readonly registry: 'assumed' | 'declared';
  readonly rules: readonly DestinationRule[];
  readonly hostOfRule: (rule: DestinationRule) => string;
}

const NO_RULES: readonly DestinationRule[] = [];

/** The hosts that nothing declares and that are taken for granted: named as a destination or by a DestinationRule, no wildcard. */
function hostsToAssume(inputs: ServiceInputs, declared: ReadonlyMap<string, unknown>): readonly string[] {
  if (inputs.registry === 'declared') return [];
  const wild = [...declared.keys()].filter((host) => host.startsWith('*'));
  return [...inputs.named].flatMap(([host, named]) => {
    if (!named.assumes || host.startsWith('*') || declared.has(host) || isHalfNamed(host, declared, inputs.named))
      return [];
    return wild.some((wildcard) => hostIsWithin(host, wildcard)) ? [] : [host];
  });
}

/** `reviews.prod` where `reviews.prod.svc.cluster.local` is there too: a slip that Istio does not forgive. */
function isHalfNamed(host: string, declared: ReadonlyMap<string, unknown>, named: ReadonlyMap<string, Named>): boolean {
  return fullNames(host).some((full) => declared.has(full) || named.get(full)?.assumes === true);
}

/** What a host of one dot, or one that ends in `.svc`, may have been meant to be. */
export function fullNames(host: string): readonly string[] {
  if (/^[^.*]+\.[^.]+$/.test(host)) return [`${host}.svc.${CLUSTER_DOMAIN}`];
  return /^[^.*]+\.[^.]+\.svc$/.test(host) ? [`${host}.${CLUSTER_DOMAIN}`] : [];
}

/** All services by host: declared ones in text order, then assumed ones in the order in which they are named. */
export function buildServices(
  inputs: ServiceInputs,
  previous: ReadonlyMap<string, MeshService> | undefined,
): ReadonlyMap<string, MeshService> {
  const declared = declaredHosts(inputs.byKind);
  const { byHost, wildcards } = rulesByHost(inputs.rules, inputs.hostOfRule);
  const services = new Map<string, MeshService>();
  let same = true;
  const add = (host: string, owners: readonly (Service | ServiceEntry)[]): void => {
    const wildcard =
      byHost.has(host) || wildcards.length === 0
        ? undefined
        : wildcards.find((wild) => wild !== host && hostIsWithin(host, wild));
    const rules = byHost.get(wildcard ?? host) ?? NO_RULES;
    const named = inputs.named.get(host);
    const workloads = owners.length === 0 ? [] : workloadsOf(owners, inputs.workloads);
    const first: AnyResource | undefined = owners[0];
    const podless =
      first !== undefined &&
      isService(first) &&
      first.spec.type !== 'ExternalName' &&
      !inputs.workloads.namespaces.has(first.namespace);
    const assumePods = inputs.registry === 'assumed' && (first === undefined || podless);
    const ports = owners.length > 0 ? '' : `${named?.protocol ?? ''} ${[...(named?.ports ?? [])].join(' ')}`;
    const namedText = named === undefined ? '' : `${ports}\n${[...named.subsets].join('\n')}`;
    const parts: Parts = { host, declared: owners, rules, workloads, assumePods, namedText };
    const earlier = previous?.get(host);
    const before = earlier === undefined ? undefined : partsOf.get(earlier);
    if (earlier !== undefined && before !== undefined && sameParts(parts, before)) {
      services.set(host, earlier);
      return;
    }
    same = false;
    const service = makeService(parts, named);
    partsOf.set(service, parts);
    services.set(host, service);
  };
  for (const [host, owners] of declared) add(host, owners);
  for (const host of hostsToAssume(inputs, declared)) add(host, []);
  return previous !== undefined && same && sameList([...services.keys()], [...previous.keys()]) ? previous : services;
}
