import { isService, isServiceEntry } from '../../istio/index.ts';
import type { Entry, World } from './types.ts';

/* How istioctl finds the service behind a host. Source: analyzers/util/hosts.go and service_lookup.go. */

const EVERYBODY = '*';

/** A service as far as destinations ask for it. */
export interface KnownService {
  readonly ports: readonly number[];
  /** The workload selector of a ServiceEntry. */
  readonly selector: Readonly<Record<string, string>>;
}

/** Services by `scope/host`, and those whose host is a wildcard once more. */
export interface ServiceTable {
  readonly byHost: ReadonlyMap<string, KnownService>;
  readonly wildcards: readonly { readonly scope: string; readonly tail: string; readonly service: KnownService }[];
}

/** A host without a dot and a wildcard gets the namespace and the cluster's domain. */
export function expandHost(namespace: string, host: string): string {
  return host.startsWith('*') || host.includes('.') ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Namespace and name of a host, `namespace/name`; one that is no name of the cluster is taken whole, in the own namespace. */
export function hostName(namespace: string, host: string): string {
  const match = /^(.+)\.(.+)\.svc\.cluster\.local$/.exec(host);
  return match === null ? `${namespace}/${host}` : `${match[2]}/${match[1]}`;
}

/** Whether the documents can tell that a host is not there, as an object of `namespace` writes it. */
export function isJudged(world: World, namespace: string, host: string): boolean {
  const [, , owner] = /^(.+)\.(.+)\.svc\.cluster\.local$/.exec(expandHost(namespace, host)) ?? [];
  return owner === undefined || world.knowsHostsOf(owner);
}

/** The scopes of an object's `exportTo`, one for everybody where it says nothing. */
export function exportScopes(exportTo: readonly string[] | undefined, namespace: string): readonly string[] {
  if (exportTo === undefined || exportTo.length === 0 || exportTo.includes(EVERYBODY)) return [EVERYBODY];
  return [...new Set(exportTo.map((entry) => (entry === '.' ? namespace : entry)))];
}

function entryScopes({ namespace }: Entry, exportTo: readonly string[], first: boolean): readonly string[] {
  if (exportTo.length === 0) return [EVERYBODY];
  const everybody = exportTo.indexOf(EVERYBODY);
  // From its second host on, an entry for everybody is only that.
  if (everybody >= 0 && !first) return [EVERYBODY];
  const counted = everybody < 0 ? exportTo : exportTo.slice(0, everybody + 1);
  return counted.map((scope) => (scope === '.' ? namespace : scope));
}

function annotationScopes(annotation: string | undefined, namespace: string): readonly string[] {
  if (annotation === undefined || annotation === '') return [EVERYBODY];
  return annotation.split(',').map((part) => (part.trim() === '.' ? namespace : part.trim()));
}

let lastTable: { readonly lists: readonly (readonly Entry[])[]; readonly table: ServiceTable } | undefined;

/** All services of a world; made again only where they are others than last time. */
export function serviceTable(world: World): ServiceTable {
  const lists = [world.of('ServiceEntry'), world.of('Service')];
  if (lastTable?.lists.every((list, index) => list === lists[index]) !== true)
    lastTable = { lists, table: buildTable(world) };
  return lastTable.table;
}

/** A service with the `scope/host` that it is known by. */
interface Listed {
  readonly service: KnownService;
  readonly keys: readonly string[];
}
const listed = new WeakMap<Entry, Listed>();
const NOTHING: Listed = { service: { ports: [], selector: {} }, keys: [] };

/** What an entry adds to the table; kept with it, so that what did not change means the same service in the next table. */
function listedOf(entry: Entry): Listed {
  let known = listed.get(entry);
  if (known === undefined) listed.set(entry, (known = list(entry)));
  return known;
}

function list(entry: Entry): Listed {
  const { resource, namespace, name } = entry;
  if (isServiceEntry(resource)) {
    const { hosts = [], exportTo = [], ports = [], workloadSelector } = resource.spec;
    const keys = hosts.flatMap((host, index) =>
      entryScopes(entry, exportTo, index === 0).map((scope) => `${scope}/${expandHost(namespace, host)}`),
    );
    const service = { ports: ports.map((port) => port.number ?? 0), selector: workloadSelector?.labels ?? {} };
    return { service, keys };
  }
  if (!isService(resource)) return NOTHING;
  const scopes = annotationScopes(resource.annotations['networking.istio.io/exportTo'], namespace);
  const service = { ports: (resource.spec.ports ?? []).map((port) => port.port ?? 0), selector: {} };
  return { service, keys: scopes.map((scope) => `${scope}/${expandHost(namespace, name)}`) };
}

function buildTable(world: World): ServiceTable {
  const byHost = new Map<string, KnownService>();
  for (const kind of ['ServiceEntry', 'Service']) {
    for (const entry of world.of(kind)) {
      const { service, keys } = listedOf(entry);
      for (const key of keys) byHost.set(key, service);
    }
  }
  const wildcards: ServiceTable['wildcards'][number][] = [];
  for (const [key, service] of byHost) {
    const slash = key.indexOf('/');
    if (key[slash + 1] === '*') wildcards.push({ scope: key.slice(0, slash), tail: key.slice(slash + 2), service });
  }
  return { byHost, wildcards };
}

/** The service that an object of `namespace` with this `exportTo` means by a host. Source: util.GetDestinationHost. */
export function findService(
  table: ServiceTable,
  namespace: string,
  exportTo: readonly string[] | undefined,
  host: string,
): KnownService | undefined {
  const wanted = expandHost(namespace, host);
  const own = exportTo === undefined || exportTo.length === 0 ? [namespace] : exportTo;
  for (const scope of [EVERYBODY, ...own]) {
    const found = table.byHost.get(`${scope === '.' ? namespace : scope}/${wanted}`);
    if (found !== undefined) return found;
  }
  const bare = host.replace(/^\*/, '');
  const wild = table.wildcards.find(
    ({ scope, tail }) => (scope === EVERYBODY || scope === namespace) && bare.endsWith(tail),
  );
  return wild?.service;
}
