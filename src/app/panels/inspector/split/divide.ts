import { parseShares } from '../../../../core/commands/parse-shares.ts';
import { ok, refuse, type Result } from '../../../../core/base/result.ts';

const total = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0);

/** The finest step of a divider, in weights: a split of 1:19 moves by 5 %, one out of 2 can't be dragged finely and is written out of 100. */
const COARSEST = 20;

/**
 * The weights that dragging begins with: as written where their sum lets a divider move in steps of 5 % or finer, else the same
 * shares out of 100. Destinations without a weight count as 0; where all do, the split begins even.
 */
export function draggable(written: readonly (number | undefined)[]): readonly number[] {
  const weights = written.map((weight) => Math.max(0, Math.round(weight ?? 0)));
  const sum = total(weights);
  if (sum >= COARSEST) return weights;
  const shares = sum === 0 ? weights.map(() => 1 / weights.length) : weights.map((weight) => weight / sum);
  return outOf(100, shares);
}

/** Whole numbers that add up to `sum` and are as near to the shares as can be (largest remainders). */
export function outOf(sum: number, shares: readonly number[]): readonly number[] {
  const exact = shares.map((share) => share * sum);
  const whole = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, Math.round(sum - total(whole)))) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/** The weights with the divider after destination `index` at `share` of the bar (0 to 1). Only its two neighbours change; their sum stays. */
export function moveDivider(weights: readonly number[], index: number, share: number): readonly number[] {
  const left = total(weights.slice(0, index));
  const pair = (weights[index] ?? 0) + (weights[index + 1] ?? 0);
  const first = Math.min(pair, Math.max(0, Math.round(share * total(weights)) - left));
  return weights.map((weight, at) => (at === index ? first : at === index + 1 ? pair - first : weight));
}

/**
 * What typing into the box of destination `index` means. A number is its weight, and the others stay. A per cent is its share, and the
 * others keep their proportions in what is left. Anything with several numbers (`1:19`, `60/30/10`) is the whole split.
 */
export function typedWeights(text: string, weights: readonly number[], index: number): Result<readonly number[]> {
  const input = text.trim();
  if (/^\d+$/.test(input)) {
    const next = weights.map((weight, at) => (at === index ? Number(input) : weight));
    if (Number(input) > 2 ** 31 - 1) return refuse('SHARE_RANGE', 'A weight is at most 2147483647.');
    if (total(next) === 0) return refuse('SHARE_SUM', 'Somebody must get the requests: the shares are all 0.');
    return ok(next);
  }
  const percent = /^(\d+(?:[.]\d+)?)\s*%$/.exec(input);
  if (percent && weights.length > 1) return percentOf(percent[1] ?? '', weights, index);
  return parseShares(input, weights.length);
}

function percentOf(text: string, weights: readonly number[], index: number): Result<readonly number[]> {
  const percent = Number(text);
  if (percent > 100) return refuse('SHARE_SUM', `${text} % is more than all.`);
  const decimals = (text.split('.')[1] ?? '').length;
  const sum = 100 * 10 ** decimals;
  const own = Math.round(percent * 10 ** decimals);
  const others = weights.filter((_, at) => at !== index);
  const before = total(others);
  const rest = outOf(
    sum - own,
    others.map((weight) => (before === 0 ? 1 / others.length : weight / before)),
  );
  return ok([...rest.slice(0, index), own, ...rest.slice(index)]);
}

/** `60.0 %`: a share with one decimal, so that numbers align. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
