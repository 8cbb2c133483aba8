import { pickRule, rulesForService } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { hostIsWithin, hostsMatch } from '../../istio/names.ts';
import { isWildcard, mostSpecific } from './hosts.ts';
import { keepLast, keepPer, sameItems } from '../../base/keep.ts';
import type {
  DestinationRule,
  EgressListener,
  Labels,
  Port,
  Service,
  Sidecar,
  Targets,
  VirtualServiceHead,
  VirtualServices,
} from './model.ts';
import type { Push } from './push.ts';
import { labelsFit } from './read.ts';
import { isVisible, servicesExportedTo } from './registry.ts';
import type { Directory } from './registry.ts';
import { virtualServicesFor } from './virtual-services.ts';

/** An egress listener with what it imports. */
export interface ScopedListener {
  readonly listener: EgressListener;
  readonly services: readonly Service[];
  readonly virtualServices: readonly VirtualServiceHead[];
  /** Which VirtualService a service belongs to, where wildcards compete. By host. */
  readonly assigned: ReadonlyMap<string, VirtualServiceHead>;
}

/** What a proxy sees of the mesh: what it can call, and by which listeners. */
export interface Reach {
  readonly namespace: string;
  readonly sidecar: Sidecar | undefined;
  readonly listeners: readonly ScopedListener[];
  /** All services that get clusters, by host. */
  readonly services: ReadonlyMap<string, Service>;
  readonly outboundMode: string;
}

/** What a proxy knows of the mesh (istiod: `SidecarScope`): what it sees, and the policies for it. */
export interface Scope extends Reach {
  /** The DestinationRule for a service of this proxy. */
  readonly ruleFor: (hostname: string) => DestinationRule | undefined;
}

/** Hosts that an egress listener imports from one namespace (`*`: from all). */
interface Imports {
  readonly hosts: string[];
  readonly excluded: string[];
}

function importsOf(hosts: readonly string[], namespace: string): ReadonlyMap<string, Imports> {
  const out = new Map<string, Imports>();
  for (const text of hosts) {
    const parts = text.split('/');
    if (parts.length !== 2) continue;
    const [place = '', name = ''] = parts;
    const excluded = place.startsWith('~');
    const bare = excluded ? place.slice(1) || '*' : place;
    const ns = bare === '.' ? namespace : bare;
    const entry = out.get(ns) ?? { hosts: [], excluded: [] };
    out.set(ns, entry);
    (excluded ? entry.excluded : entry.hosts).push(name);
  }
  return out;
}

function imports(entry: Imports | undefined, host: string, fits: (host: string, by: string) => boolean): boolean {
  return (
    entry !== undefined && entry.hosts.some((by) => (isWildcard(host) || isWildcard(by) ? fits(host, by) : host === by))
  );
}

function excludes(entry: Imports | undefined, host: string): boolean {
  return entry !== undefined && entry.excluded.some((by) => hostIsWithin(host, by));
}

function trimmed(service: Service, keep: (port: Port) => boolean): Service | undefined {
  const ports = service.ports.filter(keep);
  if (ports.length === service.ports.length) return service;
  return ports.length === 0 ? undefined : { ...service, ports };
}

function selectServices(
  services: readonly Service[],
  listener: EgressListener,
  by: ReadonlyMap<string, Imports>,
  namespace: string,
): readonly Service[] {
  const all = by.get('*');
  const chosen: Service[] = [];
  const port = listener.port;
  const needsPort = port !== undefined && port.number !== 0 && port.protocol !== 'HTTP_PROXY';
  for (const service of services) {
    const own = by.get(service.namespace);
    if (excludes(own, service.hostname) || excludes(all, service.hostname)) continue;
    const fits = imports(own, service.hostname, hostIsWithin) || imports(all, service.hostname, hostIsWithin);
    const kept = !fits ? undefined : needsPort ? trimmed(service, (p) => p.number === port.number) : service;
    if (kept !== undefined) chosen.push(kept);
  }
  const winner = new Map<string, { readonly namespace: string; readonly kubernetes: boolean }>();
  for (const service of chosen) {
    const seen = winner.get(service.hostname);
    const better =
      seen === undefined ||
      service.namespace === namespace ||
      (!seen.kubernetes && service.kubernetes && seen.namespace !== namespace);
    if (better) winner.set(service.hostname, service);
  }
  return chosen.filter((service) => winner.get(service.hostname)?.namespace === service.namespace);
}

