import { destinationCluster } from './http-route.ts';
import type { Reach } from './sidecar-scope.ts';

/** Where HTTP and plain connections go that nobody knows: an egress proxy, the address that was dialled, or nowhere. */
export function unknownCluster(scope: Reach): string {
  if (scope.outboundMode === 'REGISTRY_ONLY') return 'BlackHoleCluster';
  const proxy = scope.outboundMode === 'ALLOW_ANY' ? scope.sidecar?.egressProxy : undefined;
  return proxy === undefined ? 'PassthroughCluster' : destinationCluster(proxy, undefined, 0);
}
