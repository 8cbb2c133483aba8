import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draggable, moveDivider, outOf, typedWeights } from './divide.ts';

const sum = (weights: readonly number[]) => weights.reduce((total, weight) => total + weight, 0);
const typed = (text: string, weights: number[], index = 0) => {
  const result = typedWeights(text, weights, index);
  return result.kind === 'ok' ? result.value : result.code;
};

describe('typedWeights', () => {
  it.each([
    ['70', [60, 30, 10], 0, [70, 30, 10]],
    ['30%', [50, 50], 0, [30, 70]],
    ['40 %', [60, 30, 10], 0, [40, 45, 15]],
    ['0.5%', [50, 50], 1, [995, 5]],
    ['1:19', [50, 50], 1, [1, 19]],
    ['60/30/10', [1, 1, 1], 2, [60, 30, 10]],
  ])('reads %s', (text, weights, index, expected) => {
    expect(typed(text, weights, index)).toEqual(expected);
  });

  it.each([
    ['abc', [1, 1], 'NOT_A_SHARE'],
    ['1:2:3', [1, 1], 'SHARE_COUNT'],
    ['120%', [1, 1], 'SHARE_SUM'],
    ['0', [1, 0], 'SHARE_SUM'],
    ['9999999999', [1, 0], 'SHARE_RANGE'],
  ])('refuses %s', (text, weights, code) => {
    expect(typed(text, weights)).toBe(code);
  });
});

describe('moveDivider', () => {
  const splits = fc.array(fc.nat(1000), { minLength: 2, maxLength: 8 }).filter((weights) => sum(weights) > 0);

  it('keeps the sum, changes only the two neighbours, and never goes below 0', () => {
    fc.assert(
      fc.property(splits, fc.nat(), fc.double({ min: -0.5, max: 1.5, noNaN: true }), (weights, at, share) => {
        const index = at % (weights.length - 1);
        const next = moveDivider(weights, index, share);
        expect(sum(next)).toBe(sum(weights));
        expect(Math.min(...next)).toBeGreaterThanOrEqual(0);
        next.forEach((weight, place) => {
          if (place !== index && place !== index + 1) expect(weight).toBe(weights[place]);
        });
      }),
    );
  });
});

describe('draggable', () => {
  it('keeps weights that are fine enough and writes coarse ones out of 100', () => {
    expect(draggable([1, 19])).toEqual([1, 19]);
    expect(draggable([1, 1])).toEqual([50, 50]);
    expect(draggable([undefined, undefined, undefined])).toEqual([34, 33, 33]);
    expect(draggable([undefined])).toEqual([100]);
  });
});

it('outOf gives whole numbers with the sum that was asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 9 }), (parts) => {
      expect(
        sum(
          outOf(
            100,
            parts.map((part) => part / sum(parts)),
          ),
        ),
      ).toBe(100);
    }),
  );
});
