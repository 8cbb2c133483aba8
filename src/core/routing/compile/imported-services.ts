import { changedPlaces, keepLast, keepPer } from '../../base/keep.ts';
import type { EgressListener, Labels, Port, Service, Targets, VirtualServiceHead, VirtualServices } from './model.ts';
import { labelsFit } from './read.ts';
import { isVisible, standsFor } from './registry.ts';
import type { Directory } from './registry.ts';

/** An egress listener with what it imports. */
export interface ScopedListener {
  readonly listener: EgressListener;
  readonly services: readonly Service[];
  readonly virtualServices: readonly VirtualServiceHead[];
  /** Which VirtualService the service of a host belongs to, where wildcards compete. */
  readonly ownerOf: (host: string) => VirtualServiceHead | undefined;
}

type Services = ReadonlyMap<string, Service>;

/** A service with the ports that are kept; `undefined` where none is. */
export function trimmed(service: Service, keep: (port: Port) => boolean): Service | undefined {
  const ports = service.ports.filter(keep);
  if (ports.length === service.ports.length) return service;
  return ports.length === 0 ? undefined : { ...service, ports };
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
export function append(into: Map<string, Service>, service: Service): void {
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
  listener: ScopedListener,
  sent: readonly Destinations[],
  namespace: string,
  into: Map<string, Service>,
): void {
  const port = listener.listener.port;
  const needsPort = port !== undefined && port.number !== 0 && port.protocol !== 'HTTP_PROXY';
  for (const service of listener.services) append(into, service);
  for (const destinations of sent) {
    for (const [host, ports] of destinations) {
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

type Sending = Pick<VirtualServices, 'targets' | 'placeOf'>;

function sameEntries(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const other = others.next();
    if (other.done === true || other.value[0] !== key || other.value[1] !== value) return false;
  }
  return true;
}

/** What a proxy's services are made of: the mesh, the listeners, and for each listener where its VirtualServices send. */
interface Importing {
  readonly directory: Directory;
  readonly listeners: readonly ScopedListener[];
  readonly sent: readonly (readonly Destinations[])[];
}

/**
 * The services of before with those in the place of others that changed since; `undefined` where more than that may have changed. A host
 * that the only listener imports by itself, whatever its ports are, keeps its place in the order.
 */
function patchedServices(
  before: Importing,
  now: Importing,
  services: Services,
  namespace: string,
): Services | undefined {
  const [listener, more] = now.listeners;
  const [sent = []] = now.sent;
  const old = before.listeners[0];
  if (listener === undefined || more !== undefined || before.listeners.length !== 1) return undefined;
  if (listener.listener.port !== undefined || old?.listener !== listener.listener) return undefined;
  const places = sent === before.sent[0] ? changedPlaces(before.directory.services, now.directory.services) : undefined;
  if (places === undefined) return undefined;
  const out = new Map(services);
  for (const place of places) {
    const was = before.directory.services[place];
    const is = now.directory.services[place];
    if (was === undefined || is === undefined || !standsFor(was, is) || !listener.services.includes(is))
      return undefined;
    const { hostname } = is;
    const own = { ...listener, services: listener.services.filter((service) => service.hostname === hostname) };
    const into = new Map<string, Service>();
    const toIt = sent.flatMap((all): readonly Destinations[] => {
      const ports = all.get(hostname);
      return ports === undefined ? [] : [new Map([[hostname, ports]])];
    });
    imported(now.directory, own, toIt, namespace, into);
    const service = into.get(hostname);
    if (service === undefined) return undefined;
    out.set(hostname, service);
  }
  return out;
}

type SentMaker = (
  heads: readonly VirtualServiceHead[],
  targets: Sending['targets'],
  placeOf: Sending['placeOf'],
) => readonly Destinations[];

/** Makes where VirtualServices send, edit after edit. */
function sentMaker(namespace: string): SentMaker {
  return keepLast((heads, targets, placeOf) =>
    heads.flatMap((head) => {
      const to = targets[placeOf.get(head) ?? -1];
      return to === undefined ? [] : [destinationsFor(to, to.asksNamespace ? namespace : '')];
    }),
  );
}

function servicesOf({ directory, listeners, sent }: Importing, namespace: string): Services {
  const into = new Map<string, Service>();
  for (const [i, listener] of listeners.entries()) imported(directory, listener, sent[i] ?? [], namespace, into);
  return into;
}

/** Makes the services that listeners import, edit after edit: the same map as long as it says the same. */
export function servicesMaker(
  namespace: string,
): (directory: Directory, all: Sending, from: readonly ScopedListener[]) => Services {
  let last: Services = new Map();
  let before: Importing | undefined;
  const makers: SentMaker[] = [];
  const made = keepLast(
    (
      directory: Directory,
      targets: Sending['targets'],
      placeOf: Sending['placeOf'],
      listeners: readonly ScopedListener[],
    ) => {
      const sent = listeners.map((listener, i) =>
        (makers[i] ??= sentMaker(namespace))(listener.virtualServices, targets, placeOf),
      );
      const importing = { directory, listeners, sent };
      const now = (before && patchedServices(before, importing, last, namespace)) ?? servicesOf(importing, namespace);
      before = importing;
      if (!sameEntries(last, now)) last = now;
      return last;
    },
  );
  return (directory, { targets, placeOf }, listeners) => made(directory, targets, placeOf, listeners);
}
