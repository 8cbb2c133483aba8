import { describe, expect, it } from 'vitest';
import { fileId, resourceId } from '../../../core/base/ids.ts';
import type { Problem } from '../../../core/workspace/types.ts';
import { countBySeverity, nextProblem, problemRows } from './problem-rows.ts';

const problem = (id: string, from: number, more: Partial<Problem> = {}): Problem => ({
  id,
  code: 'X',
  severity: 'error',
  message: id,
  file: fileId('a.yaml'),
  range: { from, to: from + 1 },
  line: from,
  column: 1,
  by: ['istioctl'],
  mutable: true,
  ...more,
});
const reviews = resourceId('VirtualService default/reviews');
const three = [
  problem('a', 10, { resource: reviews }),
  problem('b', 20, { resource: reviews, severity: 'warning' }),
  problem('c', 30),
];
const all = { severities: new Set(['error', 'warning', 'info'] as const), text: '' };

describe('problemRows', () => {
  it('groups by resource, and by file where there is none', () => {
    const rows = problemRows(three, all);
    expect(rows.map((row) => (row.kind === 'head' ? `${row.title} ${String(row.count)}` : row.problem.id))).toEqual([
      'VirtualService default/reviews 2',
      'a',
      'b',
      'a.yaml 1',
      'c',
    ]);
  });

  it('leaves out severities that are filtered, and groups that are then empty', () => {
    const warnings = problemRows(three, { ...all, severities: new Set(['warning'] as const) });
    expect(warnings.map((row) => row.kind)).toEqual(['head', 'problem']);
    expect(problemRows(three, { ...all, severities: new Set() })).toEqual([]);
  });

  it('looks for words in what is said, in the code and in the name', () => {
    expect(problemRows(three, { ...all, text: 'B Reviews' }).map((row) => row.id)).toEqual([`head ${reviews}`, 'b']);
    expect(problemRows(three, { ...all, text: 'nowhere' })).toEqual([]);
  });
});

describe('nextProblem', () => {
  it('walks in the order of the text and around the end', () => {
    const walk = (from: string | undefined, by: 1 | -1) => nextProblem(three, from, by)?.id;
    expect([walk(undefined, 1), walk('a', 1), walk('c', 1), walk('a', -1), walk(undefined, -1)]).toEqual([
      'a',
      'b',
      'a',
      'c',
      'c',
    ]);
    expect(nextProblem([], undefined, 1)).toBeUndefined();
  });
});

it('counts by severity', () => {
  expect(countBySeverity(three)).toEqual({ error: 2, warning: 1, info: 0 });
});
