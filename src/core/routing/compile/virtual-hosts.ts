import type { Route, RouteSource, VirtualHost } from './envoy.ts';
import type { VirtualService, VirtualServices } from './model.ts';
import { isCatchAll } from './route-match.ts';

/** A place of a proxy's configuration where a VirtualService is compiled: for a port, a gateway, … */
export interface Place {
  /** Of the VirtualService among all. */
  readonly at: number;
  readonly port: number;
  /** `mesh` or `namespace/name`. */
  readonly gateway: string;
}

/** What stands in a place: routes, and the VirtualService that they are made of. */
export interface Served {
  readonly routes: readonly Route[];
  readonly virtualService: VirtualService | undefined;
  readonly source: RouteSource | undefined;
}

/** A virtual host without routes: the numbers of the places that serve it, and of those that name it and are not looked at. */
export interface Slot {
  readonly name: string;
  /** Lower case. */
  readonly domains: readonly string[];
  readonly requireTls: boolean;
  readonly by: readonly number[];
  readonly ignored: readonly number[];
}

type RoutesOf<P> = (place: P, vs: VirtualService) => readonly Route[];

/** What routes find by the hosts that their VirtualService sends to. */
type Lookup = (host: string, vs: VirtualService) => unknown;

/** True where the lookups find what they found before; else notes what they find now. */
function findsTheSame(vs: VirtualService, lookups: readonly Lookup[], found: unknown[]): boolean {
  let same = true;
  let n = 0;
  for (const host of vs.targets.hosts) {
    for (const lookup of lookups) {
      const now = lookup(host, vs);
      same &&= n < found.length && found[n] === now;
      found[n] = now;
      n += 1;
    }
  }
  return same;
}

/**
 * Compiles VirtualServices in their places, edit after edit. `context` is an object that stays the same as long as all else that routes
 * are made of does: then only the places of other VirtualServices than before are looked at. Where `lookups` are given, they are all
 * that a new context may change: then only places where they find something else.
 */
export function servedMaker<P extends Place>(): (
  places: readonly P[],
  all: VirtualServices,
  context: object,
  routesOf: RoutesOf<P>,
  lookups?: readonly Lookup[],
) => readonly Served[] {
  let found: unknown[][] = [];
  let last: { readonly places: readonly P[]; readonly context: object; readonly served: readonly Served[] } | undefined;
  return (places, { services }, context, routesOf, lookups) => {
    const before = last?.places === places ? last : undefined;
    if (before === undefined) found = places.map(() => []);
    const served = places.map((place, i): Served => {
      const virtualService = services[place.at];
      const old = before?.served[i];
      const same = old !== undefined && old.virtualService === virtualService;
      if (same && before?.context === context) return old;
      if (virtualService === undefined) return NOTHING;
      const finds = lookups === undefined ? undefined : found[i];
      if (lookups !== undefined && finds !== undefined)
        if (findsTheSame(virtualService, lookups, finds) && same) return old;
      const routes = routesOf(place, virtualService);
      if (same && old.routes === routes) return old;
      const { port, gateway } = place;
      return { routes, virtualService, source: { virtualService, port, gateway } };
    });
    last = { places, context, served };
    return served;
  };
}

const NOTHING: Served = { routes: [], virtualService: undefined, source: undefined };

/** Routes that take everything go to the end; all others keep their order. Those of one VirtualService have at most one, at the end. */
function catchAllLast(lists: readonly (readonly Route[])[]): readonly Route[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const routes = lists.flat();
  return [...routes.filter((r) => !isCatchAll(r)), ...routes.filter((r) => isCatchAll(r))];
}

function hostOf(slot: Slot, served: readonly Served[]): VirtualHost {
  const { name, domains, requireTls } = slot;
  const sources = (places: readonly number[]): readonly RouteSource[] =>
    places.flatMap((place) => served[place]?.source ?? []);
  const routes = catchAllLast(slot.by.map((place) => served[place]?.routes ?? []));
  return { name, domains, routes, requireTls, sources: sources(slot.by), ignored: sources(slot.ignored) };
}

/** Fills slots with routes, edit after edit: a virtual host in whose places nothing changed is the same object. */
export function hostsMaker(): (slots: readonly Slot[], served: readonly Served[]) => readonly VirtualHost[] {
  let slotsBefore: readonly Slot[] | undefined;
  let servedBefore: readonly Served[] = [];
  let hosts: readonly VirtualHost[] = [];
  return (slots, served) => {
    const same = (place: number): boolean => served[place] === servedBefore[place];
    let changed = slots !== slotsBefore;
    const before = changed ? [] : hosts;
    const now = slots.map((slot, i) => {
      const old = before[i];
      if (old !== undefined && slot.by.every(same) && slot.ignored.every(same)) return old;
      changed = true;
      return hostOf(slot, served);
    });
    if (changed) hosts = now;
    slotsBefore = slots;
    servedBefore = served;
    return hosts;
  };
}
