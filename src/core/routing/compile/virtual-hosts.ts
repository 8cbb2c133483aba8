import type { Route, RouteSource, VirtualHost } from './envoy.ts';
import { changesBetween, keepLast, placesBefore } from '../../base/keep.ts';
import { put, sameItems } from '../../base/lists.ts';
import { hostsSwapped } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { placesIn } from './layout.ts';
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

/** What stands at each of some places of a list; `none` for a place that is not in it. */
function moved<T>(list: readonly T[], places: Int32Array, none: T): readonly T[];
function moved<T>(list: readonly T[], places: Int32Array, none: undefined): readonly (T | undefined)[];
function moved<T>(list: readonly T[], places: Int32Array, none: T | undefined): readonly (T | undefined)[] {
  const out: (T | undefined)[] = [];
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i] ?? -1;
    out.push(place < 0 ? none : list[place]);
  }
  return out;
}

type RoutesOf<P> = (place: P, vs: VirtualService) => readonly Route[];

/** Hosts for which services or policies may be found that are not those of before; `undefined` where it may be any. */
export type Touched = ReadonlySet<string> | undefined;

/** Stands where no routes are. */
export const NOTHING: Served = { routes: [], virtualService: undefined, source: undefined };

/** The places of VirtualServices by the hosts that they send to. */
function placesByTarget(at: Int32Array, targets: VirtualServices['targets']): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, of] of at.entries()) for (const host of targets[of]?.hosts ?? []) put(places, host, place);
  return places;
}

/**
 * Compiles VirtualServices in their places, edit after edit. Only places of other VirtualServices than before are looked at, and those of
 * which a host is found by something that is not as it was. Where nothing changed the list is the same.
 */
export function servedMaker<P extends Place>(): (
  places: readonly P[],
  all: VirtualServices,
  routesOf: RoutesOf<P>,
  touched: Touched,
) => readonly Served[] {
  let before: readonly P[] = [];
  // Lists of what is in the places, beside each other: following an object for each of 1,000 places cost more than all that is done with it.
  let made: readonly (VirtualService | undefined)[] = [];
  let served: readonly Served[] = [];
  const placed = keepLast((places: readonly P[], placeOf: VirtualServices['placeOf']) => {
    const at = new Int32Array(places.length);
    for (const [i, { head }] of places.entries()) at[i] = placeOf.get(head) ?? -1;
    return at;
  });
  const byTarget = keepLast(placesByTarget);
  const make = (place: P, virtualService: VirtualService, routesOf: RoutesOf<P>, old: Served | undefined): Served => {
    const routes = routesOf(place, virtualService);
    if (old !== undefined && old.virtualService === virtualService && old.routes === routes) return old;
    const { port, gateway } = place;
    return { routes, virtualService, source: { virtualService, port, gateway } };
  };
  return (places, { services, placeOf, targets }, routesOf, touched) => {
    const at = placed(places, placeOf);
    if (places !== before) {
      const where = placesBefore(before, places);
      made = moved(made, where, undefined);
      served = moved(served, where, NOTHING);
      before = places;
    }
    const asked = new Set<number>();
    if (touched !== undefined && touched.size > 0) {
      const index = byTarget(at, targets);
      for (const host of touched) for (const place of index.get(host) ?? []) asked.add(place);
    }
    let next: Served[] | undefined;
    const now = moved(services, at, undefined);
    for (const [i, vs] of now.entries()) {
      if (vs === made[i] && touched !== undefined && (asked.size === 0 || !asked.has(i))) continue;
      const place = places[i];
      if (place === undefined) continue;
      const one = vs === undefined ? NOTHING : make(place, vs, routesOf, served[i]);
      if (one !== served[i]) (next ??= [...served])[i] = one;
    }
    made = now;
    return (served = next ?? served);
  };
}

/** Beyond this many changed hosts all are taken for changed. */
const MOST_TOUCHED = 64;

