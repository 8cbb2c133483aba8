import type { AnyResource } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/index.ts';
import type { CheckProblem } from '../problems.ts';
import { answerText, claimHolds } from './claim.ts';
import { clusters } from './clusters.ts';
import { OWN_CODES } from './codes.ts';
import { delegates } from './delegates.ts';
import { destinationRules, unusedSubsets } from './destination-rules.ts';
import { lostKey } from './entries.ts';
import { crashes, droppedServers, forcedRedirects, unansweredHosts } from './gateways.ts';
import { partialHosts } from './hosts.ts';
import { impossible } from './impossible.ts';
import { lastRule } from './last-rule.ts';
import { nowhere } from './nowhere.ts';
import { preflight } from './preflight.ts';
import { redirects } from './redirects.ts';
import { retries } from './retries.ts';
import { rewrites } from './rewrites.ts';
import { splits } from './splits.ts';
import type { OwnFinding, OwnProblem, Say } from './types.ts';
import { lostEntries, unreached } from './unreached.ts';
import { viewOf } from './view.ts';
import type { OwnEngine, View } from './view.ts';

export { OWN_CODES } from './codes.ts';
export type { OwnCode } from './codes.ts';
export type { Claim, OwnProblem, Proof } from './types.ts';

const CHECKS: readonly ((view: View, say: Say) => void)[] = [
  clusters,
  crashes,
  delegates,
  destinationRules,
  droppedServers,
  forcedRedirects,
  lastRule,
  nowhere,
  partialHosts,
  preflight,
  redirects,
  retries,
  rewrites,
  splits,
  unansweredHosts,
];

/** How own findings are looked for. */
export interface OwnOptions {
  /** The documents are the whole mesh: what they don't declare is not there. */
  readonly complete: boolean;
  /** What others say of the mesh: nothing is said twice of one place. */
  readonly problems?: readonly CheckProblem[];
}

const kept = new WeakMap<AnyResource, Map<string, OwnProblem>>();

/** The problem that a finding is: the same object while resource, words and proof are the same. */
function problemOf(finding: OwnFinding, resource: AnyResource, engine: OwnEngine): OwnProblem {
  const { code, path, message, remedy, proxy, request, claim } = finding;
  const says =
    claim.crash === true ? 'istiod ends before it tells any proxy.' : answerText(engine.decide(proxy, request));
  const key = JSON.stringify([code, path, message, proxy, request, says]);
  let known = kept.get(resource);
  if (known === undefined) kept.set(resource, (known = new Map()));
  const before = known.get(key);
  if (before !== undefined) return before;
  const { file, slot, path: start } = resource.source;
  const made: OwnProblem = {
    code,
    severity: finding.severity ?? OWN_CODES[code][0],
    message,
    remedy,
    resource: resource.id,
    source: { file, slot, path: [...start, ...path] },
    by: ['meshwright'],
    proof: { proxy, request, says, claim },
  };
  known.set(key, made);
  return made;
}

/**
 * What Meshwright finds by its routing engine and nobody else says: each with a request that proves it. The engine is asked about each
 * proof, and what it does not confirm is left out. The engine must stand on this mesh; where it assumes nothing, `complete` is true. In steps,
 * one for each check, so that others can work in between.
 */
export function* ownSteps(mesh: Mesh, engine: OwnEngine, options: OwnOptions): Generator<void, readonly OwnProblem[]> {
  yield;
  const view = viewOf(mesh, engine, options.problems ?? [], options.complete);
  const found: OwnProblem[] = [];
  const told = new Set<string>();
  const say: Say = (finding) => {
    const resource = mesh.byId.get(finding.resource);
    const key = `${finding.resource} ${finding.path.join('/')} ${finding.code}`;
    if (resource === undefined || resource.stale || resource.shape.length > 0 || told.has(key)) return;
    if (!claimHolds(engine, finding.proxy, finding.request, finding.claim)) return;
    told.add(key);
    found.push(problemOf(finding, resource, engine));
  };
  yield;
  const dead = impossible(view, say);
  yield;
  const lost = new Map([...lostEntries(view)].filter(([key]) => !dead.has(key)));
  yield;
  unreached(view, say, lost);
  yield;
  const whole = new Set(
    [...lost.values()].flatMap(({ entry: { ref, rule } }) =>
      rule.match.length <= 1 && typeof ref.path[2] === 'number' ? [lostKey(ref.resource, ref.path[2])] : [],
    ),
  );
  unusedSubsets(view, say, whole);
  for (const check of CHECKS) {
    yield;
    check(view, say);
  }
  return found;
}
