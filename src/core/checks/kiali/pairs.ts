/**
 * What stands against what: each item with the first other one that `otherOf` gives, and those others with the item that found them first,
 * so that both sides are told.
 */
export function pairsOf<T>(items: readonly T[], otherOf: (item: T) => T | undefined): ReadonlyMap<T, T> {
  const pairs = new Map<T, T>();
  for (const item of items) {
    const other = otherOf(item);
    if (other === undefined) continue;
    pairs.set(item, other);
    if (!pairs.has(other)) pairs.set(other, item);
  }
  return pairs;
}
