import type { ConnectionPoolSettings, HTTPSettings, TCPSettings } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { durationNs } from '../../istio/duration.ts';
import type { Report } from './report.ts';
import { durationFault } from './values.ts';

const COUNTS = [
  ['V-DR-021', 'http1MaxPendingRequests'],
  ['V-DR-022', 'http2MaxRequests'],
  ['V-DR-023', 'maxRequestsPerConnection'],
  ['V-DR-024', 'maxRetries'],
] as const;

function httpFaults(http: HTTPSettings, path: YamlPath, report: Report): void {
  const notNegative = (rule: string, key: string, value = 0): void => {
    if (value < 0) report.error(rule, [...path, key], `${key} can't be less than 0.`);
  };
  for (const [rule, key] of COUNTS) notNegative(rule, key, http[key]);
  if (http.idleTimeout !== undefined)
    report.check('V-DR-026', [...path, 'idleTimeout'], durationFault(http.idleTimeout));
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true)
    report.error('V-DR-027', path, 'useClientProtocol can’t be true when h2UpgradePolicy is UPGRADE.');
  notNegative('V-DR-025', 'maxConcurrentStreams', http.maxConcurrentStreams);
  if (http.http2KeepAlive === undefined) return;
  const at = [...path, 'http2KeepAlive'];
  for (const [rule, key] of [
    ['V-DR-028', 'interval'],
    ['V-DR-029', 'timeout'],
  ] as const) {
    const value = http.http2KeepAlive[key];
    if (value === undefined) report.error(rule, at, `http2KeepAlive needs ${key}.`);
    else report.check(rule, [...at, key], durationFault(value));
  }
}

function tcpFaults(tcp: TCPSettings, path: YamlPath, report: Report): void {
  if ((tcp.maxConnections ?? 0) < 0)
    report.error('V-DR-030', [...path, 'maxConnections'], 'maxConnections can’t be less than 0.');
  if (tcp.connectTimeout !== undefined)
    report.check('V-DR-031', [...path, 'connectTimeout'], durationFault(tcp.connectTimeout));
  if (tcp.maxConnectionDuration !== undefined)
    report.check('V-DR-032', [...path, 'maxConnectionDuration'], durationFault(tcp.maxConnectionDuration));
  // Less than a millisecond switches the timeout off.
  if (tcp.idleTimeout !== undefined && (durationNs(tcp.idleTimeout) ?? 0n) / 1_000_000n !== 0n)
    report.check('V-DR-033', [...path, 'idleTimeout'], durationFault(tcp.idleTimeout));
  for (const key of ['time', 'interval'] as const) {
    const value = tcp.tcpKeepalive?.[key];
    if (value !== undefined) report.check('V-DR-034', [...path, 'tcpKeepalive', key], durationFault(value));
  }
}

/** Faults of a connection pool. Source: validateConnectionPool. */
export function connectionPoolFaults(
  settings: ConnectionPoolSettings | undefined,
  path: YamlPath,
  report: Report,
): void {
  if (settings === undefined) return;
  const { http, tcp } = settings;
  if (http === undefined && tcp === undefined)
    return report.error('V-DR-020', path, 'A connection pool needs http or tcp settings.');
  if (http !== undefined) httpFaults(http, [...path, 'http'], report);
  if (tcp !== undefined) tcpFaults(tcp, [...path, 'tcp'], report);
}
