import { sameItems } from '../../base/lists.ts';
import { changesBetween, placesBefore } from '../../base/keep.ts';

/** A virtual host without routes: the items that serve it, and those that name it and are not looked at. */
export interface Slot<I> {
  readonly name: string;
  /** Lower case. */
  readonly domains: readonly string[];
  readonly requireTls: boolean;
  readonly by: readonly I[];
  readonly ignored: readonly I[];
}

/** How items of a route configuration, in their order, come to virtual hosts. */
export interface Asking<I> {
  /** Names and domains that an item asks for. Where no other asks for any of them, its slots are those that it has alone. */
  readonly keysOf: (item: I) => Iterable<string>;
  /** For each item the slots that it opens. */
  readonly slotsOf: (items: readonly I[]) => readonly (readonly Slot<I>[])[];
}

/** The virtual hosts of a route configuration without their routes. */
export interface Layout<I> {
  readonly items: readonly I[];
  /** For each item the slots that it opens. The same list means: the same domains in the same places. */
  readonly slots: readonly (readonly Slot<I>[])[];
  /** Places of items that ask for something that others ask for too, in order. */
  readonly shared: readonly number[];
}

interface Own<I> {
  readonly keys: readonly string[];
  readonly slots: readonly Slot<I>[];
}

function sameSlots<I>(a: readonly Slot<I>[], b: readonly Slot<I>[]): boolean {
  return (
    a.length === b.length &&
    a.every((slot, i) => {
      const other = b[i];
      return (
        slot.name === other?.name &&
        slot.requireTls === other.requireTls &&
        sameItems(slot.domains, other.domains) &&
        sameItems(slot.by, other.by) &&
        sameItems(slot.ignored, other.ignored)
      );
    })
  );
}

/** Knows which items ask for each key, edit after edit. */
class Keys<I extends object> {
  /** Of a key that one item asks for that one: most are so. */
  private readonly only = new Map<string, I>();
  private readonly several = new Map<string, Set<I>>();

  add(item: I, keys: readonly string[]): void {
    for (const key of keys) {
      const other = this.only.get(key);
      const others = this.several.get(key);
      if (others !== undefined) others.add(item);
      else if (other === undefined) this.only.set(key, item);
      else {
        this.only.delete(key);
        this.several.set(key, new Set([other, item]));
      }
    }
  }

  remove(item: I, keys: readonly string[]): void {
    for (const key of keys) {
      const others = this.several.get(key);
      if (others === undefined) {
        this.only.delete(key);
        continue;
      }
      others.delete(item);
      const [last] = others;
      if (others.size > 1 || last === undefined) continue;
      this.several.delete(key);
      this.only.set(key, last);
    }
  }

  /** Items that ask for a key that others ask for too. */
  shared(): ReadonlySet<I> {
    const out = new Set<I>();
    for (const items of this.several.values()) for (const item of items) out.add(item);
    return out;
  }
}

/** More items than these are found by walking through all. */
const MOST_SOUGHT = 8;

/** The places of those of some items that are in a list, in order. */
export function placesIn<I>(items: readonly I[], some: ReadonlySet<I>): readonly number[] {
  if (some.size <= MOST_SOUGHT) {
    const places = [...some].map((item) => items.indexOf(item));
    return places.filter((place) => place >= 0).sort((a, b) => a - b);
  }
  return items.flatMap((item, place) => (some.has(item) ? [place] : []));
}

/**
 * Lays out virtual hosts, edit after edit. What an item gets hangs on others only where they ask for the same; so items that came or went
 * leave the rest as it is, and only those that share something are laid out together.
 */
export function layoutMaker<I extends object>({ keysOf, slotsOf }: Asking<I>): (items: readonly I[]) => Layout<I> {
  const known = new WeakMap<I, Own<I>>();
  const ownOf = (item: I): Own<I> => {
    const found = known.get(item);
    if (found !== undefined) return found;
    const [slots = []] = slotsOf([item]);
    const made = { keys: [...new Set(keysOf(item))], slots };
    known.set(item, made);
    return made;
  };
  const keys = new Keys<I>();
  let last: Layout<I> = { items: [], slots: [], shared: [] };
  /** The slots that each item has alone. */
  let alone: readonly (readonly Slot<I>[])[] = [];
  /** The slots of items that share something; those of before where they say the same. */
  const layTogether = (
    items: readonly I[],
    where: Int32Array,
    shared: readonly number[],
    into: (readonly Slot<I>[])[],
  ): void => {
    const slots = slotsOf(shared.flatMap((place) => items[place] ?? []));
    for (const [i, place] of shared.entries()) {
      const now = slots[i] ?? [];
      const old = last.slots[where[place] ?? -1];
      into[place] = old !== undefined && sameSlots(old, now) ? old : now;
    }
  };
  return (items) => {
    if (items === last.items) return last;
    const where = placesBefore(last.items, items);
    const { went, came } = changesBetween(last.items, items, where);
    for (const item of went) keys.remove(item, ownOf(item).keys);
    for (const item of came) keys.add(item, ownOf(item).keys);
    const shared = placesIn(items, keys.shared());
    const old = alone;
    alone = items.map((item, i) => old[where[i] ?? -1] ?? ownOf(item).slots);
    const slots = [...alone];
    if (shared.length > 0) layTogether(items, where, shared, slots);
    last = { items, slots: sameItems(last.slots, slots) ? last.slots : slots, shared };
    return last;
  };
}
