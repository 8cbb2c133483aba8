import type { Steps } from '../../base/steps.ts';
import { isDestinationRule, isGateway, isServiceEntry, isVirtualService } from '../../istio/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/index.ts';
import type { CheckProblem } from '../problems.ts';
import { latestOf } from '../own/view.ts';
import { entryPorts } from './entry-ports.ts';
import { exportTo } from './export-to.ts';
import { gatewayOverlap } from './gateway-overlap.ts';
import { missingGateways } from './missing-gateways.ts';
import { ruleOverlap } from './rule-overlap.ts';
import { sameHost } from './same-host.ts';
import { subsetLabels } from './subset-labels.ts';
import type { KialiFinding, KialiWorld, Say } from './types.ts';
import { weights } from './weights.ts';

export { KIALI_CODES } from './codes.ts';
export type { KialiCode } from './codes.ts';
export type { KialiFinding } from './types.ts';

interface Check {
  readonly check: (world: KialiWorld, say: Say) => void;
  /** What it looks at: while these are the same, it says the same. */
  readonly reads: readonly (keyof KialiWorld)[];
}

const CHECKS: readonly Check[] = [
  { check: entryPorts, reads: ['serviceEntries'] },
  { check: exportTo, reads: ['mesh', 'complete'] },
  { check: gatewayOverlap, reads: ['gateways'] },
  { check: missingGateways, reads: ['virtualServices', 'gateways'] },
  { check: ruleOverlap, reads: ['destinationRules'] },
  { check: sameHost, reads: ['virtualServices'] },
  { check: subsetLabels, reads: ['mesh'] },
  { check: weights, reads: ['virtualServices'] },
];

interface Run {
  readonly read: readonly unknown[];
  readonly findings: readonly KialiFinding[];
}
const lastRuns = new Map<Check, Run>();

/** Yields after work that was not done before. */
function* runCheck(check: Check, world: KialiWorld): Steps<readonly KialiFinding[]> {
  const read = check.reads.map((key) => world[key]);
  const last = lastRuns.get(check);
  if (last?.read.every((part, index) => part === read[index]) === true) return last.findings;
  const findings: KialiFinding[] = [];
  check.check(world, (finding) => void findings.push(finding));
  lastRuns.set(check, { read, findings });
  yield;
  return findings;
}

const usable = new WeakMap<readonly AnyResource[], readonly AnyResource[]>();

/** The objects of a kind that could be read; the same list while the mesh has the same. */
function usableOf<R extends AnyResource>(mesh: Mesh, kind: string, is: (one: AnyResource) => one is R): readonly R[] {
  const all: readonly AnyResource[] = mesh.byKind.get(kind) ?? NONE;
  let list = usable.get(all);
  if (list === undefined) {
    list = latestOf(mesh, kind).filter((one) => !one.stale && one.shape.length === 0 && is(one));
    usable.set(all, list);
  }
  // Each kind has its own list, and its own guard was asked of every item.
  return list as readonly R[];
}
const NONE: readonly AnyResource[] = [];

/** What Kiali says of a mesh beyond istioctl, and where it says the same: in steps, one for each check that has to look again. */
export function* kialiSteps(mesh: Mesh, complete: boolean): Steps<readonly KialiFinding[]> {
  const world: KialiWorld = {
    mesh,
    complete,
    virtualServices: usableOf(mesh, 'VirtualService', isVirtualService),
    destinationRules: usableOf(mesh, 'DestinationRule', isDestinationRule),
    gateways: usableOf(mesh, 'Gateway', isGateway),
    serviceEntries: usableOf(mesh, 'ServiceEntry', isServiceEntry),
  };
  const found: KialiFinding[] = [];
  const told = new Set<string>();
  for (const check of CHECKS) {
    for (const finding of yield* runCheck(check, world)) {
      const key = `${finding.code} ${finding.resource.id} ${finding.path.join('/')}`;
      if (told.has(key)) continue;
      told.add(key);
      found.push(finding);
    }
  }
  return found;
}

const kept = new WeakMap<AnyResource, Map<string, CheckProblem>>();

/** The problem that a finding is; the same object for the same words on the same resource. */
export function kialiProblem({ code, severity, resource, path, message, remedy }: KialiFinding): CheckProblem {
  let known = kept.get(resource);
  if (known === undefined) kept.set(resource, (known = new Map()));
  const key = [code, severity, message, ...path].join('\n');
  const before = known.get(key);
  if (before !== undefined) return before;
  const { file, slot, path: start } = resource.source;
  const made: CheckProblem = {
    code,
    severity,
    message,
    remedy,
    resource: resource.id,
    source: { file, slot, path: [...start, ...path] },
    by: ['kiali'],
  };
  known.set(key, made);
  return made;
}
