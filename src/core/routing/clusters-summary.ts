import type { Cluster } from './compile/clusters.ts';
import { keepPer } from '../base/keep.ts';
import type { Endpoint } from './compile/model.ts';
import { compareText } from './compile/order.ts';
import { splitLocality } from './compile/topology.ts';
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

/** A locality as recordings have it: none without a region. */
function localityOf(text: string): { readonly locality?: string } {
  const { region, zone, subzone } = splitLocality(text);
  return region === '' ? {} : { locality: `${region}/${zone}/${subzone}` };
}

function endpointOf(
  { address, port, weight, locality }: Endpoint,
  priority: number,
): ClusterSummary['endpoints'][number] {
  return { address, port, weight, ...localityOf(locality), ...limit('priority', priority) };
}

function placesOf({ endpoints, localities }: Cluster): Pick<ClusterSummary, 'endpoints' | 'localityWeights'> {
  if (localities === undefined) return { endpoints: endpoints.map((endpoint) => endpointOf(endpoint, 0)) };
  const { groups, weighted } = localities;
  const weights = groups
    .map(({ locality, priority, weight }) => ({ ...localityOf(locality), ...limit('priority', priority), weight }))
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || compareText(a.locality ?? '', b.locality ?? ''));
  return {
    endpoints: groups.flatMap((group) => group.endpoints.map((endpoint) => endpointOf(endpoint, group.priority))),
    ...(weighted && weights.length > 0 ? { localityWeights: weights } : {}),
  };
}

const summary = keepPer((cluster: Cluster): ClusterSummary => {
  const { rule } = cluster;
  return {
    name: cluster.name,
    type: cluster.type,
    lb: cluster.lb,
    ...placesOf(cluster),
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
