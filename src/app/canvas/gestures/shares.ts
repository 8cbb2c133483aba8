import { evenShares } from '../../../core/commands/parse-shares.ts';

/** What a rule's destinations say: the weights as written. Where none is written Istio takes them all for one destination. */
export interface SplitWeights {
  readonly weights: readonly number[];
  readonly sum: number;
}

/** Whole weights to begin a gesture with. A split without any weight above 0 begins as an even one out of 100. */
export function splitWeights(written: readonly (number | undefined)[]): SplitWeights {
  const weights = written.map((weight) => Math.max(0, Math.round(weight ?? 0)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum > 0) return { weights, sum };
  return { weights: [...evenShares(written.length)], sum: 100 };
}

/**
 * The weights after the divider right of destination `index` was moved to `share` (0 to 1, from the left end of the bar). Only the two
 * neighbours change, their sum stays, and both stay whole numbers that are not negative.
 */
export function moveDivider(split: SplitWeights, index: number, share: number): number[] {
  const weights = [...split.weights];
  const left = weights[index];
  const right = weights[index + 1];
  if (left === undefined || right === undefined) return weights;
  const before = weights.slice(0, index).reduce((total, weight) => total + weight, 0);
  const wanted = Math.round(share * split.sum) - before;
  const next = Math.min(left + right, Math.max(0, wanted));
  weights[index] = next;
  weights[index + 1] = left + right - next;
  return weights;
}

/** The same by a step of per cents of the sum (at least one whole weight). */
export function stepDivider(split: SplitWeights, index: number, percent: number): number[] {
  const size = Math.max(1, Math.round((Math.abs(percent) * split.sum) / 100));
  const before = split.weights.slice(0, index + 1).reduce((total, weight) => total + weight, 0);
  return moveDivider(split, index, (before + Math.sign(percent) * size) / split.sum);
}

/** The shares (0 to 1) of weights, as Istio counts: weight over sum. */
export function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 0));
}

/** A share as people read it: `60 %`, `0.5 %`, `33.3 %`. */
export function percentText(share: number): string {
  const percent = share * 100;
  const rounded = Math.round(percent * 10) / 10;
  return `${String(Number.isInteger(rounded) ? rounded : rounded.toFixed(1))} %`;
}
