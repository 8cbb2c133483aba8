import { sameItems } from '../../base/lists.ts';
import type { Resource } from '../../istio/types.ts';
import type { Assumptions } from './assumed.ts';
import { PatchedMap } from '../../base/patched-map.ts';
import { changedPlaces, keepEqual, keepLast, keepList, keepMap, keepPer, replaced } from '../../base/keep.ts';
import { kubernetesService, nodesOf, podFinder, podsOf } from './kubernetes.ts';
import type { Pod, PodFinder, RegisteredService } from './kubernetes.ts';
import type { Endpoint, Service } from './model.ts';
import { compareAge } from './order.ts';
import { entryServices } from './service-entry.ts';

/** All services of the mesh, as istiod's push context indexes them. */
export interface Directory {
  /** Oldest first. */
  readonly services: readonly Service[];
  /** By host, then by namespace: the oldest, but a Kubernetes Service before all others. */
  readonly byHost: PatchedMap<string, ReadonlyMap<string, Service>>;
  readonly publicServices: readonly Service[];
  /** By the namespace that they are exported to by name. */
  readonly exportedTo: ReadonlyMap<string, readonly Service[]>;
}

/** Services with their endpoints. What becomes of a pod leaves the directory the same object. */
export interface Registry {
  readonly directory: Directory;
  /** By host, then by namespace: the endpoints of all services of that host there. */
  readonly endpoints: Endpoints;
  readonly workloads: Workloads;
}

/** What may call, beside what is called: pods and WorkloadEntries. */
export interface Workloads {
  readonly pods: readonly Pod[];
  readonly find: PodFinder;
  readonly entries: readonly Resource[];
}

export type Endpoints = PatchedMap<string, ReadonlyMap<string, readonly Endpoint[]>>;

/** True when `namespace` may see the service (istiod: `IsServiceVisible`). */
export function isVisible(service: Service, namespace: string): boolean {
  const to = service.exportTo;
  return to.includes('*') || (to.includes('.') && service.namespace === namespace) || to.includes(namespace);
}

/** Services that a namespace sees: those exported to it by name first, then the public ones. */
export function servicesExportedTo(directory: Directory, namespace: string): readonly Service[] {
  const own = directory.exportedTo.get(namespace);
  return own === undefined ? directory.publicServices : [...own, ...directory.publicServices];
}

const withHosts = keepPer((service: Service, ...aliases: readonly string[]): Service => ({ ...service, aliases }));

/** Gives each concrete service the hosts of the `ExternalName` services that lead to it; a circle of them leads nowhere. */
function withAliases(services: readonly Service[]): readonly Service[] {
  const target = new Map(services.filter((s) => s.resolution === 'alias').map((s) => [s.hostname, s.externalName]));
  if (target.size === 0) return services;
  const aliases = new Map<string, string[]>();
  for (const alias of target.keys()) {
    const seen = new Set([alias]);
    let at = target.get(alias) ?? '';
    while (target.has(at) && !seen.has(at)) {
      seen.add(at);
      at = target.get(at) ?? '';
    }
    if (!target.has(at)) aliases.set(at, [...(aliases.get(at) ?? []), alias]);
  }
  for (const list of aliases.values()) list.sort();
  return services.map((s) => {
    const own = s.resolution === 'alias' ? undefined : aliases.get(s.hostname);
    return own === undefined ? s : withHosts(s, ...own);
  });
}

/** The endpoints of all services of one host and namespace. */
const joined = keepPer((...all: readonly RegisteredService[]): readonly Endpoint[] => {
  const into: Endpoint[] = [];
  for (const { service, endpoints } of all) {
    // Of a name that is resolved again and again a port keeps one endpoint, whichever entry brought it.
    const once = service.resolution === 'dnsRoundRobin';
    for (const endpoint of endpoints)
      if (!once || !into.some((other) => other.portName === endpoint.portName)) into.push(endpoint);
  }
  return into;
});

