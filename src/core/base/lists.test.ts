import { expect, it } from 'vitest';
import { grouped, sameItems } from './lists.ts';

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
