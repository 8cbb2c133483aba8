import type { TcpAction } from './envoy.ts';
import { destinationCluster } from './http-route.ts';
import type { L4Match, L4Rule, Labels, VirtualServiceHead } from './model.ts';
import { labelsFit } from './read.ts';
import type { Reach } from './sidecar-scope.ts';

/** Where a tls or tcp rule sends connections: its only destination whatever its weight, else those with one. */
export function l4Action(vs: VirtualServiceHead, rule: L4Rule, scope: Reach, port: number): TcpAction {
  const single = rule.route.length === 1;
  const clusters = rule.route
    .filter((item) => single || item.weight > 0)
    .map((item) => ({
      cluster: destinationCluster(item.destination, scope.services.get(item.destination.host), port),
      weight: single ? 100 : item.weight,
      destination: item.index,
    }));
  return { clusters, rule: rule.ref, config: `virtual-service ${vs.namespace}/${vs.name}` };
}

/** A connection to one cluster that no rule asked for. */
export function plainAction(cluster: string): TcpAction {
  return { clusters: [{ cluster, weight: 100, destination: -1 }], rule: undefined, config: '' };
}

/** True where all of an entry's conditions fit a sidecar (istiod: `matchTLS`, `matchTCP`). */
export function l4Fits(match: L4Match, labels: Labels, namespace: string, port: number): boolean {
  return (
    (match.gateways.length === 0 || match.gateways.includes('mesh')) &&
    labelsFit(match.sourceLabels, labels) &&
    (match.port === 0 || match.port === port) &&
    (match.sourceNamespace === '' || match.sourceNamespace === namespace)
  );
}