/** The endpoints of a host by namespace, where one service has it and where several do. */
const alone = keepPer((one: RegisteredService) => new Map([[one.service.namespace, joined(one)]]));
const together = keepPer((...all: readonly [RegisteredService, ...RegisteredService[]]) => {
  const places = new Map<string, RegisteredService[]>();
  for (const one of all) places.set(one.service.namespace, [...(places.get(one.service.namespace) ?? []), one]);
  return new Map(
    [...places].flatMap(([ns, [first, ...rest]]) => (first ? [[ns, joined(first, ...rest)] as const] : [])),
  );
});

function endpointsOfAll(registered: readonly RegisteredService[]): Endpoints {
  const hosts = new Map<string, RegisteredService | [RegisteredService, ...RegisteredService[]]>();
  for (const one of registered) {
    const { hostname } = one.service;
    const there = hosts.get(hostname);
    if (there === undefined) hosts.set(hostname, one);
    else if (Array.isArray(there)) there.push(one);
    else hosts.set(hostname, [there, one]);
  }
  return new PatchedMap(
    new Map([...hosts].map(([host, one]) => [host, Array.isArray(one) ? together(...one) : alone(one)])),
  );
}

function directoryOf(registered: readonly Service[]): Directory {
  const services = withAliases([...registered].sort(compareAge));
  const byHost = new Map<string, Map<string, Service>>();
  const publicServices: Service[] = [];
  const exportedTo = new Map<string, Service[]>();
  for (const service of services) {
    const places = byHost.get(service.hostname) ?? new Map<string, Service>();
    byHost.set(service.hostname, places);
    const existing = places.get(service.namespace);
    if (existing === undefined || (!existing.kubernetes && service.kubernetes)) places.set(service.namespace, service);
    if (service.exportTo.includes('*')) publicServices.push(service);
    else if (!service.exportTo.includes('~')) {
      for (const to of new Set(service.exportTo.map((t) => (t === '.' ? service.namespace : t))))
        exportedTo.set(to, [...(exportedTo.get(to) ?? []), service]);
    }
  }
  return { services, byHost: new PatchedMap(byHost), publicServices, exportedTo };
}

/** Makes endpoints by host, edit after edit: only hosts whose services changed are looked at, where no two services share them. */
function endpointsMaker(): (registered: readonly RegisteredService[]) => Endpoints {
  let before: readonly RegisteredService[] = [];
  let last: Endpoints = new PatchedMap(new Map());
  const patched = (now: readonly RegisteredService[]): Endpoints | undefined => {
    const places = changedPlaces(before, now);
    if (places === undefined) return undefined;
    const changes = new Map<string, ReadonlyMap<string, readonly Endpoint[]>>();
    for (const place of places) {
      const old = before[place];
      const one = now[place];
      const hostname = one?.service.hostname;
      if (old === undefined || one === undefined || hostname === undefined) return undefined;
      if (old.service.hostname !== hostname || (changes.get(hostname) ?? last.get(hostname)) !== alone(old))
        return undefined;
      changes.set(hostname, alone(one));
    }
    return last.with(changes);
  };
  return (registered) => {
    last = patched(registered) ?? endpointsOfAll(registered);
    before = registered;
    return last;
  };
}

/** True where one service can stand in the other's place: nothing that decides who wins or sees it differs. */
export function standsFor(a: Service, b: Service): boolean {
  return (
    a.hostname === b.hostname &&
    a.namespace === b.namespace &&
    a.name === b.name &&
    a.created === b.created &&
    a.kubernetes === b.kubernetes &&
    a.resolution !== 'alias' &&
    b.resolution !== 'alias' &&
    sameItems(a.exportTo, b.exportTo)
  );
}