function selectVirtualServices(
  heads: readonly VirtualServiceHead[],
  by: ReadonlyMap<string, Imports>,
  namespace: string,
): readonly VirtualServiceHead[] {
  const all = by.get('*');
  return [...new Set(virtualServicesFor(heads, namespace, 'mesh'))].filter((vs) => {
    const own = by.get(vs.namespace);
    return vs.hosts.some(
      (host) =>
        (imports(own, host, hostsMatch) || imports(all, host, hostsMatch)) &&
        !excludes(own, host) &&
        !excludes(all, host),
    );
  });
}

function assign(
  virtualServices: readonly VirtualServiceHead[],
  services: readonly Service[],
): ReadonlyMap<string, VirtualServiceHead> {
  const exact = new Map<string, VirtualServiceHead>();
  const wild = new Map<string, VirtualServiceHead>();
  for (const vs of virtualServices) {
    for (const host of vs.hosts) {
      const map = isWildcard(host) ? wild : exact;
      if (!map.has(host)) map.set(host, vs);
    }
  }
  const out = new Map<string, VirtualServiceHead>();
  for (const service of services) {
    const vs = mostSpecific(service.hostname, exact, wild);
    if (vs !== undefined) out.set(service.hostname, vs);
  }
  return out;
}

function scopeListener(
  directory: Directory,
  heads: readonly VirtualServiceHead[],
  listener: EgressListener,
  namespace: string,
): ScopedListener {
  const by = importsOf(listener.hosts, namespace);
  const virtualServices = selectVirtualServices(heads, by, namespace);
  const services = selectServices(servicesExportedTo(directory, namespace), listener, by, namespace);
  return { listener, services, virtualServices, assigned: assign(virtualServices, services) };
}

function samePorts(a: readonly Port[], b: readonly Port[]): boolean {
  return (
    a.length === b.length &&
    a.every((p, i) => p.number === b[i]?.number && p.name === b[i]?.name && p.protocol === b[i]?.protocol)
  );
}

function sameLabels(a: Labels | undefined, b: Labels | undefined): boolean {
  return Object.keys(a ?? {}).length === Object.keys(b ?? {}).length && labelsFit(a ?? {}, b ?? {});
}

function mergeable(a: Service, b: Service): boolean {
  const exports = [...new Set(a.exportTo)];
  return (
    a.namespace === b.namespace &&
    a.resolution === b.resolution &&
    a.kubernetes === b.kubernetes &&
    sameLabels(a.labels, b.labels) &&
    sameLabels(a.selector, b.selector) &&
    exports.length === new Set(b.exportTo).size &&
    exports.every((to) => b.exportTo.includes(to))
  );
}

/** Adds a service to a scope, joined with the one of its host that is there (istiod: `appendSidecarServices`). */
function append(into: Map<string, Service>, service: Service): void {
  const existing = into.get(service.hostname);
  if (existing === undefined) into.set(service.hostname, service);
  else if (existing === service || (existing.kubernetes && !service.kubernetes)) return;
  else if (!existing.kubernetes && service.kubernetes) into.set(service.hostname, service);
  else if (!samePorts(existing.ports, service.ports) && mergeable(existing, service)) {
    const numbers = new Set(existing.ports.map((p) => p.number));
    into.set(service.hostname, {
      ...existing,
      ports: [...existing.ports, ...service.ports.filter((p) => !numbers.has(p.number))],
    });
  }
}

/** Hosts that a VirtualService sends to, with the ports that it names (0: one place names none). */
type Destinations = ReadonlyMap<string, ReadonlySet<number>>;

const destinationsFor = keepPer((targets: Targets, namespace: string): Destinations => {
  const out = new Map<string, Set<number>>();
  for (const { host, port, namespaces } of targets.all)
    if (namespaces.length === 0 || namespaces.includes(namespace))
      out.set(host, (out.get(host) ?? new Set()).add(port ?? 0));
  return out;
});

function bestVisible(places: ReadonlyMap<string, Service>, namespace: string): Service | undefined {
  let best: Service | undefined;
  for (const service of places.values()) {
    if (!isVisible(service, namespace)) continue;
    if (service.kubernetes) return service;
    if (best === undefined || service.created < best.created) best = service;
  }
  return best;
}

