import type { SidecarSpec } from '../../istio/index.ts';
import { connectionPoolFaults } from './connection-pool.ts';
import { destinationFaults } from './destination.ts';
import { fqdnFault } from './names.ts';
import type { Report } from './report.ts';
import { isEmptySelector, selectorFaults } from './selector.ts';
import { egressFaults, ingressFaults } from './sidecar-listeners.ts';

function policyFaults(policy: SidecarSpec['outboundTrafficPolicy'], report: Report): void {
  const proxy = policy?.egressProxy;
  if (proxy === undefined) return;
  const path = ['spec', 'outboundTrafficPolicy', 'egressProxy'];
  if ((policy?.mode ?? 'REGISTRY_ONLY') !== 'ALLOW_ANY')
    return report.error('V-SC-028', path, 'An egressProxy needs the mode ALLOW_ANY.');
  report.check('V-SC-028', [...path, 'host'], fqdnFault(proxy.host ?? ''));
  if (proxy.port === undefined) return report.error('V-SC-028', path, 'An egressProxy needs a port.');
  destinationFaults(proxy, path, report);
}

/** Faults of a Sidecar; `namespace` is its own. Source: ValidateSidecar. */
export function sidecarFaults(spec: SidecarSpec, namespace: string, report: Report): void {
  const { workloadSelector: selector, ingress = [], egress = [], outboundTrafficPolicy, inboundConnectionPool } = spec;
  const labels = Object.entries(selector?.labels ?? {});
  if (labels.some(([key, value]) => key === '' || `${key}${value}`.includes('*'))) {
    // Nothing else is looked at.
    return selectorFaults(selector?.labels, ['spec', 'workloadSelector', 'labels'], 'V-SC-001', report);
  }
  const says = outboundTrafficPolicy !== undefined || inboundConnectionPool !== undefined;
  if (egress.length === 0 && ingress.length === 0 && !says)
    return report.error(
      'V-SC-003',
      ['spec'],
      'A Sidecar needs egress, ingress, outboundTrafficPolicy or inboundConnectionPool.',
    );
  if (selector !== undefined && isEmptySelector(selector.labels))
    report.warning(
      'V-SC-002',
      ['spec', 'workloadSelector'],
      'A workloadSelector without labels takes every workload of the namespace.',
    );
  ingressFaults(ingress, report);
  connectionPoolFaults(inboundConnectionPool, ['spec', 'inboundConnectionPool'], report);
  egressFaults(egress, namespace, report);
  policyFaults(outboundTrafficPolicy, report);
}
