import type { DestinationRuleSpec } from '../../istio/index.ts';
import { subsetNameFault } from './destination.ts';
import { exportToFaults } from './export-to.ts';
import { labelFaults, wildcardFault } from './names.ts';
import type { Report } from './report.ts';
import { isEmptySelector, selectorFaults } from './selector.ts';
import { trafficPolicyFaults } from './traffic-policy.ts';

function subsetFaults(spec: DestinationRuleSpec, namespace: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, subset] of (spec.subsets ?? []).entries()) {
    const at = ['spec', 'subsets', index];
    const name = subset.name ?? '';
    if (seen.has(name)) report.error('V-DR-111', [...at, 'name'], `There are two subsets named "${name}".`);
    seen.add(name);
    report.check(name === '' ? 'V-DR-112' : 'V-DR-113', [...at, 'name'], subsetNameFault(name));
    for (const fault of labelFaults(subset.labels)) report.error('V-DR-114', [...at, 'labels'], fault);
    trafficPolicyFaults(subset.trafficPolicy, namespace, [...at, 'trafficPolicy'], report.errorsOnly());
  }
}

/** Faults of a DestinationRule; `namespace` is its own. Source: ValidateDestinationRule. */
export function destinationRuleFaults(spec: DestinationRuleSpec, namespace: string, report: Report): void {
  report.check('V-DR-001', ['spec', 'host'], wildcardFault(spec.host ?? ''));
  trafficPolicyFaults(spec.trafficPolicy, namespace, ['spec', 'trafficPolicy'], report);
  subsetFaults(spec, namespace, report);
  const selector = spec.workloadSelector;
  const rules = {
    twice: 'V-DR-120',
    ownTwice: 'V-DR-121',
    nobody: 'V-DR-122',
    name: 'V-DR-123',
    everybody: 'V-DR-124',
  };
  const alone = { selector: { several: 'V-DR-125', foreign: 'V-DR-126' } };
  exportToFaults(spec.exportTo, namespace, selector === undefined ? rules : { ...rules, ...alone }, report);
  if (selector === undefined) return;
  selectorFaults(selector.matchLabels, ['spec', 'workloadSelector', 'matchLabels'], 'V-DR-127', report);
  if (isEmptySelector(selector.matchLabels))
    report.warning('V-DR-128', ['spec', 'workloadSelector'], 'The workloadSelector has no labels.');
}
