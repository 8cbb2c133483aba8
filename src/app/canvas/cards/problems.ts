import type { Problem } from '../../../core/workspace/types.ts';

export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
}

const counted = new WeakMap<readonly Problem[], ReadonlyMap<string, ProblemCount>>();
const none: ProblemCount = { errors: 0, warnings: 0 };

/** Problems of a resource; information is not counted. Counted once for each list of problems, however many cards ask. */
export function problemsOf(problems: readonly Problem[], resource: string | undefined): ProblemCount {
  if (resource === undefined || problems.length === 0) return none;
  let counts = counted.get(problems);
  if (!counts) {
    counts = count(problems);
    counted.set(problems, counts);
  }
  return counts.get(resource) ?? none;
}

function count(problems: readonly Problem[]): ReadonlyMap<string, ProblemCount> {
  const counts = new Map<string, ProblemCount>();
  for (const { resource, severity } of problems) {
    if (resource === undefined || severity === 'info') continue;
    const before = counts.get(resource) ?? none;
    counts.set(
      resource,
      severity === 'error' ? { ...before, errors: before.errors + 1 } : { ...before, warnings: before.warnings + 1 },
    );
  }
  return counts;
}
