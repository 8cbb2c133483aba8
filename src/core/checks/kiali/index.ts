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

const CHECKS: readonly ((world: KialiWorld, say: Say) => void)[] = [
  entryPorts,
  exportTo,
  gatewayOverlap,
  missingGateways,
  ruleOverlap,
  sameHost,
  subsetLabels,
  weights,
];

/** What Kiali says of a mesh beyond istioctl, and where it says the same. */
export function kialiFindings(mesh: Mesh, complete: boolean): readonly KialiFinding[] {
  const all = (kind: string): readonly AnyResource[] =>
    latestOf(mesh, kind).filter(({ stale, shape }) => !stale && shape.length === 0);
  const world: KialiWorld = {
    mesh,
    complete,
    virtualServices: all('VirtualService').filter(isVirtualService),
    destinationRules: all('DestinationRule').filter(isDestinationRule),
    gateways: all('Gateway').filter(isGateway),
    serviceEntries: all('ServiceEntry').filter(isServiceEntry),
  };
  const found: KialiFinding[] = [];
  const told = new Set<string>();
  const say: Say = (finding) => {
    const key = `${finding.code} ${finding.resource.id} ${finding.path.join('/')}`;
    if (told.has(key)) return;
    told.add(key);
    found.push(finding);
  };
  for (const check of CHECKS) check(world, say);
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
