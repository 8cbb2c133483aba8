import type { Resource } from '../../istio/types.ts';
import type { Assumptions } from './assumed.ts';
import { keepEqual, keepLast, keepList, keepMap, keepPer, sameItems } from '../../base/keep.ts';
import { kubernetesService, podFinder, podsOf } from './kubernetes.ts';
import type { RegisteredService } from './kubernetes.ts';
import type { Endpoint, Service } from './model.ts';
import { compareAge } from './order.ts';
import { entryServices } from './service-entry.ts';

/** All services of the mesh, as istiod's push context indexes them. */
export interface Directory {
  /** Oldest first. */
  readonly services: readonly Service[];
  /** By host, then by namespace: the oldest, but a Kubernetes Service before all others. */
  readonly byHost: ReadonlyMap<string, ReadonlyMap<string, Service>>;
  readonly publicServices: readonly Service[];
  /** By the namespace that they are exported to by name. */
  readonly exportedTo: ReadonlyMap<string, readonly Service[]>;
}

/** Services with their endpoints. What becomes of a pod leaves the directory the same object. */
export interface Registry {
  readonly directory: Directory;
  /** By host, then by namespace: the endpoints of all services of that host there. */
  readonly endpoints: Endpoints;
}

export type Endpoints = ReadonlyMap<string, ReadonlyMap<string, readonly Endpoint[]>>;

/** True when `namespace` may see the service (istiod: `IsServiceVisible`). */
export function isVisible(service: Service, namespace: string): boolean {
  const to = service.exportTo;
  return to.includes('*') || (to.includes('.') && service.namespace === namespace) || to.includes(namespace);
}

/** Services that a namespace sees: those exported to it by name first, then the public ones. */
export function servicesExportedTo(directory: Directory, namespace: string): readonly Service[] {
  return [...(directory.exportedTo.get(namespace) ?? []), ...directory.publicServices];
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
  return new Map([...hosts].map(([host, one]) => [host, Array.isArray(one) ? together(...one) : alone(one)]));
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
  return { services, byHost, publicServices, exportedTo };
}

/** What a resource registers, and all that it is made of but the resource. */
interface Entry {
  readonly resource: Resource;
  readonly inputs: readonly unknown[];
  readonly registered: readonly RegisteredService[];
}

/** Makes the services that resources register, edit after edit. */
function entriesMaker(): (resources: readonly Resource[], assumed: Assumptions) => readonly RegisteredService[] {
  const readPods = keepLast((resources: readonly Resource[]) => podFinder(podsOf(resources)));
  const workloadEntries = keepLast((resources: readonly Resource[]) => {
    return resources.filter((r) => r.kind === 'WorkloadEntry');
  });
  let last: readonly Entry[] = [];
  return (resources, assumed) => {
    const pods = readPods(resources);
    const entries = workloadEntries(resources);
    let n = 0;
    const before = last;
    last = resources.map((resource, place): Entry => {
      const isService = resource.kind === 'Service' && resource.group === '';
      if (isService) n += 1;
      const more = isService ? assumed.endpoints.get(resource.id) : undefined;
      const inputs = [n, pods, entries, more];
      const old = before[place];
      if (old?.resource === resource && sameItems(old.inputs, inputs)) return old;
      const registered = isService
        ? [kubernetesService(resource, n, pods, more)]
        : resource.kind === 'ServiceEntry'
          ? entryServices(resource, pods, entries)
          : [];
      return { resource, inputs, registered };
    });
    return [...last.flatMap((entry) => entry.registered), ...assumed.services];
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
  const directory = keepLast(directoryOf);
  const registry = keepLast((registered: readonly RegisteredService[]): Registry => {
    return { directory: directory(keepServices(servicesOf(registered))), endpoints: endpointsOfAll(registered) };
  });
  return keepLast((resources, assumed) => registry(keep(entries(resources, assumed))));
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