/** Tells, edit after edit, which hosts may be found as something else: those of services that came or went from some list, and of changed rules. */
export function touchedMaker(): (
  lists: readonly (readonly { readonly hostname: string }[])[],
  rules: DestinationRules,
) => Touched {
  let before: readonly (readonly { readonly hostname: string }[])[] = [];
  let id: object | undefined;
  return (lists, rules) => {
    const hosts = new Set<string>();
    for (const [i, list] of lists.entries()) {
      const old = before[i] ?? [];
      if (old === list) continue;
      const { went, came } = changesBetween(old, list);
      for (const { hostname } of went) hosts.add(hostname);
      for (const { hostname } of came) hosts.add(hostname);
    }
    const swapped = id === undefined ? undefined : hostsSwapped(id, rules);
    for (const host of swapped ?? []) hosts.add(host);
    before = lists;
    ({ id } = rules);
    return swapped === undefined || hosts.size > MOST_TOUCHED ? undefined : hosts;
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

/** All that stands in the places of slots. */
const depends = <I>(slots: readonly Slot<I>[], table: ReadonlyMap<I, Served>): readonly Served[] =>
  slots.flatMap(({ by, ignored }) => [...by, ...ignored].map((item) => table.get(item) ?? NOTHING));

const NONE: readonly never[] = [];

/** Fills slots with routes, edit after edit: a virtual host in whose places nothing changed is the same object. `served`: for each item. */
export function hostsMaker<I extends object>(): (
  layout: Layout<I>,
  served: readonly Served[],
) => readonly VirtualHost[] {
  let items: readonly I[] = [];
  let slots: Layout<I>['slots'] = [];
  let filled: readonly Served[] = [];
  let lots: readonly (readonly VirtualHost[])[] = [];
  let hosts: readonly VirtualHost[] = [];
  /** Of items that share something: what their hosts are made of. */
  let shared: ReadonlyMap<I, readonly Served[]> = new Map();
  const fillShared = (layout: Layout<I>, served: readonly Served[], next: (readonly VirtualHost[])[]): void => {
    const table = new Map<I, Served>();
    for (const i of layout.shared) {
      const item = layout.items[i];
      if (item !== undefined) table.set(item, served[i] ?? NOTHING);
    }
    const servedBy = (by: readonly I[]): readonly Served[] => by.map((one) => table.get(one) ?? NOTHING);
    const now = new Map<I, readonly Served[]>();
    for (const i of layout.shared) {
      const item = layout.items[i];
      if (item === undefined) continue;
      const own = layout.slots[i] ?? [];
      const of = depends(own, table);
      const was = shared.get(item);
      const same = was !== undefined && next[i] === lots[i] && sameItems(was, of) && slots[i] === own;
      if (!same) next[i] = own.map((slot) => hostOf(slot, servedBy));
      now.set(item, of);
    }
    shared = now;
  };
  return (layout, served) => {
    if (layout.items !== items) {
      const where = placesBefore(items, layout.items);
      slots = moved(slots, where, NONE);
      filled = moved(filled, where, NOTHING);
      lots = moved(lots, where, NONE);
    }
    const next = [...lots];
    const now = new Set(layout.shared);
    const fillAlone = (i: number): void => {
      const own = served[i] ?? NOTHING;
      if (!now.has(i)) next[i] = (layout.slots[i] ?? []).map((slot) => hostOf(slot, (by) => by.map(() => own)));
    };
    for (let i = 0; i < served.length; i += 1)
      if (served[i] !== filled[i] || layout.slots[i] !== slots[i]) fillAlone(i);
    // What shared something is made as if it were alone where it is that now, though nothing changed in its own place.
    for (const i of placesIn(layout.items, new Set(shared.keys()))) fillAlone(i);
    if (now.size > 0 || shared.size > 0) fillShared(layout, served, next);
    if (items !== layout.items || !sameItems(lots, next)) hosts = next.flat();
    ({ items, slots } = layout);
    filled = served;
    lots = next;
    return hosts;
  };
}
