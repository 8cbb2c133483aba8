import { changedPlaces, changesBetween, keepLast, keepList, keepMap, keepPer, placesBefore } from '../../base/keep.ts';
import { put } from '../../base/lists.ts';
import { PatchedMap } from '../../base/patched-map.ts';
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

const lists = new WeakMap<Services, readonly Service[]>();

/** The services of a scope in their order; of one scope always the same list. */
export function listOf(services: Services): readonly Service[] {
  const list = lists.get(services) ?? [...services.values()];
  lists.set(services, list);
  return list;
}

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
    const more = service.ports.filter((p) => !numbers.has(p.number));
    if (more.length > 0) into.set(service.hostname, { ...existing, ports: [...existing.ports, ...more] });
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

/** A service with the ports that a listener takes, of those that rules name (0: some name none); the same as long as it is asked again. */
const takenPorts = keepPer((service: Service, needed: number | undefined, ports: ReadonlySet<number>) =>
  needed !== undefined
    ? trimmed(service, (p) => p.number === needed)
    : ports.has(0)
      ? service
      : trimmed(service, (p) => ports.has(p.number)),
);

/** What destinations are looked up in: the mesh, what is there already, and for which listener. */
interface Lookup {
  readonly byHost: Directory['byHost'];
  readonly there: Services;
  /** The only port that the listener takes. */
  readonly needed: number | undefined;
}

const NONE: readonly Service[] = [];

/** Services that a VirtualService sends to and that are not there already. */
function sentTo(destinations: Destinations, { byHost, there, needed }: Lookup, namespace: string): readonly Service[] {
  let out: Service[] | undefined;
  for (const [host, ports] of destinations) {
    const places = byHost.get(host);
    if (places === undefined) continue;
    const service = places.get(namespace) ?? bestVisible(places, namespace);
    if (service === undefined || there.get(host) === service) continue;
    const kept = takenPorts(service, needed, ports);
    if (kept !== undefined) (out ??= []).push(kept);
  }
  return out ?? NONE;
}

type MoreMaker = (
  directory: Directory,
  listener: ScopedListener,
  sent: readonly Destinations[],
  there: Services,
) => readonly Service[];

/** Beyond this many changed hosts all are looked at again. */
const MOST_TOUCHED = 64;

/** Hosts of which services came or went; `undefined` for too many. */
function hostsBetween(before: readonly Service[], now: readonly Service[]): readonly string[] | undefined {
  if (before === now) return [];
  const { went, came } = changesBetween(before, now);
  return went.length + came.length > MOST_TOUCHED ? undefined : [...went, ...came].map(({ hostname }) => hostname);
}

/** What the services that are sent to were found by. */
interface Finding {
  readonly needed: number | undefined;
  readonly sent: readonly Destinations[];
  readonly all: readonly Service[];
  readonly there: readonly Service[];
}

/** Places of destinations by the hosts that they name. */
function placesByHost(sent: readonly Destinations[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, destinations] of sent.entries()) for (const host of destinations.keys()) put(places, host, place);
  return places;
}

/** Makes the services that VirtualServices of a listener send to and that are not there already, edit after edit. */
function moreMaker(namespace: string): MoreMaker {
  const byHost = keepLast(placesByHost);
  let last: Finding | undefined;
  let each: readonly (readonly Service[])[] = [];
  let all: readonly Service[] = [];
  /** Places of destinations that may find something else than before; `undefined` for all. */
  const touched = (now: Finding): ReadonlySet<number> | undefined => {
    if (last === undefined || last.needed !== now.needed) return undefined;
    const ofAll = hostsBetween(last.all, now.all);
    const ofThere = hostsBetween(last.there, now.there);
    if (ofAll === undefined || ofThere === undefined) return undefined;
    if (ofAll.length + ofThere.length === 0) return new Set();
    const places = byHost(now.sent);
    return new Set([...ofAll, ...ofThere].flatMap((host) => places.get(host) ?? []));
  };
  return (directory, { listener: { port } }, sent, there) => {
    const needed = port !== undefined && port.number !== 0 && port.protocol !== 'HTTP_PROXY' ? port.number : undefined;
    const by: Lookup = { byHost: directory.byHost, there, needed };
    const now: Finding = { needed, sent, all: directory.services, there: listOf(there) };
    const again = touched(now);
    if (sent === last?.sent && again?.size === 0) {
      last = now;
      return all;
    }
    const where = sent === last?.sent ? undefined : placesBefore(last?.sent ?? [], sent);
    const old = each;
    each = sent.map((destinations, i) => {
      const was = old[where === undefined ? i : (where[i] ?? -1)];
      return was !== undefined && again?.has(i) === false ? was : sentTo(destinations, by, namespace);
    });
    last = now;
    const out: Service[] = [];
    for (const services of each) for (const service of services) out.push(service);
    return (all = out);
  };
}

