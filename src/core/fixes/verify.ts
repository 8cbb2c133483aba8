import type { SlotId } from '../base/ids.ts';
import { sameItems } from '../base/lists.ts';
import { refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { findAllProblems, findProblems } from '../checks/index.ts';
import type { CheckOptions } from '../checks/index.ts';
import type { Mesh } from '../mesh/index.ts';
import type { DocumentSlot, GesturePlan, Projection } from '../workspace/types.ts';
import { fileComments } from '../workspace/file-comments.ts';
import { valueAt } from '../yaml/model.ts';
import { copyWith } from './copy.ts';
import type { FixableProblem, Judge } from './types.ts';

/** How the checks are asked: what comments and annotations mute is found too, and marked. */
function asked(projection: Projection): CheckOptions {
  const byFile = fileComments(projection);
  return { muted: true, fileMutes: (file) => byFile.get(file) ?? [] };
}

/** A judge that remembers what it found by the mesh. */
function remembering(find: Judge): Judge {
  const known = new WeakMap<Mesh, readonly FixableProblem[]>();
  return (projection) => {
    let problems = known.get(projection.mesh);
    if (problems === undefined) known.set(projection.mesh, (problems = find(projection)));
    return problems;
  };
}

/** What API server, webhook and istioctl say of a workspace, muted or not; kept with its mesh. */
export const judgeAll: Judge = remembering((projection) =>
  findProblems(projection.resources, projection.mesh, asked(projection)),
);

/** The same, and what Kiali and the routing engine say; dearer, so only problems of theirs are judged by it. */
export const judgeWhole: Judge = remembering((projection) =>
  findAllProblems(projection.resources, projection.mesh, asked(projection)),
);

/** As judgeWhole, where the documents are the whole mesh: what they don't declare is not there. */
export const judgeComplete: Judge = remembering((projection) =>
  findAllProblems(projection.resources, projection.mesh, { ...asked(projection), complete: true }),
);

/** The judge for problems of a code. */
export const judgeFor = (code: string): Judge => (/^(MW-|KIA)/.test(code) ? judgeWhole : judgeAll);

/**
 * What a plan leaves, where it cures a problem and brings no other: a problem whose code and place were not there before. Places are
 * followed through the edit by what stands there. Refuses a plan that leaves a document broken, the problem in place, or a new one.
 */
export function verifyFix(
  projection: Projection,
  problem: FixableProblem,
  plan: GesturePlan,
  judge: Judge = judgeFor(problem.code),
): Result<Projection> {
  const before = judge(projection);
  const target = before.find((one) => one === problem) ?? before.find((one) => isSame(one, problem));
  if (target === undefined) return refuse('GONE', 'The problem is no longer there.');
  const copied = copyWith(projection, plan);
  if (copied.kind === 'refused') return copied;
  const after = judge(copied.value);
  const known = new Set(before);
  known.delete(target);
  const still = new Set(after);
  const come = after.filter((one) => !known.has(one));
  const went = before.filter((one) => one !== target && !still.has(one));
  const all = withoutMatches(come, went, placesOf(copied.value), placesOf(projection));
  const { slot, path } = target.source;
  const stands = valueAt(placesOf(copied.value).get(slot)?.document.value, path) !== undefined;
  const shown = isMisfit(target) ? all.filter((one) => isMisfit(one) || !isHidden(one, target, stands)) : all;
  const unused = [target, ...went].filter(isShadow).map((one) => contentOf(one, placesOf(projection)));
  const wasUnused = (one: FixableProblem): boolean =>
    isShadow(one) &&
    one.code !== target.code &&
    unused.some((content) => contentOf(one, placesOf(copied.value)).includes(content));
  // What was never used for one reason may be so for another: that is no news, where other rules are used now.
  const fresh = isShadow(target) && after.length < before.length ? shown.filter((one) => !wasUnused(one)) : shown;
  const [first] = fresh;
  if (first === undefined) return copied;
  if (fresh.some((one) => isSame(one, target)))
    return refuse('NOT_CURED', 'That does not take the problem away here.', { remedy: first.message });
  return refuse('NEW_PROBLEM', 'That would bring another problem.', { remedy: first.message });
}

/** A rule or match that is never used, as Istio sees it. */
const isShadow = ({ code }: FixableProblem): boolean => /^V-VS-20[0-4]$/.test(code);

/** A value of the wrong type ends the reading of its object: what else is wrong there is found only when it is mended. */
export const isMisfit = ({ code }: FixableProblem): boolean => code === 'V-DEC-004' || code === 'SCHEMA-TYPE';

/**
 * Whether a problem was there all the time, behind a misfit: one that stands around it or in it may come from the fix, and one beside it
 * where the field is gone now.
 */
function isHidden(one: FixableProblem, misfit: FixableProblem, stands: boolean): boolean {
  if (one.resource !== misfit.resource) return false;
  const [path, around] = [one.source.path, misfit.source.path];
  const common = around.findIndex((key, index) => path[index] !== key);
  if (common < 0 || common >= path.length) return false;
  return stands || common < around.length - 1 || path.length > around.length;
}

type Places = ReadonlyMap<SlotId, DocumentSlot>;
const placesOf = ({ slots }: Projection): Places => new Map(slots.map((slot) => [slot.slot, slot]));

/** Whether two problems are of one code at one place. */
export function isSame(a: FixableProblem, b: FixableProblem): boolean {
  return a.code === b.code && a.source.slot === b.source.slot && sameItems(a.source.path, b.source.path);
}

/** A problem's code and the names on the way to it: what stays when items move. */
const shapeOf = ({ code, source }: FixableProblem): string =>
  [code, ...source.path.filter((key) => typeof key === 'string')].join('\n');
const contentOf = ({ source }: FixableProblem, places: Places): string =>
  JSON.stringify(valueAt(places.get(source.slot)?.document.value, source.path) ?? null);

/** Problems of after that none of before answers to: by place first, then by what stands there, then by what they say. */
function withoutMatches(
  after: readonly FixableProblem[],
  before: readonly FixableProblem[],
  placesAfter: Places,
  placesBefore: Places,
): readonly FixableProblem[] {
  let left = [...before];
  const take = (matches: (old: FixableProblem) => boolean): boolean => {
    const found = left.find(matches);
    if (found === undefined) return false;
    left = left.filter((old) => old !== found);
    return true;
  };
  let open = after.filter((problem) => !take((old) => isSame(old, problem)));
  open = open.filter((problem) => {
    const [shape, content] = [shapeOf(problem), contentOf(problem, placesAfter)];
    return !take((old) => shapeOf(old) === shape && contentOf(old, placesBefore) === content);
  });
  return open.filter((problem) => {
    const shape = shapeOf(problem);
    return !take(
      (old) => shapeOf(old) === shape && old.resource === problem.resource && old.message === problem.message,
    );
  });
}
