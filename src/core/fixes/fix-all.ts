import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import { applyChanges, composeChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import type { GesturePlan, PlanResult, Projection } from '../workspace/types.ts';
import { copyWith } from './copy.ts';
import { proposalsFor, verifiedPlan } from './fixes-for.ts';
import type { FixableProblem, Judge } from './types.ts';
import { isSame, judgeFor } from './verify.ts';

/** Which of its problems' fixes "fix all" takes. */
export interface FixAllOptions {
  readonly judge?: Judge;
  /** The fix by its id, for all problems that have it; without it the first one of each that is safe. */
  readonly id?: string;
  /** Only these problems count; all of the code without it. */
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
  const { judge = judgeFor(code), id, among = () => true } = options;
  const every: Every = { judge, code, id, among };
  const planned = planAll(projection, every);
  if (planned !== undefined) return ok(planned);
  const first = id === undefined ? firstChoice(projection, every) : undefined;
  const chosen = first === undefined ? undefined : planAll(projection, { ...every, id: first });
  if (chosen !== undefined) return ok(chosen);
  return refuse('NO_FIX', 'None of them can be mended without asking.', { remedy: 'Open one of them.' });
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

function planAll(projection: Projection, { judge, code, id, among }: Every): GesturePlan | undefined {
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
  return { ...plan, label: count === 1 ? plan.label : `${plan.label} (${count} times)` };
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
