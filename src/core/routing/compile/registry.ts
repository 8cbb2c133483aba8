import type { Resource } from '../../istio/types.ts';
import type { Assumptions } from './assumed.ts';
import { kubernetesService, podsOf } from './kubernetes.ts';
import type { RegisteredService } from './kubernetes.ts';
import type { Endpoint, Service } from './model.ts';
import { compareAge } from './order.ts';
import { entryServices } from './service-entry.ts';

/** All services of the mesh with their endpoints, as istiod's push context indexes them. */
export interface Registry {
  /** Oldest first. */
  readonly services: readonly Service[];
  /** By host, then by namespace: the oldest, but a Kubernetes Service before all others. */
  readonly byHost: ReadonlyMap<string, ReadonlyMap<string, Service>>;
  /** By `namespace/host`: the endpoints of all services of that host there. */
  readonly endpoints: ReadonlyMap<string, readonly Endpoint[]>;
  readonly publicServices: readonly Service[];
  /** By the namespace that they are exported to by name. */
  readonly exportedTo: ReadonlyMap<string, readonly Service[]>;
}

/** True when `namespace` may see the service (istiod: `IsServiceVisible`). */
export function isVisible(service: Service, namespace: string): boolean {
  const to = service.exportTo;
  return to.includes('*') || (to.includes('.') && service.namespace === namespace) || to.includes(namespace);
}

/** Services that a namespace sees: those exported to it by name first, then the public ones. */
export function servicesExportedTo(registry: Registry, namespace: string): readonly Service[] {
  return [...(registry.exportedTo.get(namespace) ?? []), ...registry.publicServices];
}

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
  return services.map((s) =>
    s.resolution !== 'alias' && aliases.has(s.hostname) ? { ...s, aliases: aliases.get(s.hostname) ?? [] } : s,
  );
}

function index(registered: readonly RegisteredService[]): Registry {
  const services = withAliases(registered.map((r) => r.service).sort(compareAge));
  const endpoints = new Map<string, Endpoint[]>();
  for (const { service, endpoints: list } of registered) {
    const key = `${service.namespace}/${service.hostname}`;
    const into = endpoints.get(key) ?? [];
    // Of a name that is resolved again and again a port keeps one endpoint, whichever entry brought it.
    const once = service.resolution === 'dnsRoundRobin';
    for (const endpoint of list)
      if (!once || !into.some((other) => other.portName === endpoint.portName)) into.push(endpoint);
    endpoints.set(key, into);
  }
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
  return { services, byHost, endpoints, publicServices, exportedTo };
}

/** The registry of a set of resources, with what is assumed beside them. */
export function buildRegistry(resources: readonly Resource[], assumed: Assumptions): Registry {
  const pods = podsOf(resources);
  const registered: RegisteredService[] = [];
  let n = 0;
  for (const resource of resources) {
    if (resource.kind === 'Service' && resource.group === '') {
      const { service, endpoints } = kubernetesService(resource, ++n, pods);
      const more = assumed.endpoints.get(`${service.namespace}/${service.hostname}`) ?? [];
      registered.push({ service, endpoints: endpoints.length > 0 ? endpoints : more });
    } else if (resource.kind === 'ServiceEntry') registered.push(...entryServices(resource, resources, pods));
  }
  return index([...registered, ...assumed.services]);
}

/** The endpoints of a service's port, as its name says; with `labels`, those that have them. */
export function endpointsOf(
  registry: Registry,
  service: Service,
  port: { readonly name: string },
): readonly Endpoint[] {
  return (registry.endpoints.get(`${service.namespace}/${service.hostname}`) ?? []).filter(
    (e) => e.portName === port.name,
  );
}