/** Adds what a listener imports by itself, and by where its VirtualServices send. */
function imported(
  { byHost }: Directory,
  { targets, placeOf }: Sending,
  listener: ScopedListener,
  namespace: string,
  into: Map<string, Service>,
): void {
  const port = listener.listener.port;
  const needsPort = port !== undefined && port.number !== 0 && port.protocol !== 'HTTP_PROXY';
  for (const service of listener.services) append(into, service);
  for (const head of listener.virtualServices) {
    const to = targets[placeOf.get(head) ?? -1];
    if (to === undefined) continue;
    for (const [host, ports] of destinationsFor(to, to.asksNamespace ? namespace : '')) {
      const places = byHost.get(host);
      if (places === undefined) continue;
      const service = places.get(namespace) ?? bestVisible(places, namespace);
      if (service === undefined) continue;
      const kept = needsPort
        ? trimmed(service, (p) => p.number === port.number)
        : ports.has(0)
          ? service
          : trimmed(service, (p) => ports.has(p.number));
      if (kept !== undefined) append(into, kept);
    }
  }
}

function ruleFinder(
  rules: DestinationRules,
  services: ReadonlyMap<string, Service>,
  namespace: string,
  labels: Labels,
): Scope['ruleFor'] {
  const found = new Map<string, DestinationRule | undefined>();
  return (hostname) => {
    if (!found.has(hostname)) {
      const service = services.get(hostname);
      found.set(
        hostname,
        service === undefined ? undefined : pickRule(rulesForService(rules, namespace, service), namespace, labels),
      );
    }
    return found.get(hostname);
  };
}

/** What a gateway's pod sees: all services exported to its namespace. Sidecar resources never apply. */
export function gatewayReach(directory: Directory, namespace: string): Reach {
  const services = new Map<string, Service>();
  for (const service of servicesExportedTo(directory, namespace)) append(services, service);
  return { namespace, sidecar: undefined, listeners: [], services, outboundMode: 'ALLOW_ANY' };
}

function sidecarFor(sidecars: readonly Sidecar[], namespace: string, labels: Labels): Sidecar | undefined {
  const own = sidecars.filter((s) => s.namespace === namespace);
  const selected =
    own.find((s) => s.selector !== undefined && labelsFit(s.selector, labels)) ??
    own.find((s) => s.selector === undefined);
  return selected ?? sidecars.find((s) => s.namespace === 'istio-system' && s.selector === undefined);
}

type Sending = Pick<VirtualServices, 'targets' | 'placeOf'>;

/** Makes the services that listeners import, edit after edit: the same map as long as it says the same. */
function servicesMaker(
  namespace: string,
): (directory: Directory, all: Sending, from: readonly ScopedListener[]) => Reach['services'] {
  let last: Reach['services'] = new Map();
  const made = keepLast(
    (
      directory: Directory,
      targets: Sending['targets'],
      placeOf: Sending['placeOf'],
      listeners: readonly ScopedListener[],
    ) => {
      const now = new Map<string, Service>();
      for (const listener of listeners) imported(directory, { targets, placeOf }, listener, namespace, now);
      if (!sameItems([...last].flat(), [...now].flat())) last = now;
      return last;
    },
  );
  return (directory, { targets, placeOf }, listeners) => made(directory, targets, placeOf, listeners);
}

const EVERYTHING: readonly EgressListener[] = [{ port: undefined, bind: '', hosts: ['*/*'] }];

/** Makes what a client's sidecar sees, edit after edit (istiod: `convertToSidecarScope`). */
export function sidecarReachMaker(namespace: string, labels: Labels): (push: Push) => Reach {
  const scoped = keepLast(
    (directory: Directory, heads: readonly VirtualServiceHead[], egress: readonly EgressListener[]) =>
      egress.map((listener) => scopeListener(directory, heads, listener, namespace)),
  );
  const services = servicesMaker(namespace);
  const reach = keepLast(
    (
      sidecar: Sidecar | undefined,
      listeners: readonly ScopedListener[],
      called: Reach['services'],
      outboundMode: string,
    ): Reach => ({ namespace, sidecar, listeners, services: called, outboundMode }),
  );
  return keepLast(({ registry: { directory }, virtualServices, sidecars, outboundMode }) => {
    const sidecar = sidecarFor(sidecars, namespace, labels);
    const listeners = scoped(directory, virtualServices.heads, sidecar?.egress.length ? sidecar.egress : EVERYTHING);
    return reach(
      sidecar,
      listeners,
      services(directory, virtualServices, listeners),
      sidecar?.outboundMode ?? outboundMode,
    );
  });
}

/** A reach with the DestinationRules that a proxy with the labels finds. */
export function scopeOf(reach: Reach, rules: DestinationRules, labels: Labels): Scope {
  return { ...reach, ruleFor: ruleFinder(rules, reach.services, reach.namespace, labels) };
}
