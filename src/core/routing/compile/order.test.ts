import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byAgeMaker, compareAge } from './order.ts';
import type { Aged } from './order.ts';

const aged: fc.Arbitrary<Aged> = fc.record({
  created: fc.constantFrom('', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  namespace: fc.constantFrom('x', 'y'),
});

describe('sorting by age, edit after edit', () => {
  it('gives what sorting anew gives, also where several are of one age', () => {
    const edit = fc.record({ at: fc.nat(12), cut: fc.nat(2), put: fc.array(aged, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(aged, { maxLength: 12 }), fc.array(edit, { maxLength: 4 }), (start, edits) => {
        const sorted = byAgeMaker<Aged>();
        let list = [...start];
        for (const { at, cut, put } of [{ at: 0, cut: 0, put: [] }, ...edits]) {
          list = [...list];
          list.splice(at, cut, ...put);
          const now = sorted(list);
          const anew = [...list].sort(compareAge);
          expect(now.length).toBe(anew.length);
          for (const [i, item] of now.entries()) expect(item).toBe(anew[i]);
        }
      }),
    );
  });
});