/** The directory with a service in another's place; `undefined` where more would change, or the service has aliases. */
function withService(directory: Directory, old: Service, now: Service): Directory | undefined {
  const services = replaced(directory.services, old, now);
  const places = directory.byHost.get(old.hostname);
  if (services === directory.services || places === undefined || !standsFor(old, now)) return undefined;
  const { namespace } = old;
  const byHost =
    places.get(namespace) === old
      ? directory.byHost.with(new Map([[old.hostname, new Map(places).set(namespace, now)]]))
      : directory.byHost;
  const publicServices = replaced(directory.publicServices, old, now);
  const exportedTo =
    publicServices === directory.publicServices
      ? new Map([...directory.exportedTo].map(([to, list]) => [to, replaced(list, old, now)]))
      : directory.exportedTo;
  return { services, byHost, publicServices, exportedTo };
}

/** Makes the directory, edit after edit. */
function directoryMaker(): (registered: readonly Service[]) => Directory {
  let before: readonly Service[] = [];
  let last: Directory | undefined;
  const patched = (now: readonly Service[]): Directory | undefined => {
    const places = changedPlaces(before, now);
    let directory = places && last;
    for (const place of places ?? []) {
      const old = before[place];
      const one = now[place];
      directory = directory && old && one && withService(directory, old, one);
    }
    return directory;
  };
  return (registered) => {
    last = patched(registered) ?? directoryOf(registered);
    before = registered;
    return last;
  };
}

/** Kinds of which each resource says how many pods stand before the next one's, or where they run, or who is behind a ServiceEntry. */
export const POD_KINDS: readonly string[] = [
  'WorkloadEntry',
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Node',
];
const PODS: ReadonlySet<string> = new Set(POD_KINDS);

/** Makes who may call, edit after edit; the same object where it says the same. */
function workloadsMaker(): (resources: readonly Resource[]) => Workloads {
  const keepPods = keepList<Pod>();
  const keepNodes = keepList<Resource>();
  const keepEntries = keepList<Resource>();
  const nodes = keepLast((list: readonly Resource[]) => nodesOf(list));
  const finder = keepLast((pods: readonly Pod[]) => podFinder(pods));
  const workloads = keepLast((pods: readonly Pod[], entries: readonly Resource[]): Workloads => {
    return { pods, find: finder(pods), entries };
  });
  return (resources) => {
    const some = resources.filter(({ kind }) => PODS.has(kind));
    const pods = keepPods(podsOf(some, nodes(keepNodes(some.filter(({ kind }) => kind === 'Node')))));
    return workloads(pods, keepEntries(some.filter(({ kind }) => kind === 'WorkloadEntry')));
  };
}

const isService = ({ kind, group }: Resource): boolean => kind === 'Service' && group === '';

/** What services were registered of, each resource's in a list beside. */
interface Entries {
  readonly resources: readonly Resource[];
  readonly assumed: Assumptions;
  readonly workloads: Workloads;
  /** For each resource how many Services stand before it. */
  readonly before: Int32Array;
  readonly each: readonly (readonly RegisteredService[])[];
}

const NOT_ONE: readonly RegisteredService[] = [];

/** What the resource at a place registers, `n` Services standing before it. */
function registeredOf(
  resource: Resource,
  n: number,
  assumed: Assumptions,
  to: Workloads,
): readonly RegisteredService[] {
  if (isService(resource)) return [kubernetesService(resource, n + 1, to.find, assumed.endpoints.get(resource.id))];
  return resource.kind === 'ServiceEntry' ? entryServices(resource, to.find, to.entries) : NOT_ONE;
}

/** A list of services; the one of before where it holds the same. */
const sameRegistered = (
  old: readonly RegisteredService[] | undefined,
  now: readonly RegisteredService[],
): readonly RegisteredService[] => (old !== undefined && sameItems(old, now) ? old : now);

/**
 * Places of resources that may register something else than before, of which some stand in others' places; `undefined` where it may be any.
 */
