/**
 * What `after` says, with every part that `before` says too at the same place as `before`'s own object. Messages of the worker bring copies;
 * this gives them back their identity, so that nothing renders again but what changed. For plain data: no cycles, no classes.
 */
export function keepSame<T>(before: unknown, after: T): T;
export function keepSame(before: unknown, after: unknown): unknown {
  if (before === after || !isPlain(before) || !isPlain(after)) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const old = new Map(Object.entries(before));
  const entries = Object.entries(after).map(([key, value]) => [key, keepSame(old.get(key), value)] as const);
  const same = entries.length === old.size && entries.every(([key, value]) => old.has(key) && old.get(key) === value);
  if (same) return before;
  return Array.isArray(after) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;
