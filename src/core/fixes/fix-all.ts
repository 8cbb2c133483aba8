import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import { applyChanges, composeChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import type { GesturePlan, PlanResult, Projection } from '../workspace/types.ts';
import { copyWith } from './copy.ts';
import { proposalsFor, verifiedPlan } from './fixes-for.ts';
import type { FixableProblem, Judge } from './types.ts';
import { isSame, judgeFor, judgeWhole } from './verify.ts';

const isLoud = ({ muted }: FixableProblem): boolean => muted === undefined;

/** Which of its problems' fixes "fix all" takes. */
export interface FixAllOptions {
  readonly judge?: Judge;
  /** The fix by its id, for all problems that have it; without it the first one of each that is safe. */
  readonly id?: string;
  /** Only these problems count; all of the code that are not muted without it. */
  readonly among?: (problem: FixableProblem) => boolean;
}

/** A plan that grows by others, each made on the text that the ones before it leave. */
function joinPlans(first: GesturePlan, second: GesturePlan): GesturePlan {
  const changes = new Map<FileId, ChangeSet>(first.changes);
  const added = new Map((first.addFiles ?? []).map((file) => [file.id, file]));
  for (const [file, more] of second.changes) {
    const fresh = added.get(file);
    if (fresh === undefined) changes.set(file, composeChanges(changes.get(file) ?? [], more));
    else added.set(file, { ...fresh, text: applyChanges(fresh.text, more) });
  }
  for (const file of second.addFiles ?? []) added.set(file.id, file);
  const { selectAt: _selectAt, ...rest } = first;
  return { ...rest, changes, addFiles: [...added.values()], notes: [...first.notes, ...second.notes] };
}

/**
 * One plan for all problems of a code that have such a fix, planned one behind the other on the text that each leaves, and each
 * verified. Without an id: the safe ones; where there is none of these, the first choice of the first problem, for all that have it too.
 * Refuses where not one of them can be mended so.
 */
export function fixAll(projection: Projection, code: string, options: FixAllOptions = {}): PlanResult {
  const { judge = judgeFor(code), id, among = isLoud } = options;
  const every: Every = { judge, code, id, among };
  const planned = planAll(projection, every);
  if (planned !== undefined) return ok(planned.plan);
  const first = id === undefined ? firstChoice(projection, every) : undefined;
  const chosen = first === undefined ? undefined : planAll(projection, { ...every, id: first });
  if (chosen !== undefined) return ok(chosen.plan);
  return refuse('NO_FIX', 'None of them can be mended without asking.', { remedy: 'Open one of them.' });
}

/** What fixing everything that is safe comes to. */
export interface FixedSafely {
  readonly plan: GesturePlan;
  /** How many problems are mended, by code. */
  readonly mended: ReadonlyMap<string, number>;
  readonly after: Projection;
}

/** More rounds than these are not made: what a fix brings to light is mended in the next. */
const MOST_ROUNDS = 5;

/** One plan for all problems that have a safe fix, code by code, each verified; muted ones are left alone. */
export function fixSafely(projection: Projection, judge?: Judge): FixedSafely {
  let at = projection;
  let plan: GesturePlan = { label: 'Fix what is safe to fix', changes: new Map(), notes: [] };
  const mended = new Map<string, number>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const start = at;
    for (const code of new Set(
      (judge ?? judgeWhole)(at)
        .filter(isLoud)
        .map((problem) => problem.code),
    )) {
      const planned = planAll(at, { judge: judge ?? judgeFor(code), code, id: undefined, among: isLoud });
      if (planned === undefined) continue;
      plan = joinPlans(plan, planned.plan);
      mended.set(code, (mended.get(code) ?? 0) + planned.count);
      at = planned.after;
    }
    if (at === start) break;
  }
  return { plan, mended, after: at };
}

interface Every {
  readonly judge: Judge;
  readonly code: string;
  readonly id: string | undefined;
  readonly among: (problem: FixableProblem) => boolean;
}

function firstChoice(projection: Projection, { judge, code, among }: Every): string | undefined {
  for (const problem of judge(projection)) {
    if (problem.code !== code || !among(problem)) continue;
    const found = proposalsFor(projection, problem).find(
      (proposal) => verifiedPlan(projection, problem, proposal, judge).kind === 'ok',
    );
    if (found !== undefined) return found.id;
  }
  return undefined;
}

interface All {
  readonly plan: GesturePlan;
  readonly count: number;
  readonly after: Projection;
}

function planAll(projection: Projection, { judge, code, id, among }: Every): All | undefined {
  let at = projection;
  let count = 0;
  let plan: GesturePlan = { label: '', changes: new Map(), notes: [] };
  const hopeless: FixableProblem[] = [];
  for (;;) {
    const problem = judge(at).find(
      (one) => one.code === code && among(one) && !hopeless.some((other) => other === one || isSame(other, one)),
    );
    if (problem === undefined) break;
    const mended = mend(at, problem, { judge, id });
    if (mended === undefined) {
      hopeless.push(problem);
      continue;
    }
    plan = count === 0 ? mended.plan : joinPlans(plan, mended.plan);
    at = mended.after;
    count += 1;
  }
  if (count === 0) return undefined;
  return { plan: { ...plan, label: count === 1 ? plan.label : `${plan.label} (${count} times)` }, count, after: at };
}

function mend(
  projection: Projection,
  problem: FixableProblem,
  { judge, id }: { readonly judge: Judge; readonly id: string | undefined },
): { readonly plan: GesturePlan; readonly after: Projection } | undefined {
  for (const proposal of proposalsFor(projection, problem)) {
    if (id === undefined ? proposal.kind !== 'safe' : proposal.id !== id) continue;
    const planned = verifiedPlan(projection, problem, proposal, judge);
    if (planned.kind === 'refused') continue;
    const after = copyWith(projection, planned.value);
    if (after.kind === 'ok') return { plan: planned.value, after: after.value };
  }
  return undefined;
}
