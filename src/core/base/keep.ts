/**
 * What makes work after an edit cheap: things that are made of the same things (by identity) are the same object as before. So a
 * change goes exactly as far as it makes something different, and everything beside it is found, not made.
 */

/** True where both hold the same objects in the same order. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

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

/**
 * Makes something of each item of a list, list after list: of an item that was in the last list what was made of it then, as long as
 * `context` is the same. `make` is told what stood in the item's place. Where nothing changed the result is the same list.
 */
export function keepMap<T, U, C = undefined>(
  make: (item: T, context: C | undefined, before: U | undefined) => U,
): (list: readonly T[], context?: C) => readonly U[] {
  let last: readonly { readonly item: T; readonly made: U }[] = [];
  let lastContext: C | undefined;
  let all: readonly U[] = [];
  return (list, context) => {
    const again = context === lastContext;
    let changed = list.length !== last.length;
    let places: ReadonlyMap<T, (typeof last)[number]> | undefined;
    const before = last;
    last = list.map((item, i) => {
      const old = before[i];
      if (again && old?.item === item) return old;
      places ??= new Map(before.map((one) => [one.item, one]));
      const found = again ? places.get(item) : undefined;
      const now = found ?? { item, made: make(item, context, old?.made) };
      changed ||= now.made !== old?.made;
      return now;
    });
    lastContext = context;
    if (changed) all = last.map((one) => one.made);
    return all;
  };
}
