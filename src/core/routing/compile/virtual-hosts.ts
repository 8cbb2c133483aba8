import type { Route, RouteSource, VirtualHost } from './envoy.ts';
import { keepLast, placesBefore } from '../../base/keep.ts';
import { sameItems } from '../../base/lists.ts';
import type { Layout, Slot } from './layout.ts';
import type { VirtualService, VirtualServiceHead, VirtualServices } from './model.ts';
import { isCatchAll } from './route-match.ts';

/** A place of a proxy's configuration where a VirtualService is compiled: for a port, a gateway, … */
export interface Place {
  readonly head: VirtualServiceHead;
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

type RoutesOf<P> = (place: P, vs: VirtualService) => readonly Route[];

/** What routes find by the hosts that their VirtualService sends to. */
type Lookup = (host: string, vs: VirtualService) => unknown;

/** What is in a place, and all that its routes found. */
interface Kept {
  readonly served: Served;
  readonly found: readonly unknown[];
}

/** Stands where no routes are. */
export const NOTHING: Served = { routes: [], virtualService: undefined, source: undefined };
const EMPTY: Kept = { served: NOTHING, found: [] };

/** True where the lookups find what they found before. */
function findsTheSame(vs: VirtualService, lookups: readonly Lookup[], found: readonly unknown[]): boolean {
  let n = 0;
  for (const host of vs.targets.hosts) {
    for (const lookup of lookups) {
      if (found[n] !== lookup(host, vs)) return false;
      n += 1;
    }
  }
  return n === found.length;
}

/**
 * Compiles VirtualServices in their places, edit after edit. `context` is an object that stays the same as long as all else that routes
 * are made of does: then only the places of other VirtualServices than before are looked at. The `lookups` are all that a new context may
 * change: then only places where they find something else are.
 */
export function servedMaker<P extends Place>(): (
  places: readonly P[],
  all: VirtualServices,
  context: object,
  routesOf: RoutesOf<P>,
  lookups: readonly Lookup[],
) => readonly Served[] {
  let last: { readonly places: readonly P[]; readonly context: object | undefined } = {
    places: [],
    context: undefined,
  };
  let kept: readonly Kept[] = [];
  const placed = keepLast((places: readonly P[], placeOf: VirtualServices['placeOf']) =>
    Int32Array.from(places, ({ head }) => placeOf.get(head) ?? -1),
  );
  const make = (place: P, virtualService: VirtualService, routesOf: RoutesOf<P>, lookups: readonly Lookup[]): Kept => {
    const { port, gateway } = place;
    const routes = routesOf(place, virtualService);
    const found = virtualService.targets.hosts.flatMap((host) => lookups.map((lookup) => lookup(host, virtualService)));
    return { served: { routes, virtualService, source: { virtualService, port, gateway } }, found };
  };
  return (places, { services, placeOf }, context, routesOf, lookups) => {
    const at = placed(places, placeOf);
    const before = places === last.places ? undefined : placesBefore(last.places, places);
    const old = kept;
    kept = places.map((place, i) => {
      const was = old[before === undefined ? i : (before[i] ?? -1)];
      const virtualService = services[at[i] ?? -1];
      if (virtualService === undefined) return EMPTY;
      const same = was !== undefined && was.served.virtualService === virtualService;
      if (same && (context === last.context || findsTheSame(virtualService, lookups, was.found))) return was;
      const now = make(place, virtualService, routesOf, lookups);
      return same && was.served.routes === now.served.routes ? { served: was.served, found: now.found } : now;
    });
    last = { places, context };
    return kept.map(({ served }) => served);
  };
}

/** Routes that take everything go to the end; all others keep their order. Those of one VirtualService have at most one, at the end. */
function catchAllLast(lists: readonly (readonly Route[])[]): readonly Route[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const routes = lists.flat();
  return [...routes.filter((r) => !isCatchAll(r)), ...routes.filter((r) => isCatchAll(r))];
}

const sourcesOf = (served: readonly Served[]): readonly RouteSource[] => served.flatMap(({ source }) => source ?? []);

/** A slot with routes; `servedBy` tells what stands in the places of items. */
function hostOf<I>(slot: Slot<I>, servedBy: (items: readonly I[]) => readonly Served[]): VirtualHost {
  const { name, domains, requireTls } = slot;
  const by = servedBy(slot.by);
  const routes = catchAllLast(by.map((one) => one.routes));
  return { name, domains, routes, requireTls, sources: sourcesOf(by), ignored: sourcesOf(servedBy(slot.ignored)) };
}

/** The virtual hosts of an item's slots, and all that they are made of. */
interface Filled<I> {
  readonly slots: readonly Slot<I>[];
  readonly served: readonly Served[];
  readonly hosts: readonly VirtualHost[];
}

const isFilled = <I>(old: Filled<I> | undefined, slots: readonly Slot<I>[], served: readonly Served[]): boolean =>
  old?.slots === slots && sameItems(old.served, served);

/** Fills slots with routes, edit after edit: a virtual host in whose places nothing changed is the same object. `served`: for each item. */
export function hostsMaker<I extends object>(): (
  layout: Layout<I>,
  served: readonly Served[],
) => readonly VirtualHost[] {
  let items: readonly I[] = [];
  let filled: readonly Filled<I>[] = [];
  let hosts: readonly VirtualHost[] = [];
  return (layout, served) => {
    const before = layout.items === items ? undefined : placesBefore(items, layout.items);
    const table = layout.shared.size === 0 ? undefined : new Map(layout.items.map((item, i) => [item, served[i]]));
    const old = filled;
    let changed = before !== undefined && layout.items.length !== items.length;
    const fill = (item: I, slots: readonly Slot<I>[], own: Served, was: Filled<I> | undefined): Filled<I> => {
      if (table === undefined || !layout.shared.has(item)) {
        if (was?.slots === slots && was.served[0] === own && was.served.length === 1) return was;
        return { slots, served: [own], hosts: slots.map((slot) => hostOf(slot, (by) => by.map(() => own))) };
      }
      const servedBy = (by: readonly I[]): readonly Served[] => by.map((one) => table.get(one) ?? NOTHING);
      const all = slots.flatMap(({ by, ignored }) => [...servedBy(by), ...servedBy(ignored)]);
      if (was !== undefined && isFilled(was, slots, all)) return was;
      return { slots, served: all, hosts: slots.map((slot) => hostOf(slot, servedBy)) };
    };
    filled = layout.items.map((item, i) => {
      const place = before === undefined ? i : (before[i] ?? -1);
      const was = old[place];
      const now = fill(item, layout.slots[i] ?? [], served[i] ?? NOTHING, was);
      changed ||= now !== was || place !== i;
      return now;
    });
    items = layout.items;
    if (changed) hosts = filled.flatMap((one) => one.hosts);
    return hosts;
  };
}
