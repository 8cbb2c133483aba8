import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenShares, parseShares } from './parse-shares.ts';

const weights = (text: string, count: number) => {
  const result = parseShares(text, count);
  return result.kind === 'ok' ? result.value : result.code;
};

describe('parseShares', () => {
  it.each([
    ['1:19', 2, [1, 19]],
    ['90/10', 2, [90, 10]],
    ['60 30 10', 3, [60, 30, 10]],
    [' 60 , 30,10 ', 3, [60, 30, 10]],
    ['90% 10%', 2, [90, 10]],
    ['90 % 10 %', 2, [90, 10]],
    ['5%', 2, [5, 95]],
    ['0.1%', 2, [1, 999]],
    ['33.3% 66.7%', 2, [333, 667]],
    ['0.5:1', 2, [5, 10]],
    ['even', 3, [34, 33, 33]],
    ['7', 1, [7]],
  ])('reads %s for %i destinations', (text, count, expected) => {
    expect(weights(text, count)).toEqual(expected);
  });

  it.each([
    ['1:2:3', 2, 'SHARE_COUNT'],
    ['50', 2, 'SHARE_COUNT'],
    ['a/b', 2, 'NOT_A_SHARE'],
    ['-1/2', 2, 'NOT_A_SHARE'],
    ['0/0', 2, 'SHARE_SUM'],
    ['50% 60%', 2, 'SHARE_SUM'],
    ['120%', 2, 'SHARE_RANGE'],
    ['9999999999/1', 2, 'SHARE_RANGE'],
    ['', 2, 'SHARE_COUNT'],
  ])('refuses %s for %i destinations', (text, count, code) => {
    expect(weights(text, count)).toBe(code);
  });

  it('reads back whatever weights are written with slashes', () => {
    const some = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }).filter((list) => list.some((n) => n > 0));
    fc.assert(
      fc.property(some, (list) => {
        expect(weights(list.join('/'), list.length)).toEqual(list);
      }),
    );
  });

  it('makes even shares that add up to 100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
        const shares = evenShares(count);
        expect(shares.reduce((a, b) => a + b)).toBe(100);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
