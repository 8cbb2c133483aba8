/** Beyond this many changed keys a map is copied whole. */
const MOST = 64;

/**
 * A map whose next version costs what changed and not its size: a large map that is shared, and a small one of what is other than
 * there. Keys that were added stand at the end.
 */
export class PatchedMap<K, V> implements ReadonlyMap<K, V> {
  // Private by name, so that two maps are equal where their entries are.
  readonly #base: ReadonlyMap<K, V>;
  readonly #patch: ReadonlyMap<K, V | undefined>;
  #size: number | undefined;

  constructor(base: ReadonlyMap<K, V>, patch: ReadonlyMap<K, V | undefined> = new Map()) {
    this.#base = base;
    this.#patch = patch;
  }

  get size(): number {
    if (this.#size !== undefined) return this.#size;
    let size = this.#base.size;
    for (const [key, value] of this.#patch) size += Number(value !== undefined) - Number(this.#base.has(key));
    return (this.#size = size);
  }

  get(key: K): V | undefined {
    return this.#patch.get(key) ?? (this.#patch.has(key) ? undefined : this.#base.get(key));
  }

  has(key: K): boolean {
    return this.#patch.has(key) ? this.#patch.get(key) !== undefined : this.#base.has(key);
  }

  /** The map with some values in place of others; `undefined` takes a key away. */
  with(changes: ReadonlyMap<K, V | undefined>): PatchedMap<K, V> {
    if (changes.size === 0) return this;
    const patch = new Map(this.#patch);
    for (const [key, value] of changes) patch.set(key, value);
    const next = new PatchedMap(this.#base, patch);
    return patch.size > MOST ? new PatchedMap(new Map(next)) : next;
  }

  /** The keys that may have another value than in the earlier version `before`; `undefined` where that is not known without a walk. */
  changedSince(before: PatchedMap<K, V>): ReadonlySet<K> | undefined {
    if (this.#base !== before.#base) return undefined;
    return new Set([...this.#patch.keys(), ...before.#patch.keys()].filter((key) => this.get(key) !== before.get(key)));
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#base) {
      const now = this.#patch.has(key) ? this.#patch.get(key) : value;
      if (now !== undefined) yield [key, now];
    }
    for (const [key, value] of this.#patch) if (value !== undefined && !this.#base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) call(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}
