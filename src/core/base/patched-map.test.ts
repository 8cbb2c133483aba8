import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatchedMap } from './patched-map.ts';

describe('PatchedMap', () => {
  it('holds what a map holds to which the same was done, and leaves earlier versions as they were', () => {
    const change = fc.tuple(fc.nat(200), fc.option(fc.nat(9), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 12 }), (steps) => {
        const plain = new Map<number, number>([0, 50, 100].map((key) => [key, key]));
        let map = new PatchedMap(new Map(plain));
        for (const changes of steps) {
          const before = map;
          const held = [...before];
          for (const [key, value] of changes) {
            if (value === undefined) plain.delete(key);
            else plain.set(key, value);
          }
          map = map.with(new Map(changes));
          expect(new Map(map)).toEqual(plain);
          const keys = [0, 50, 100, ...changes.map(([key]) => key)];
          expect(keys.map((key) => map.get(key))).toEqual(keys.map((key) => plain.get(key)));
          expect(keys.map((key) => map.has(key))).toEqual(keys.map((key) => plain.has(key)));
          expect(map.size).toBe(plain.size);
          const other = keys.filter((key) => map.get(key) !== before.get(key));
          const told = map.changedSince(before);
          if (told !== undefined) expect([...told].sort()).toEqual([...new Set(other)].sort());
          expect([...before]).toEqual(held);
        }
      }),
    );
  });
});
