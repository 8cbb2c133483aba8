import type { Problem } from '../../../core/workspace/types.ts';

export type Severity = Problem['severity'];
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What a severity is called beside a count. */
export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** A line of the list: the head of a group, or a problem of it. */
export type ProblemRow =
  | {
      readonly kind: 'head';
      readonly id: string;
      readonly title: string;
      readonly file: string;
      readonly count: number;
    }
  | { readonly kind: 'problem'; readonly id: string; readonly problem: Problem };

/** How many problems there are of each severity. */
export function countBySeverity(problems: readonly Problem[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const problem of problems) counts[problem.severity] += 1;
  return counts;
}

/** In the order of the text: by file, then by place. The same order that F8 walks. */
export function inTextOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.range.from - b.range.from));
}

/** The problems of the shown severities as lines, grouped by resource (by file for those of none), each group under its name. */
export function problemRows(problems: readonly Problem[], shown: ReadonlySet<Severity>): readonly ProblemRow[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of inTextOrder(problems)) {
    if (!shown.has(problem.severity)) continue;
    const key = problem.resource ?? problem.file;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups].flatMap(([title, group]) => [
    {
      kind: 'head' as const,
      id: `head ${title}`,
      title,
      file: group[0]?.resource === undefined ? '' : group[0].file,
      count: group.length,
    },
    ...group.map((problem) => ({ kind: 'problem' as const, id: problem.id, problem })),
  ]);
}

/** The problem after (`by` 1) or before (`by` -1) this place, around the end; without a place the first or last. */
export function nextProblem(
  problems: readonly Problem[],
  current: string | undefined,
  by: 1 | -1,
): Problem | undefined {
  const ordered = inTextOrder(problems);
  const at = ordered.findIndex((problem) => problem.id === current);
  if (at < 0) return by === 1 ? ordered[0] : ordered.at(-1);
  return ordered[(at + by + ordered.length) % ordered.length];
}
