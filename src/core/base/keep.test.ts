import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, placesBefore } from './keep.ts';

/** Two lists of things that are in each once at most, the second mostly as the first. */
const lists = fc
  .tuple(
    fc.uniqueArray(fc.nat(40), { maxLength: 20 }),
    fc.array(fc.record({ at: fc.nat(20), cut: fc.nat(2), put: fc.uniqueArray(fc.integer({ min: 50, max: 60 })) }), {
      maxLength: 3,
    }),
    fc.boolean(),
  )
  .map(([before, edits, turned]) => {
    const now = [...before];
    for (const { at, cut, put } of edits) now.splice(at, cut, ...put);
    const once = [...new Set(now)];
    return { before, now: turned ? once.reverse() : once };
  });

describe('two lists, one after the other', () => {
  it('finds each item only where it stood, and all that are in the same order', () => {
    fc.assert(
      fc.property(lists, ({ before, now }) => {
        const places = placesBefore(before, now);
        expect(places.length).toBe(now.length);
        const stood = [...places].flatMap((place, i) => (place < 0 ? [] : [[before[place], now[i]]]));
        for (const [was, is] of stood) expect(was).toBe(is);
        const used = [...places].filter((place) => place >= 0);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });

  it('tells what went and came, so that the rest of both holds the same', () => {
    fc.assert(
      fc.property(lists, ({ before, now }) => {
        const { went, came } = changesBetween(before, now);
        const sorted = (list: readonly number[], without: readonly number[]): readonly number[] => {
          const left = [...list];
          for (const item of without) left.splice(left.indexOf(item), 1);
          return left.sort((a, b) => a - b);
        };
        expect(sorted(before, went)).toEqual(sorted(now, came));
      }),
    );
  });

  it('finds one that came, one that went and one in the place of another by walking along', () => {
    expect([...placesBefore(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])]).toEqual([0, -1, 1, 2]);
    expect([...placesBefore(['a', 'b', 'c'], ['a', 'c'])]).toEqual([0, 2]);
    expect([...placesBefore(['a', 'b', 'c'], ['a', 'x', 'c'])]).toEqual([0, -1, 2]);
    expect([...placesBefore([], ['a'])]).toEqual([-1]);
  });
});
