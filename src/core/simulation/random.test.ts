import { describe, expect, it } from 'vitest';
import { bitsOf, drawOf, STREAMS } from './random.ts';

type Draw = (seed: number, request: number, stream: number) => number;
const BINS = 100;
// A power of two: then `seed ^ request` runs through the same numbers for every small seed.
const PER_SEED = 16_384;
const SEEDS = 200;

/** The chi-square statistic of one seed's draws over equal bins: mean 99 and variance 198 for true chance. */
function chiSquare(draw: Draw, seed: number): number {
  const counts = new Int32Array(BINS);
  for (let request = 0; request < PER_SEED; request += 1) {
    const bin = Math.floor(draw(seed, request, STREAMS.outcome) * BINS);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = PER_SEED / BINS;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function momentsOf(draw: Draw): { mean: number; variance: number } {
  const values = Array.from({ length: SEEDS }, (_, seed) => chiSquare(draw, seed + 1));
  const mean = values.reduce((sum, value) => sum + value, 0) / SEEDS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SEEDS - 1) };
}

/** Two-sided: too even is as wrong as too uneven. Five standard errors of mean and variance of chi-square with 99 degrees. */
function looksRandom({ mean, variance }: { mean: number; variance: number }): boolean {
  const standardError = Math.sqrt(198 / SEEDS);
  const varianceError = 198 * Math.sqrt(2 / (SEEDS - 1) + 12 / 99 / SEEDS);
  return Math.abs(mean - 99) < 5 * standardError && Math.abs(variance - 198) < 5 * varianceError;
}

function correlation(a: (i: number) => number, b: (i: number) => number, count = 100_000): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += (a(i) - 0.5) * (b(i) - 0.5);
  return (sum / count) * 12;
}

/** The tempting version: one round over `seed ^ request`. It only reorders the same numbers from seed to seed. */
const oneRound: Draw = (seed, request, stream) => {
  let x = (seed ^ request ^ Math.imul(stream, 0x9e3779b9)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000;
};

describe('draws', () => {
  it('are spread as chance spreads them, neither less nor more evenly', () => {
    expect(looksRandom(momentsOf(drawOf))).toBe(true);
  });

  it('would be caught if they were made in one round', () => {
    const { mean, variance } = momentsOf(oneRound);
    expect(looksRandom({ mean, variance })).toBe(false);
    expect(oneRound(1, 2, 3)).toBe(oneRound(2, 1, 3));
    expect(drawOf(1, 2, 3)).not.toBe(drawOf(2, 1, 3));
  });

  it('of neighbouring seeds, requests and streams have nothing to do with each other', () => {
    const limit = 5 / Math.sqrt(100_000);
    const here = (i: number): number => drawOf(7, i, 2);
    expect(Math.abs(correlation(here, (i) => drawOf(8, i, 2)))).toBeLessThan(limit);
    expect(Math.abs(correlation(here, (i) => drawOf(7, i + 1, 2)))).toBeLessThan(limit);
    expect(Math.abs(correlation(here, (i) => drawOf(7, i, 3)))).toBeLessThan(limit);
    expect(Math.abs(correlation(here, (i) => drawOf(7, 2 ** 32 + i, 2)))).toBeLessThan(limit);
  });

  it('are the same numbers everywhere and always', () => {
    expect([bitsOf(0, 0, 0), bitsOf(1, 2, 3), bitsOf(7, 2 ** 33, 1)]).toMatchInlineSnapshot(`
      [
        4201390533,
        2788676741,
        296303474,
      ]
    `);
  });
});
