import { grouped } from '../base/lists.ts';
import type { ResourceId } from '../base/ids.ts';
import { takeSteps } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import type { Resource } from '../istio/index.ts';
import type { Mesh } from '../mesh/index.ts';
import type { YamlPath } from '../yaml/types.ts';
import { kialiProblem, kialiSteps } from './kiali/index.ts';
import type { KialiFinding } from './kiali/index.ts';
import { mutesKiali, withoutMuted } from './mute/index.ts';
import { problemSteps } from './problems.ts';
import type { CheckOptions, CheckProblem } from './problems.ts';

const joined = new WeakMap<CheckProblem, CheckProblem>();

/** The same problem, said by Kiali too. */
function withKiali(problem: CheckProblem): CheckProblem {
  const known = joined.get(problem);
  if (known !== undefined) return known;
  const made: CheckProblem = { ...problem, by: [...problem.by, 'kiali'] };
  joined.set(problem, made);
  return made;
}

const within = (inner: YamlPath, outer: YamlPath): boolean =>
  outer.length <= inner.length && outer.every((key, index) => key === inner[index]);

/** Puts what Kiali says to the rest: where istioctl says the same of the place, one problem with two speakers. */
function addKiali(byResource: Map<ResourceId, CheckProblem[]>, findings: readonly KialiFinding[]): void {
  for (const finding of findings) {
    const { resource, code, same, path } = finding;
    const list = byResource.get(resource.id) ?? [];
    const full = [...resource.source.path, ...path];
    const at = list.findIndex(
      (problem) => same !== undefined && problem.code === same && within(full, problem.source.path),
    );
    const there = list[at];
    if (there === undefined) {
      if (finding.joins !== true) byResource.set(resource.id, [...list, kialiProblem(finding)]);
    } else if (!there.by.includes('kiali') && !mutesKiali(resource, code)) list[at] = withKiali(there);
  }
}

/** In steps: what is said of each resource, with what is muted, which was said all the same: it is not to be said again in other words. */
export function* reportedOf(
  resources: readonly Resource[],
  mesh: Mesh,
  options: CheckOptions,
): Steps<ReadonlyMap<ResourceId, readonly CheckProblem[]>> {
  const problems = yield* problemSteps(resources, mesh, { ...options, muted: true });
  const byResource = grouped(problems, ({ resource }) => resource);
  yield;
  addKiali(byResource, yield* kialiSteps(mesh, options.complete ?? mesh.registry === 'declared'));
  return byResource;
}

/** Problems resource by resource, in the order of the resources; muted ones are marked, or left out. */
export function inOrder<P extends CheckProblem>(
  resources: readonly Resource[],
  problemsOf: (resource: ResourceId) => readonly P[],
  { fileMutes, muted = false }: CheckOptions,
): readonly P[] {
  const told = new Set<ResourceId>();
  return resources.flatMap((resource): readonly P[] => {
    if (resource.stale || told.has(resource.id)) return [];
    told.add(resource.id);
    const all = problemsOf(resource.id);
    if (all.length === 0) return all;
    const marked = withoutMuted<P>(all, resource, fileMutes?.(resource.source.file) ?? [], muted);
    return muted ? marked : marked.filter((problem) => problem.muted === undefined);
  });
}

const NONE: readonly CheckProblem[] = [];

/** What API server, webhook, istioctl and Kiali say of these resources, the mesh being all that there is, resource by resource. */
export function findReported(
  resources: readonly Resource[],
  mesh: Mesh,
  options: CheckOptions = {},
): readonly CheckProblem[] {
  return takeSteps(reportedSteps(resources, mesh, options));
}

/** The same in steps. */
export function* reportedSteps(
  resources: readonly Resource[],
  mesh: Mesh,
  options: CheckOptions = {},
): Steps<readonly CheckProblem[]> {
  const byResource = yield* reportedOf(resources, mesh, options);
  yield;
  return inOrder(resources, (id) => byResource.get(id) ?? NONE, options);
}
