import { grouped } from '../base/lists.ts';
import type { ResourceId } from '../base/ids.ts';
import { takeSteps } from '../base/steps.ts';
import type { Resource } from '../istio/index.ts';
import type { Mesh } from '../mesh/index.ts';
import { createEngine } from '../routing/index.ts';
import type { RoutingEngine } from '../routing/index.ts';
import { ownSteps } from './own/index.ts';
import type { OwnProblem } from './own/index.ts';
import type { OwnEngine } from './own/view.ts';
import { inOrder, reportedOf } from './reported.ts';
import type { CheckOptions, CheckProblem } from './problems.ts';

/** A problem, with the request that proves it where the routing engine found it. */
export type AnyProblem = CheckProblem & Partial<Pick<OwnProblem, 'proof'>>;

/** How all problems are found. */
export interface AllOptions extends CheckOptions {
  /** An engine that stands on this mesh; by default one is made. Where `complete` is told, it must assume nothing. */
  readonly engine?: OwnEngine;
}

type Registry = 'assumed' | 'declared';

const engines = new WeakMap<Mesh, Partial<Record<Registry, OwnEngine>>>();
/** The engines that were made last: the one for the mesh after an edit is made of the one before. */
const latest = new Map<Registry, RoutingEngine>();

function engineFor(mesh: Mesh, complete: boolean): OwnEngine {
  const registry = complete ? 'declared' : 'assumed';
  const known = engines.get(mesh) ?? {};
  const there = known[registry];
  if (there !== undefined) return there;
  const engine = createEngine(mesh, { registry }, latest.get(registry));
  latest.set(registry, engine);
  engines.set(mesh, { ...known, [registry]: engine });
  return engine;
}

/**
 * What Meshwright's own engine finds, each with a request that proves it, in steps between which others may work: after each `next` a part
 * is done, and the end gives all. `reported` is what findReported says of them, muted or not: nothing of it is said again.
 */
export function* proveProblems(
  resources: readonly Resource[],
  mesh: Mesh,
  reported: readonly CheckProblem[],
  options: AllOptions = {},
): Generator<void, readonly AnyProblem[]> {
  const proven = yield* provenOf(mesh, reported, options);
  return inOrder(resources, (id) => proven.get(id) ?? [], options);
}

function* provenOf(
  mesh: Mesh,
  problems: readonly CheckProblem[],
  options: AllOptions,
): Generator<void, ReadonlyMap<ResourceId, readonly AnyProblem[]>> {
  const complete = options.complete ?? mesh.registry === 'declared';
  const engine = options.engine ?? engineFor(mesh, complete);
  return grouped(yield* ownSteps(mesh, engine, { complete, problems }), ({ resource }) => resource);
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
  const reported = takeSteps(reportedOf(resources, mesh, options));
  const proven = takeSteps(provenOf(mesh, [...reported.values()].flat(), options));
  return inOrder<AnyProblem>(resources, (id) => [...(reported.get(id) ?? []), ...(proven.get(id) ?? [])], options);
}