type Sending = Pick<VirtualServices, 'targets' | 'placeOf'>;

type SentMaker = (
  heads: readonly VirtualServiceHead[],
  targets: Sending['targets'],
  placeOf: Sending['placeOf'],
) => readonly Destinations[];

/** Makes where VirtualServices send, edit after edit. */
function sentMaker(namespace: string): SentMaker {
  const destinations = keepMap((to: Targets) => destinationsFor(to, to.asksNamespace ? namespace : ''));
  return keepLast((heads, targets, placeOf) => {
    const all: Targets[] = [];
    for (const head of heads) {
      const to = targets[placeOf.get(head) ?? -1];
      if (to !== undefined) all.push(to);
    }
    return destinations(all);
  });
}

/** What was added to a scope, and what came of it. */
interface Added {
  readonly base: Services;
  readonly services: readonly Service[];
  readonly all: Services;
}

function addAll(base: Services, services: readonly Service[]): Services {
  if (services.length === 0) return base;
  const into = new Map(base);
  for (const service of services) append(into, service);
  return into;
}

/** The scope with some services in others' places; `undefined` where several have one host, or one can't stand for another. */
function addedAgain({ base, services: before, all }: Added, services: readonly Service[]): Services | undefined {
  const places = all.size === base.size + before.length ? changedPlaces(before, services) : undefined;
  if (places === undefined || services.length === 0) return undefined;
  const changes = new Map<string, Service>();
  const list = [...listOf(all)];
  for (const place of places) {
    const old = before[place];
    const now = services[place];
    if (old === undefined || now === undefined || !standsFor(old, now)) return undefined;
    changes.set(now.hostname, now);
    list[base.size + place] = now;
  }
  const into = (all instanceof PatchedMap ? all : new PatchedMap(all)).with(changes);
  lists.set(into, list);
  return into;
}

/** Adds services to a scope, edit after edit: the same map, as long as they are the same and added to the same. */
function addingMaker(): (base: Services, services: readonly Service[]) => Services {
  const keep = keepList<Service>();
  let last: Added | undefined;
  return (base, given) => {
    const services = keep(given);
    if (last?.base === base && last.services === services) return last.all;
    const again = last?.base === base ? addedAgain(last, services) : undefined;
    last = { base, services, all: again ?? addAll(base, services) };
    return last.all;
  };
}

const NOTHING: Services = new Map();

/** Makes the services that listeners import by themselves and by where their VirtualServices send, edit after edit. */
export function servicesMaker(
  namespace: string,
): (directory: Directory, all: Sending, from: readonly ScopedListener[]) => Services {
  const makers: {
    readonly sent: SentMaker;
    readonly more: MoreMaker;
    readonly addOwn: ReturnType<typeof addingMaker>;
    readonly addMore: ReturnType<typeof addingMaker>;
  }[] = [];
  const made = keepLast(
    (
      directory: Directory,
      targets: Sending['targets'],
      placeOf: Sending['placeOf'],
      listeners: readonly ScopedListener[],
    ) => {
      let services = NOTHING;
      for (const [i, listener] of listeners.entries()) {
        const make = (makers[i] ??= {
          sent: sentMaker(namespace),
          more: moreMaker(namespace),
          addOwn: addingMaker(),
          addMore: addingMaker(),
        });
        services = make.addOwn(services, listener.services);
        const sent = make.sent(listener.virtualServices, targets, placeOf);
        services = make.addMore(services, make.more(directory, listener, sent, services));
      }
      return services;
    },
  );
  return (directory, { targets, placeOf }, listeners) => made(directory, targets, placeOf, listeners);
}