function placesTouched(
  last: Entries,
  resources: readonly Resource[],
  assumed: Assumptions,
): ReadonlySet<number> | undefined {
  const places = changedPlaces(last.resources, resources);
  const ids = assumed.endpoints.changedSince(last.assumed.endpoints);
  if (places === undefined || ids === undefined) return undefined;
  const touched = new Set(places);
  for (const place of places) {
    const old = last.resources[place];
    const now = resources[place];
    if (old === undefined || now === undefined || old.kind !== now.kind || isService(old) !== isService(now))
      return undefined;
  }
  const others = new Set(ids);
  for (const place of places) {
    const one = resources[place];
    if (one !== undefined) others.delete(one.id);
  }
  if (others.size > 0) for (const [place, { id }] of resources.entries()) if (others.has(id)) touched.add(place);
  return touched;
}

/** Makes the services that resources register, edit after edit. */
function entriesMaker(): (
  resources: readonly Resource[],
  assumed: Assumptions,
) => { readonly registered: readonly RegisteredService[]; readonly workloads: Workloads } {
  const workloadsOf = workloadsMaker();
  let last: Entries | undefined;
  const patched = (resources: readonly Resource[], assumed: Assumptions): Entries | undefined => {
    const touched = last === undefined ? undefined : placesTouched(last, resources, assumed);
    if (last === undefined || touched === undefined) return undefined;
    const countsPods = [...touched].some((place) => PODS.has(resources[place]?.kind ?? ''));
    const workloads = countsPods ? workloadsOf(resources) : last.workloads;
    if (workloads !== last.workloads) return undefined;
    const each = [...last.each];
    for (const place of touched) {
      const resource = resources[place];
      if (resource === undefined) continue;
      each[place] = sameRegistered(each[place], registeredOf(resource, last.before[place] ?? 0, assumed, workloads));
    }
    return { resources, assumed, workloads, before: last.before, each };
  };
  const anew = (resources: readonly Resource[], assumed: Assumptions): Entries => {
    const workloads = workloadsOf(resources);
    const before = new Int32Array(resources.length);
    let n = 0;
    const each = resources.map((resource, place) => {
      before[place] = n;
      const now = registeredOf(resource, n, assumed, workloads);
      if (isService(resource)) n += 1;
      return now;
    });
    return { resources, assumed, workloads, before, each };
  };
  return (resources, assumed) => {
    last = patched(resources, assumed) ?? anew(resources, assumed);
    const registered: RegisteredService[] = [];
    for (const list of last.each) for (const one of list) registered.push(one);
    for (const one of assumed.services) registered.push(one);
    return { registered, workloads: last.workloads };
  };
}

/** Makes the registry of a set of resources, with what is assumed beside them, edit after edit. */
export function registryMaker(): (resources: readonly Resource[], assumed: Assumptions) => Registry {
  const entries = entriesMaker();
  const keep = keepList<RegisteredService>();
  const servicesOf = keepMap(({ service }: RegisteredService, _context: undefined, before?: Service) =>
    keepEqual(before, service),
  );
  const keepServices = keepList<Service>();
  const directory = keepLast(directoryMaker());
  const endpoints = endpointsMaker();
  const registry = keepLast((registered: readonly RegisteredService[], workloads: Workloads): Registry => {
    return { directory: directory(keepServices(servicesOf(registered))), endpoints: endpoints(registered), workloads };
  });
  return keepLast((resources, assumed) => {
    const { registered, workloads } = entries(resources, assumed);
    return registry(keep(registered), workloads);
  });
}

const NO_ENDPOINTS: readonly Endpoint[] = [];

/** The endpoints of all ports of a service. */
export function allEndpointsOf(endpoints: Endpoints, service: Service): readonly Endpoint[] {
  return endpoints.get(service.hostname)?.get(service.namespace) ?? NO_ENDPOINTS;
}

/** The endpoints of a service's port, as its name says; with `labels`, those that have them. */
export function endpointsOf(
  endpoints: Endpoints,
  service: Service,
  port: { readonly name: string },
): readonly Endpoint[] {
  return allEndpointsOf(endpoints, service).filter((e) => e.portName === port.name);
}
