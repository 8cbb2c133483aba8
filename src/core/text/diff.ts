import { lineStarts } from './line-index.ts';
import type { ChangeSet, TextEdit } from './types.ts';

/** More differing lines than this are not told apart: the search costs their square. */
const MAX_LINE_EDITS = 200;

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/** One edit between the common start and the common end, cutting no surrogate pair and no `\r\n` in two. */
function trimmed(before: string, after: string, offset: number): TextEdit[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  const splits = (text: string, at: number): boolean => {
    const [left, right] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
    return (isHigh(left) && isLow(right)) || (left === 13 && right === 10);
  };
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && (splits(before, start) || splits(after, start))) start--;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end++;
  if (end > 0 && (splits(before, before.length - end) || splits(after, after.length - end))) end--;
  return [{ from: offset + start, to: offset + before.length - end, insert: after.slice(start, after.length - end) }];
}

const linesOf = (text: string): string[] => {
  const starts = lineStarts(text);
  return starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length));
};

/** Myers' search over lines: pairs of equal lines of a shortest edit, or nothing when more than the limit differ. */
function matchLines(a: readonly string[], b: readonly string[]): [number, number][] | undefined {
  const limit = Math.min(MAX_LINE_EDITS, a.length + b.length);
  const trace: Int32Array[] = [];
  const v = new Int32Array(2 * limit + 3);
  const at = (row: Int32Array, k: number): number => row[k + limit + 1] ?? 0;
  for (let d = 0; d <= limit; d++) {
    trace.push(v.slice());
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(v, k - 1) < at(v, k + 1)) ? at(v, k + 1) : at(v, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      v[k + limit + 1] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(trace, at, a.length, b.length);
    }
  }
  return undefined;
}

function walkBack(
  trace: Int32Array[],
  at: (row: Int32Array, k: number) => number,
  n: number,
  m: number,
): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d >= 0; d--) {
    const row = trace[d] as Int32Array; // d counts down from the trace's last row
    const k = x - y;
    const down = k === -d || (k !== d && at(row, k - 1) < at(row, k + 1));
    const previousK = down ? k + 1 : k - 1;
    const previousX = d === 0 ? 0 : at(row, previousK);
    const previousY = d === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) pairs.push([--x, --y]);
    [x, y] = [previousX, previousY];
  }
  return pairs.reverse();
}

/**
 * Edits that lead from `before` to `after`: what is common at both ends stays, and between them whole lines that are equal,
 * as long as few enough lines differ. Never cuts a surrogate pair or a `\r\n` in two.
 */
export function diffTexts(before: string, after: string): ChangeSet {
  const whole = trimmed(before, after, 0)[0];
  if (whole === undefined) return [];
  const [a, b] = [linesOf(before), linesOf(after)];
  const pairs = matchLines(a, b);
  if (pairs === undefined) return [whole];
  const out: TextEdit[] = [];
  let [i, j, offset] = [0, 0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    const old = a.slice(i, nextI).join('');
    out.push(...trimmed(old, b.slice(j, nextJ).join(''), offset));
    offset += old.length + (a[nextI]?.length ?? 0);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return out.reduce<TextEdit[]>((joined, edit) => {
    const last = joined.at(-1);
    if (last?.to !== edit.from) return [...joined, edit];
    return [...joined.slice(0, -1), { from: last.from, to: edit.to, insert: last.insert + edit.insert }];
  }, []);
}
