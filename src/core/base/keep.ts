import { sameItems } from './lists.ts';

/**
 * What makes work after an edit cheap: things that are made of the same things (by identity) are the same object as before. So a
 * change goes exactly as far as it makes something different, and everything beside it is found, not made.
 */

/** `before` where it says the same in JSON. */
export function keepEqual<T>(before: T | undefined, now: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

/** The function with a memory of its last call: the same arguments give the same result. */
export function keepLast<I extends readonly unknown[], T>(make: (...inputs: I) => T): (...inputs: I) => T {
  let last: { readonly inputs: I; readonly made: T } | undefined;
  return (...inputs) => {
    if (last === undefined || !sameItems(last.inputs, inputs)) last = { inputs, made: make(...inputs) };
    return last.made;
  };
}

/** Hands lists through: one that holds what the last one held is the last one. */
export function keepList<T>(): (list: readonly T[]) => readonly T[] {
  let last: readonly T[] = [];
  return (list) => {
    if (!sameItems(last, list)) last = list;
    return last;
  };
}

/** Beyond this many things made of one object the oldest is forgotten. */
const MOST_VARIANTS = 32;

/** A memory for what is made of an object and some inputs; `make` is called where they were not there together before. Nothing outlives the object. */
export function keepBy<K extends object, T>(): (key: K, inputs: readonly unknown[], make: () => T) => T {
  const known = new WeakMap<K, { readonly inputs: readonly unknown[]; readonly made: T }[]>();
  return (key, inputs, make) => {
    const variants = known.get(key) ?? [];
    for (const variant of variants) if (sameItems(variant.inputs, inputs)) return variant.made;
    const made = make();
    if (variants.length === 0) known.set(key, variants);
    else if (variants.length >= MOST_VARIANTS) variants.shift();
    variants.push({ inputs, made });
    return made;
  };
}

/** The function with such a memory for each object that it is called with first. */
export function keepPer<K extends object, I extends readonly unknown[], T>(
  make: (key: K, ...inputs: I) => T,
): (key: K, ...inputs: I) => T {
  const keep = keepBy<K, T>();
  return (key, ...inputs) => keep(key, inputs, () => make(key, ...inputs));
}

/** `keepList` for each of many objects. */
export function keepListPer<T>(): (key: object, list: readonly T[]) => readonly T[] {
  const last = new WeakMap<object, readonly T[]>();
  return (key, list) => {
    const before = last.get(key);
    if (before !== undefined && sameItems(before, list)) return before;
    last.set(key, list);
    return list;
  };
}

/** More changed places than these are not told one by one: making anew is as fast. */
const MOST_CHANGES = 8;

/** Places at which two lists of one length hold different objects; `undefined` where the lengths differ, or all too many places. */
export function changedPlaces(before: readonly unknown[], now: readonly unknown[]): readonly number[] | undefined {
  if (before.length !== now.length) return undefined;
  const places: number[] = [];
  for (let i = 0; i < now.length; i += 1) {
    if (before[i] === now[i]) continue;
    if (places.length === MOST_CHANGES) return undefined;
    places.push(i);
  }
  return places;
}

function placesByMap(before: readonly unknown[], now: readonly unknown[]): Int32Array {
  const known = new Map(before.map((item, place) => [item, place]));
  return Int32Array.from(now, (item) => known.get(item) ?? -1);
}

/**
 * Where each item of a list stood in the one before, -1 for what came. Each item is in a list once at most. What stands where it stood, but
 * for some that came, went or took another's place, is found by walking along; only for more than that a table is made.
 */
export function placesBefore(before: readonly unknown[], now: readonly unknown[]): Int32Array {
  const places = new Int32Array(now.length);
  let at = 0;
  for (let i = 0; i < now.length; i += 1) {
    const item = now[i];
    if (before[at] === item) places[i] = at;
    else if (before[at + 1] === item) places[i] = at += 1;
    else {
      places[i] = -1;
      if (before[at] === now[i + 1]) continue;
      if (before[at + 1] !== now[i + 1]) return placesByMap(before, now);
    }
    at += 1;
  }
  return places;
}

/** What went from a list and what came, each item being in a list once at most. `places`: as `placesBefore` says. */
export function changesBetween<T>(
  before: readonly T[],
  now: readonly T[],
  places: Int32Array = placesBefore(before, now),
): { readonly went: T[]; readonly came: T[] } {
  const stays = new Uint8Array(before.length);
  const went: T[] = [];
  const came: T[] = [];
  for (const [at, item] of now.entries()) {
    const place = places[at] ?? -1;
    if (place < 0) came.push(item);
    else stays[place] = 1;
  }
  for (const [at, item] of before.entries()) if (stays[at] === 0) went.push(item);
  return { went, came };
}

/** The list with `now` where `before` stood first; the same list where it stood nowhere. */
export function replaced<T>(list: readonly T[], before: T, now: T): readonly T[] {
  const at = list.indexOf(before);
  return at < 0 ? list : list.with(at, now);
}

/**
 * Makes something of each item of a list, list after list: of an item that was in the last list what was made of it then, as long as
 * `context` is the same. `make` is told what stood in the item's place. Where nothing changed the result is the same list.
 */
export function keepMap<T, U, C = undefined>(
  make: (item: T, context: C | undefined, before: U | undefined) => U,
): (list: readonly T[], context?: C) => readonly U[] {
  let items: readonly T[] = [];
  let lastContext: C | undefined;
  let all: readonly U[] = [];
  const anew = (list: readonly T[], context: C | undefined): readonly U[] => {
    const again = context === lastContext;
    const places = again ? placesBefore(items, list) : undefined;
    let changed = list.length !== items.length;
    const made = list.map((item, i) => {
      const old = all[i];
      const place = places?.[i] ?? -1;
      // A place of an item that was there holds what was made of it, whatever type that has.
      const now = place < 0 ? make(item, context, old) : (all[place] as U);
      changed ||= now !== old;
      return now;
    });
    return changed ? made : all;
  };
  return (list, context) => {
    if (list === items && context === lastContext) return all;
    const places = context === lastContext ? changedPlaces(items, list) : undefined;
    const [place] = places ?? [];
    const item = place === undefined ? undefined : list[place];
    if (places === undefined || places.length > 1 || (place !== undefined && item === undefined))
      all = anew(list, context);
    else if (place !== undefined && item !== undefined) {
      const made = make(item, context, all[place]);
      if (made !== all[place]) all = all.with(place, made);
    }
    items = list;
    lastContext = context;
    return all;
  };
}
