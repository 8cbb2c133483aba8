import { ok, refuse } from '../base/result.ts';
import { targetOf } from '../commands/target.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import { valueAt } from '../yaml/model.ts';
import { FAMILIES } from './families/index.ts';
import type { Family, Fix, FixableProblem, Judge, Place, Proposal } from './types.ts';
import { judgeFor, verifyFix } from './verify.ts';

const exact = new Map<string, Family[]>();
const begun: { readonly start: string; readonly family: Family }[] = [];
for (const family of FAMILIES) {
  for (const code of family.codes) {
    if (code.endsWith('*')) begun.push({ start: code.slice(0, -1), family });
    else exact.set(code, [...(exact.get(code) ?? []), family]);
  }
}

const familiesOf = (code: string): readonly Family[] => [
  ...(exact.get(code) ?? []),
  ...begun.filter(({ start }) => code.startsWith(start)).map(({ family }) => family),
];

/** Whether there are fixes for problems of a code, as far as one can say without looking at the place. */
export const isFixable = (code: string): boolean => familiesOf(code).length > 0;

/** A problem with its place; nothing where its document is gone or can't be edited. */
function placeOf(projection: Projection, problem: FixableProblem): Place | undefined {
  const target = targetOf(projection, problem.source);
  if (target.kind === 'refused' || target.value.resource === undefined) return undefined;
  const { slot, resource, value } = target.value;
  const named = projection.mesh.byId.get(problem.resource);
  const own = named?.source.slot === slot.slot ? named : resource;
  const path = problem.source.path.slice(own.source.path.length);
  return {
    projection,
    problem,
    slot,
    resource: own,
    object: own.value,
    path,
    value: value ?? valueAt(own.value, path),
  };
}

/** What may help, not verified: the safe ones first, each id once. */
export function proposalsFor(projection: Projection, problem: FixableProblem): readonly Proposal[] {
  const families = familiesOf(problem.code);
  const place = families.length === 0 ? undefined : placeOf(projection, problem);
  if (place === undefined) return [];
  const all = families.flatMap((family) => family.propose(place));
  const ids = new Set<string>();
  const once = all.filter(({ id }) => !ids.has(id) && ids.add(id));
  return [...once.filter(({ kind }) => kind === 'safe'), ...once.filter(({ kind }) => kind === 'choice')];
}

/** A proposal's plan where it cures the problem and brings no other; else why not. */
export function verifiedPlan(
  projection: Projection,
  problem: FixableProblem,
  proposal: Proposal,
  judge: Judge = judgeFor(problem.code),
): PlanResult {
  const planned = proposal.plan();
  if (planned.kind === 'refused') return planned;
  const { changes, addFiles = [] } = planned.value;
  if (changes.size === 0 && addFiles.length === 0) return refuse('IDLE', 'There is nothing to change.');
  const verified = verifyFix(projection, problem, planned.value, judge);
  return verified.kind === 'refused' ? verified : ok({ ...planned.value, label: proposal.title });
}

/**
 * The ways out of a problem, the safe ones first, then the likeliest: each of them was tried on a copy of the workspace, cures the problem
 * and brings no other. Empty where there is none, and for problems that are gone or stand in what can't be edited.
 */
export function fixesFor(
  projection: Projection,
  problem: FixableProblem,
  judge: Judge = judgeFor(problem.code),
): readonly Fix[] {
  return proposalsFor(projection, problem).flatMap((proposal) => {
    const planned = verifiedPlan(projection, problem, proposal, judge);
    if (planned.kind === 'refused') return [];
    const { id, title, kind } = proposal;
    return [{ id, title, kind, plan: () => planned }];
  });
}
