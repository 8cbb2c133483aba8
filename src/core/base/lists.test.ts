import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countUpTo, grouped, sameItems } from './lists.ts';

it('groups items by key, in the order in which they came', () => {
  expect([...grouped(['b1', 'a1', 'b2'], (item) => item.charAt(0))]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});

it('tells lists of the same objects from others', () => {
  const [one, two] = [{}, {}];
  expect(sameItems([one, two], [one, two])).toBe(true);
  expect(sameItems([one, two], [two, one])).toBe(false);
  expect(sameItems([one], [one, two])).toBe(false);
  expect(sameItems(Uint32Array.of(1, 2), Uint32Array.of(1, 2))).toBe(true);
  expect(sameItems([one], [{}])).toBe(false);
});

it('countUpTo gives what counting one by one gives', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 })), fc.integer({ min: -25, max: 25 }), (numbers, most) => {
      const list = numbers.sort((a, b) => a - b);
      expect(countUpTo(list, most)).toBe(list.filter((number) => number <= most).length);
      expect(countUpTo(Int32Array.from(list), most)).toBe(countUpTo(list, most));
    }),
  );
});
