import type { Resource } from '../../istio/types.ts';
import { NOTHING_ASSUMED } from './assumed.ts';
import type { Assumptions } from './assumed.ts';
import { buildDestinationRules } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { buildGateways } from './gateway.ts';
import type { Gateway, Sidecar, VirtualService } from './model.ts';
import { buildMutualTls } from './peer-authentication.ts';
import type { MutualTls } from './peer-authentication.ts';
import { buildRegistry } from './registry.ts';
import type { Registry } from './registry.ts';
import { buildSidecars } from './sidecar.ts';
import { buildVirtualServices } from './virtual-services.ts';

/** All that istiod derives from the resources before it looks at a proxy (istiod: `PushContext`). */
export interface Push {
  readonly registry: Registry;
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: DestinationRules;
  readonly gateways: readonly Gateway[];
  readonly sidecars: readonly Sidecar[];
  readonly mutualTls: MutualTls;
  readonly outboundMode: string;
}

/** Of objects of one kind, namespace and name the last one counts, whatever API version it was written in. */
function latest(resources: readonly Resource[]): readonly Resource[] {
  const last = new Map<string, Resource>();
  for (const resource of resources)
    last.set(`${resource.group}/${resource.kind}/${resource.namespace}/${resource.name}`, resource);
  return last.size === resources.length
    ? resources
    : resources.filter((r) => last.get(`${r.group}/${r.kind}/${r.namespace}/${r.name}`) === r);
}

/** Derives everything that is common to all proxies. */
export function buildPush(
  given: readonly Resource[],
  outboundMode: string,
  assumed: Assumptions = NOTHING_ASSUMED,
): Push {
  const resources = latest(given);
  return {
    registry: buildRegistry(resources, assumed),
    virtualServices: buildVirtualServices(resources),
    destinationRules: buildDestinationRules(resources),
    gateways: buildGateways(resources),
    sidecars: buildSidecars(resources),
    mutualTls: buildMutualTls(resources),
    outboundMode,
  };
}
