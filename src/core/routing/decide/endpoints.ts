import type { Cluster } from '../compile/clusters.ts';
import type { Endpoint } from '../compile/model.ts';
import type { EndpointShare } from '../types.ts';

/** Shares among endpoints: by their weights, but RANDOM minds none. */
function among(endpoints: readonly Endpoint[], lb: string, whole: number): readonly EndpointShare[] {
  const weightOf = (endpoint: Endpoint): number => (lb === 'RANDOM' ? 1 : endpoint.weight);
  const total = endpoints.reduce((sum, endpoint) => sum + weightOf(endpoint), 0);
  return endpoints.map((endpoint) => {
    const { address, port, locality } = endpoint;
    return { address, port, locality, share: (whole * weightOf(endpoint)) / total };
  });
}

/**
 * The endpoints that Envoy sends to while all are healthy, with their shares in the long run: those of priority 0 only; where localities
 * have weights, a locality first. With a hash the shares are those of many keys.
 */
export function endpointShares({ endpoints, localities, lb }: Cluster): readonly EndpointShare[] {
  if (localities === undefined) return among(endpoints, lb, 1);
  const first = localities.groups.filter(({ priority }) => priority === 0);
  if (!localities.weighted)
    return among(
      first.flatMap((group) => group.endpoints),
      lb,
      1,
    );
  const total = first.reduce((sum, { weight }) => sum + weight, 0);
  return first.flatMap((group) => among(group.endpoints, lb, group.weight / total));
}
