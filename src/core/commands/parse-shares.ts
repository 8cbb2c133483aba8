import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';

/** Istio's weights are int32 and Envoy's sum is uint32: no weight may be over this. */
const MOST = 2 ** 31 - 1;

const EXAMPLES = 'Write for example 90/10, 1:19, 90% 10% or even.';

/**
 * The weights that people mean when they type shares for `count` destinations: numbers parted by `/`, `:`, `,` or blanks (`1:19`,
 * `60 30 10`), percentages that add up to 100 (the last may be left out: `5%` for two is 5 and 95), or `even`. Fractions become whole
 * numbers in the same proportion, since weights are whole: `33.3% 66.7%` is 333 and 667. Refuses another count, a sum of 0, and what is
 * no number.
 */
export function parseShares(text: string, count: number): Result<readonly number[]> {
  const input = text.trim();
  if (/^even(ly)?$|^=$/i.test(input)) return ok(evenShares(count));
  const words = input.split(/\s*[/:,;]\s*|\s+(?!%)/).filter((word) => word !== '');
  const percent = words.some((word) => word.endsWith('%'));
  const numbers: number[] = [];
  let decimals = 0;
  for (const word of words) {
    const digits = /^(\d+)(?:\.(\d*))?\s*%?$/.exec(word);
    if (digits === null) return refuse('NOT_A_SHARE', `“${word}” is not a share.`, { remedy: EXAMPLES });
    decimals = Math.max(decimals, (digits[2] ?? '').replace(/0+$/, '').length);
    numbers.push(Number.parseFloat(word));
  }
  if (percent && numbers.length === count - 1) numbers.push(rounded(100 - sum(numbers), decimals));
  if (numbers.length !== count) {
    const there = count === 1 ? 'is one destination' : `are ${count} destinations`;
    return refuse(
      'SHARE_COUNT',
      `There ${there}, and ${words.length === 1 ? 'one share' : `${words.length} shares`} given.`,
      {
        remedy: EXAMPLES,
      },
    );
  }
  if (percent && Math.abs(sum(numbers) - 100) > 1e-9) {
    const total = rounded(sum(numbers), decimals);
    return refuse('SHARE_SUM', `These percentages add up to ${total}, not to 100.`, { remedy: 'Change one of them.' });
  }
  const weights = numbers.map((number) => Math.round(number * 10 ** decimals));
  if (weights.some((weight) => weight < 0 || weight > MOST)) {
    return refuse('SHARE_RANGE', `A weight is a whole number from 0 to ${MOST}.`, { remedy: EXAMPLES });
  }
  if (sum(weights) === 0) return refuse('SHARE_SUM', 'Somebody must get the requests: the shares are all 0.');
  return ok(weights);
}

/** Whole percentages that are as equal as can be and add up to 100; the first ones get what is left over. Over 100 destinations: 1 each. */
export function evenShares(count: number): readonly number[] {
  const each = Math.floor(100 / count);
  if (each === 0) return new Array<number>(count).fill(1);
  return Array.from({ length: count }, (_, index) => each + (index < 100 - each * count ? 1 : 0));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const rounded = (number: number, decimals: number): number => Number(number.toFixed(decimals));
