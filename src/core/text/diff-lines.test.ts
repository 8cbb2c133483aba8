import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '---', ''), { maxLength: 30 });

/** The text after, made from the text before and what the difference says. */
function apply(before: readonly string[], after: readonly string[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const change of diffLines(before, after)) {
    out.push(...before.slice(at, change.before.from), ...after.slice(change.after.from, change.after.to));
    at = change.before.to;
  }
  return [...out, ...before.slice(at)];
}

/** The least number of lines to take out and put in, by the table. */
function least(before: readonly string[], after: readonly string[]): number {
  let row = after.map((_, index) => index + 1);
  row.unshift(0);
  before.forEach((line, x) => {
    const next = [x + 1];
    after.forEach((other, y) => {
      next.push(line === other ? (row[y] ?? 0) : Math.min(row[y + 1] ?? 0, next[y] ?? 0) + 1);
    });
    row = next;
  });
  return row[after.length] ?? 0;
}

describe('the lines that differ', () => {
  it('make one text of the other', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(apply(before, after)).toEqual(after);
      }),
    );
  });

  it('are as few as can be', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const count = diffLines(before, after).reduce(
          (sum, change) => sum + change.before.to - change.before.from + change.after.to - change.after.from,
          0,
        );
        expect(count).toBe(least(before, after));
      }),
    );
  });

  it('tell an added document from its marker on', () => {
    const before = ['kind: A', 'x: 1', '---', 'kind: C', 'x: 1'];
    const after = ['kind: A', 'x: 1', '---', 'kind: B', 'x: 1', '---', 'kind: C', 'x: 1'];
    expect(diffLines(before, after)).toEqual([{ before: { from: 2, to: 2 }, after: { from: 2, to: 5 } }]);
  });

  it('count two texts that have nothing in common as replaced', () => {
    const before = Array.from({ length: 2000 }, (_, index) => `a${String(index)}`);
    const after = Array.from({ length: 2000 }, (_, index) => `b${String(index)}`);
    expect(diffLines(before, after)).toEqual([{ before: { from: 0, to: 2000 }, after: { from: 0, to: 2000 } }]);
  });
});
