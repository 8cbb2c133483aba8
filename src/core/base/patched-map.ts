/** Beyond this many changed keys a map is copied whole. */
const MOST = 64;

/**
 * A map whose next version costs what changed and not its size: a large map that is shared, and a small one of what is other than
 * there. Keys that were added stand at the end.
 */
export class PatchedMap<K, V> {
  private readonly base: ReadonlyMap<K, V>;
  private readonly patch: ReadonlyMap<K, V | undefined>;

  constructor(base: ReadonlyMap<K, V>, patch: ReadonlyMap<K, V | undefined> = new Map()) {
    this.base = base;
    this.patch = patch;
  }

  get(key: K): V | undefined {
    return this.patch.get(key) ?? (this.patch.has(key) ? undefined : this.base.get(key));
  }

  /** The map with some values in place of others; `undefined` takes a key away. */
  with(changes: ReadonlyMap<K, V | undefined>): PatchedMap<K, V> {
    if (changes.size === 0) return this;
    const patch = new Map(this.patch);
    for (const [key, value] of changes) patch.set(key, value);
    const next = new PatchedMap(this.base, patch);
    return patch.size > MOST ? new PatchedMap(new Map(next)) : next;
  }

  *[Symbol.iterator](): Generator<[K, V]> {
    for (const [key, value] of this.base) {
      const now = this.patch.has(key) ? this.patch.get(key) : value;
      if (now !== undefined) yield [key, now];
    }
    for (const [key, value] of this.patch) if (value !== undefined && !this.base.has(key)) yield [key, value];
  }
}
