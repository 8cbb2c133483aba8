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
  /** Items that ask for something that others ask for too. */
  readonly shared: ReadonlySet<I>;
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

/** Counts by how many items each key is asked for, edit after edit. */
class Keys {
  /** How many keys several items ask for. */
  clashes = 0;
  private readonly counts = new Map<string, number>();

  add(keys: readonly string[]): void {
    for (const key of keys) {
      const count = this.counts.get(key) ?? 0;
      this.counts.set(key, count + 1);
      if (count === 1) this.clashes += 1;
    }
  }

  remove(keys: readonly string[]): void {
    for (const key of keys) {
      const count = this.counts.get(key) ?? 0;
      if (count === 2) this.clashes -= 1;
      if (count < 2) this.counts.delete(key);
      else this.counts.set(key, count - 1);
    }
  }

  areShared(keys: readonly string[]): boolean {
    return this.clashes > 0 && keys.some((key) => (this.counts.get(key) ?? 0) > 1);
  }
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
  const keys = new Keys();
  let last: Layout<I> = { items: [], slots: [], shared: new Set() };
  /** The slots of items that share something; those of before where they say the same. */
  const together = (shared: readonly I[]): ReadonlyMap<I, readonly Slot<I>[]> => {
    const before = placesBefore(last.items, shared);
    const slots = slotsOf(shared);
    return new Map(
      shared.map((item, i) => {
        const now = slots[i] ?? [];
        const old = last.slots[before[i] ?? -1];
        return [item, old !== undefined && sameSlots(old, now) ? old : now];
      }),
    );
  };
  return (items) => {
    if (items === last.items) return last;
    const { went, came } = changesBetween(last.items, items);
    for (const item of went) keys.remove(ownOf(item).keys);
    for (const item of came) keys.add(ownOf(item).keys);
    const shared = keys.clashes === 0 ? [] : items.filter((item) => keys.areShared(ownOf(item).keys));
    const joint = shared.length === 0 ? undefined : together(shared);
    const slots = items.map((item) => joint?.get(item) ?? ownOf(item).slots);
    last = { items, slots: sameItems(last.slots, slots) ? last.slots : slots, shared: new Set(shared) };
    return last;
  };
}
