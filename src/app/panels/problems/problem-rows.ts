import { put } from '../../../core/base/lists.ts';
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

/** What is listed: these severities, and where something was typed, what has all of its words in what it says or whom it is about. */
export interface ProblemFilter {
  readonly severities: ReadonlySet<Severity>;
  readonly text: string;
}

function matches({ code, istioCode, message, remedy, resource, file }: Problem, words: readonly string[]): boolean {
  const said = [code, istioCode, message, remedy, resource, file].join(' ').toLowerCase();
  return words.every((word) => said.includes(word));
}

/** The problems that a filter lets through as lines, grouped by resource (by file for those of none), each group under its name. */
export function problemRows(problems: readonly Problem[], { severities, text }: ProblemFilter): readonly ProblemRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (!severities.has(problem.severity) || (words.length > 0 && !matches(problem, words))) continue;
    put(groups, problem.resource ?? problem.file, problem);
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

/** The problem after (`by` 1) or before (`by` -1) this one in the order of the text, around the end; without one the first or last. */
export function nextProblem(
  problems: readonly Problem[],
  current: string | undefined,
  by: 1 | -1,
): Problem | undefined {
  const at = problems.findIndex((problem) => problem.id === current);
  if (at < 0) return by === 1 ? problems[0] : problems.at(-1);
  return problems[(at + by + problems.length) % problems.length];
}
