import type { ResourceId } from '../base/ids.ts';
import type { Resource } from '../istio/index.ts';
import type { Mesh } from '../mesh/index.ts';
import { createEngine } from '../routing/index.ts';
import type { YamlPath } from '../yaml/types.ts';
import { kialiFindings, kialiProblem } from './kiali/index.ts';
import type { KialiFinding } from './kiali/index.ts';
import { mutesKiali, withoutMuted } from './mute/index.ts';
import { findOwnProblems } from './own/index.ts';
import type { OwnProblem } from './own/index.ts';
import type { OwnEngine } from './own/view.ts';
import { findProblems } from './problems.ts';
import type { CheckOptions, CheckProblem } from './problems.ts';

/** A problem, with the request that proves it where the routing engine found it. */
export type AnyProblem = CheckProblem & Partial<Pick<OwnProblem, 'proof'>>;

/** How all problems are found. */
export interface AllOptions extends CheckOptions {
  /** An engine that stands on this mesh; by default one is made. Where `complete` is told, it must assume nothing. */
  readonly engine?: OwnEngine;
}

const engines = new WeakMap<Mesh, Partial<Record<'assumed' | 'declared', OwnEngine>>>();

function engineFor(mesh: Mesh, complete: boolean): OwnEngine {
  const registry = complete ? 'declared' : 'assumed';
  const known = engines.get(mesh) ?? {};
  const engine = known[registry] ?? createEngine(mesh, { registry });
  engines.set(mesh, { ...known, [registry]: engine });
  return engine;
}

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

/**
 * Everything that is said of these resources, the mesh being all that there is: by API server, webhook and istioctl (findProblems), by
 * Kiali, and by Meshwright's own engine, each of whose findings has a request that proves it. Resource by resource.
 */
export function findAllProblems(
  resources: readonly Resource[],
  mesh: Mesh,
  options: AllOptions = {},
): readonly AnyProblem[] {
  const complete = options.complete ?? mesh.registry === 'declared';
  // What is muted was said all the same: it is not to be said again in other words.
  const known = findProblems(resources, mesh, { ...options, muted: true });
  const byResource = new Map<ResourceId, CheckProblem[]>();
  const more = new Map<ResourceId, AnyProblem[]>();
  for (const problem of known) {
    const list = byResource.get(problem.resource);
    if (list === undefined) byResource.set(problem.resource, [problem]);
    else list.push(problem);
  }
  addKiali(byResource, kialiFindings(mesh, complete));
  const problems = [...byResource.values()].flat();
  const engine = options.engine ?? engineFor(mesh, complete);
  for (const problem of findOwnProblems(mesh, engine, { complete, problems })) {
    const list = more.get(problem.resource);
    if (list === undefined) more.set(problem.resource, [problem]);
    else list.push(problem);
  }
  const told = new Set<ResourceId>();
  return resources.flatMap((resource) => {
    if (resource.stale || told.has(resource.id)) return [];
    told.add(resource.id);
    const all = [...(byResource.get(resource.id) ?? []), ...(more.get(resource.id) ?? [])];
    if (all.length === 0) return all;
    const marked = withoutMuted<AnyProblem>(
      all,
      resource,
      options.fileMutes?.(resource.source.file) ?? [],
      options.muted,
    );
    return options.muted === true ? marked : marked.filter(({ muted }) => muted === undefined);
  });
}
