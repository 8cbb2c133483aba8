/**
 * A list of places of routes as one number, so that what is found needs no look at another line of the cache: `NOBODY`, or a single place as
 * itself, or `-2 - n` for the places that stand from `n` on in `PlaceLists.numbers`, up to a `NOBODY`.
 */
export type PlaceList = number;

export const NOBODY = -1;

/** Where lists of more than one place are kept. */
export interface PlaceLists {
  readonly numbers: number[];
}

/** The list of some places, in their order. */
export function listOf(places: readonly number[], lists: PlaceLists): PlaceList {
  const [first = NOBODY] = places;
  if (places.length < 2) return first;
  const at = lists.numbers.length;
  for (const place of places) lists.numbers.push(place);
  lists.numbers.push(NOBODY);
  return -2 - at;
}

/**
 * Lists that were found for a request: the first `size` count. And numbers of gates that it goes through, of which the first `open` count.
 * It is used again, so that finding makes no objects.
 */
export interface Found {
  readonly lists: PlaceList[];
  size: number;
  readonly gates: number[];
  open: number;
}

/** Counts a list as found, if anybody is on it. */
export function add(list: PlaceList, found: Found): void {
  if (list === NOBODY) return;
  found.lists[found.size] = list;
  found.size += 1;
}
