import type { OutlierDetection, PortTrafficPolicy, TrafficPolicy } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { clientTlsFaults } from './client-tls.ts';
import { connectionPoolFaults } from './connection-pool.ts';
import { addressFault } from './ip.ts';
import { loadBalancerFaults } from './load-balancer.ts';
import { fqdnFault } from './names.ts';
import type { Report } from './report.ts';
import { durationFault, percentFault, portFault } from './values.ts';

function outlierFaults(outlier: OutlierDetection | undefined, path: YamlPath, report: Report): void {
  if (outlier === undefined) return;
  if (outlier.baseEjectionTime !== undefined)
    report.check('V-DR-010', [...path, 'baseEjectionTime'], durationFault(outlier.baseEjectionTime));
  if ((outlier.consecutiveErrors ?? 0) !== 0) {
    const message = 'consecutiveErrors is deprecated: write consecutive5xxErrors or consecutiveGatewayErrors.';
    report.warning('V-DR-012', [...path, 'consecutiveErrors'], message);
  }
  if (outlier.splitExternalLocalOriginErrors !== true && (outlier.consecutiveLocalOriginFailures ?? 0) > 0)
    report.error('V-DR-013', path, 'consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true.');
  if (outlier.interval !== undefined) report.check('V-DR-011', [...path, 'interval'], durationFault(outlier.interval));
  report.check('V-DR-014', [...path, 'maxEjectionPercent'], percentFault(outlier.maxEjectionPercent ?? 0));
  report.check('V-DR-015', [...path, 'minHealthPercent'], percentFault(outlier.minHealthPercent ?? 0));
}

function commonFaults(policy: PortTrafficPolicy, namespace: string, path: YamlPath, report: Report): void {
  outlierFaults(policy.outlierDetection, [...path, 'outlierDetection'], report);
  connectionPoolFaults(policy.connectionPool, [...path, 'connectionPool'], report);
  loadBalancerFaults(policy.loadBalancer, policy.outlierDetection, [...path, 'loadBalancer'], report);
  clientTlsFaults(policy.tls, namespace, [...path, 'tls'], report);
}

const saysNothing = (policy: PortTrafficPolicy): boolean =>
  policy.outlierDetection === undefined &&
  policy.connectionPool === undefined &&
  policy.loadBalancer === undefined &&
  policy.tls === undefined;

function portLevelFaults(
  settings: readonly PortTrafficPolicy[],
  namespace: string,
  path: YamlPath,
  report: Report,
): void {
  for (const [index, policy] of settings.entries()) {
    const at = [...path, index];
    if (policy.port === undefined) report.error('V-DR-091', at, 'A policy of a port needs its port.');
    if (saysNothing(policy))
      report.error('V-DR-092', at, 'A policy of a port needs outlierDetection, connectionPool, loadBalancer or tls.');
    else commonFaults(policy, namespace, at, report);
  }
}

function tunnelFaults(tunnel: NonNullable<TrafficPolicy['tunnel']>, path: YamlPath, report: Report): void {
  const { protocol = '', targetHost = '', targetPort = 0 } = tunnel;
  if (!['', 'CONNECT', 'POST'].includes(protocol))
    report.error('V-DR-100', [...path, 'protocol'], 'The protocol of a tunnel is CONNECT or POST.');
  if (fqdnFault(targetHost) !== undefined && addressFault(targetHost) !== undefined)
    report.error(
      'V-DR-101',
      [...path, 'targetHost'],
      `The tunnel leads to "${targetHost}", neither host name nor address.`,
    );
  report.check('V-DR-102', [...path, 'targetPort'], portFault(targetPort));
}

/** Faults of a traffic policy; `namespace` is the rule's. Source: validateTrafficPolicy. */
export function trafficPolicyFaults(
  policy: TrafficPolicy | undefined,
  namespace: string,
  path: YamlPath,
  report: Report,
): void {
  if (policy === undefined) return;
  const { portLevelSettings = [], tunnel, proxyProtocol, retryBudget } = policy;
  const more = [tunnel, proxyProtocol, retryBudget].some((part) => part !== undefined);
  if (saysNothing(policy) && portLevelSettings.length === 0 && !more)
    return report.error('V-DR-002', path, 'A traffic policy needs at least one field.');
  if (tunnel !== undefined && proxyProtocol !== undefined)
    return report.error('V-DR-003', path, 'There can be tunnel or proxyProtocol, not both.');
  commonFaults(policy, namespace, path, report);
  portLevelFaults(portLevelSettings, namespace, [...path, 'portLevelSettings'], report.errorsOnly());
  if (tunnel !== undefined) tunnelFaults(tunnel, [...path, 'tunnel'], report);
  // Only a number can be none of these.
  if (!['V1', 'V2'].includes(proxyProtocol?.version ?? 'V1'))
    report.error('V-DR-103', [...path, 'proxyProtocol', 'version'], 'The PROXY protocol has the versions V1 and V2.');
}
