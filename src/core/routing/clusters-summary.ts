import type { Cluster } from './compile/clusters.ts';
import { keepPer } from '../base/keep.ts';
import { compareText } from './compile/order.ts';
import type { ClusterSummary } from './types.ts';

function limit<K extends string>(key: K, value: number): Partial<Record<K, number>> {
  const out: Partial<Record<K, number>> = {};
  if (value > 0) out[key] = value;
  return out;
}

function outlierOf(cluster: Cluster): Pick<ClusterSummary, 'outlierDetection'> {
  const outlier = cluster.outlierDetection;
  if (outlier === undefined) return {};
  return {
    outlierDetection: {
      ...limit('consecutive5xx', outlier.consecutive5xx ?? 0),
      ...limit('consecutiveGatewayErrors', outlier.consecutiveGatewayErrors ?? 0),
      ...limit('intervalMs', outlier.intervalMs),
      ...limit('baseEjectionMs', outlier.baseEjectionMs),
      ...limit('maxEjectionPercent', outlier.maxEjectionPercent ?? 0),
    },
  };
}

const summary = keepPer((cluster: Cluster): ClusterSummary => {
  const { rule } = cluster;
  return {
    name: cluster.name,
    type: cluster.type,
    lb: cluster.lb,
    endpoints: cluster.endpoints.map((e) => ({
      address: e.address,
      port: e.port,
      weight: e.weight,
      ...(e.locality === '' ? {} : { locality: [...e.locality.split('/'), '', ''].slice(0, 3).join('/') }),
    })),
    ...limit('connectTimeoutMs', cluster.connectTimeoutMs),
    ...limit('maxConnections', cluster.maxConnections),
    ...limit('maxPendingRequests', cluster.maxPendingRequests),
    ...limit('maxRequests', cluster.maxRequests),
    ...limit('maxRetries', cluster.maxRetries),
    ...outlierOf(cluster),
    ...(cluster.tls.tls === '' ? {} : { tls: cluster.tls.tls }),
    ...(cluster.tls.sni === '' ? {} : { sni: cluster.tls.sni }),
    ...(rule === undefined ? {} : { config: `destination-rule ${rule.namespace}/${rule.name}` }),
  };
});

/** A proxy's clusters as `answer` writes them, sorted by name. */
export function clusterSummaries(clusters: readonly Cluster[]): readonly ClusterSummary[] {
  return clusters.map((cluster) => summary(cluster)).sort((a, b) => compareText(a.name, b.name));
}
