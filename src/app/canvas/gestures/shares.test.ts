import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveDivider, percentText, splitWeights, stepDivider } from './shares.ts';

const total = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0);
const written = fc.array(fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }), {
  minLength: 2,
  maxLength: 6,
});

describe('moving a divider', () => {
  it('keeps the sum, whole numbers and every other weight', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.double({ min: -0.5, max: 1.5, noNaN: true }), (weights, at, share) => {
        const split = splitWeights(weights);
        const index = at % (weights.length - 1);
        const after = moveDivider(split, index, share);
        expect(total(after)).toBe(split.sum);
        expect(after.every((weight) => Number.isInteger(weight) && weight >= 0)).toBe(true);
        after.forEach((weight, place) => {
          if (place !== index && place !== index + 1) expect(weight).toBe(split.weights[place]);
        });
      }),
    );
  });

  it('moves 60/30/10 to 50/40/10', () => {
    expect(moveDivider(splitWeights([60, 30, 10]), 0, 0.5)).toEqual([50, 40, 10]);
  });

  it('steps by one per cent, and by one weight where the sum is small', () => {
    expect(stepDivider(splitWeights([60, 30, 10]), 1, 1)).toEqual([60, 31, 9]);
    expect(stepDivider(splitWeights([60, 30, 10]), 1, -10)).toEqual([60, 20, 20]);
    expect(stepDivider(splitWeights([1, 19]), 0, 1)).toEqual([2, 18]);
  });
});

describe('in words', () => {
  it('shares are per cents', () => {
    expect([0.6, 1 / 3, 0.005, 1].map(percentText)).toEqual(['60 %', '33.3 %', '0.5 %', '100 %']);
  });
});
