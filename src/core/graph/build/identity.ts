/** Something without a key of its own, as it was and as it is: its content as text and, where it has one, its name. */
export interface Keyless {
  readonly key: string;
  readonly name?: string | undefined;
}
export interface Known extends Keyless {
  readonly id: string;
}

/**
 * Ids for the items of a list, followed from the list before: what is equal stays itself wherever it moved (the nearer twin first), then
 * equal names, then equal places, then order. What is new gets the smallest free number from `fresh`.
 */
export function followIds(
  before: readonly Known[],
  now: readonly Keyless[],
  fresh: (number: number) => string,
): string[] {
  const ids: (string | undefined)[] = now.map(() => undefined);
  const left = new Set(before);
  const take = (index: number, known: Known | undefined): void => {
    if (!known || !left.has(known)) return;
    left.delete(known);
    ids[index] = known.id;
  };
  now.forEach((item, i) => {
    if (before[i]?.key === item.key) take(i, before[i]);
  });
  const pass = (same: (known: Known, item: Keyless) => boolean): void => {
    now.forEach((item, i) => {
      if (ids[i] !== undefined || left.size === 0) return;
      for (const known of left) if (same(known, item)) return take(i, known);
    });
  };
  pass((known, item) => known.key === item.key);
  pass((known, item) => known.name !== undefined && known.name === item.name);
  now.forEach((_, i) => {
    if (ids[i] === undefined) take(i, before[i]);
  });
  pass(() => true);
  const used = new Set(ids);
  let number = 0;
  return ids.map((id) => {
    if (id !== undefined) return id;
    while (used.has(fresh(number))) number += 1;
    const made = fresh(number);
    used.add(made);
    return made;
  });
}

/** The object from before where the new one says the same, so that who compares by `===` sees no change. Plain data only. */
export function keep<T>(before: T | undefined, now: T): T {
  return before !== undefined && sameData(before, now) ? before : now;
}

/** Deep equality of plain data; absent and `undefined` are the same. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameData(item, b[i]));
  // Plain data of one kind.
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  for (const key of Object.keys(left)) if (!sameData(left[key], right[key])) return false;
  for (const key of Object.keys(right)) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}
