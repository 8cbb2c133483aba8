import { changesBetween } from '../../base/keep.ts';

/** What istiod sorts by: age (RFC 3339 text, `''` where unknown), then name, then namespace. */
export interface Aged {
  readonly created: string;
  readonly name: string;
  readonly namespace: string;
}

/** Plain comparison of code units, as Go's `strings.Compare` for ASCII. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in which istiod takes configuration: oldest first, then by name, then by namespace (istiod: `configCompareByCreationTime`). */
export function compareAge(a: Aged, b: Aged): number {
  return compareText(a.created, b.created) || compareText(a.name, b.name) || compareText(a.namespace, b.namespace);
}

/** Where an item belongs in a sorted list: behind all that are not greater; -1 where one is neither greater nor less. */
function placeFor<T extends Aged>(sorted: readonly T[], item: T): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    const order = there === undefined ? 0 : compareAge(there, item);
    if (order === 0) return -1;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Beyond this many changes a list is sorted anew. */
const MOST_CHANGES = 32;

/** Sorts lists by age, edit after edit: what came is put in its place. Items of one age keep the order in which they are given. */
export function byAgeMaker<T extends Aged>(): (list: readonly T[]) => readonly T[] {
  let given: readonly T[] = [];
  let sorted: readonly T[] = [];
  const patched = (list: readonly T[]): readonly T[] | undefined => {
    const { went, came } = changesBetween(given, list);
    if (went.length + came.length > MOST_CHANGES) return undefined;
    const gone = new Set(went);
    const out = went.length === 0 ? [...sorted] : sorted.filter((item) => !gone.has(item));
    for (const item of came) {
      const place = placeFor(out, item);
      // Of two of one age the list alone says which is first.
      if (place < 0) return undefined;
      out.splice(place, 0, item);
    }
    return out;
  };
  return (list) => {
    if (list !== given) sorted = patched(list) ?? [...list].sort(compareAge);
    given = list;
    return sorted;
  };
}
