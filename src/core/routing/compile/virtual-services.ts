import type { Resource } from '../../istio/types.ts';
import { withDelegates } from './delegate.ts';
import type { VirtualService } from './model.ts';
import { compareAge } from './order.ts';
import { perResource } from './per-resource.ts';
import { readVirtualService } from './virtual-service.ts';

const readOnce = perResource(readVirtualService);

/** All VirtualServices with hosts, oldest first, their delegates put in. */
export function buildVirtualServices(resources: readonly Resource[]): readonly VirtualService[] {
  return [...withDelegates(resources.filter((r) => r.kind === 'VirtualService').map(readOnce))].sort(compareAge);
}

const byGateway = new WeakMap<readonly VirtualService[], ReadonlyMap<string, readonly VirtualService[]>>();

/** VirtualServices by each gateway that they name; one that names a gateway twice is there twice. */
function indexOf(all: readonly VirtualService[]): ReadonlyMap<string, readonly VirtualService[]> {
  const found = byGateway.get(all);
  if (found !== undefined) return found;
  const made = new Map<string, VirtualService[]>();
  for (const vs of all) {
    for (const gateway of vs.gateways) {
      const list = made.get(gateway);
      if (list === undefined) made.set(gateway, [vs]);
      else list.push(vs);
    }
  }
  byGateway.set(all, made);
  return made;
}

/**
 * VirtualServices bound to a gateway (or to `mesh`) that a proxy of `namespace` sees, in the order that istiod takes them: those
 * private to the namespace, those exported to it by name, the public ones; the oldest first in each.
 */
export function virtualServicesFor(
  all: readonly VirtualService[],
  namespace: string,
  gateway: string,
): readonly VirtualService[] {
  const own: VirtualService[] = [];
  const exported: VirtualService[] = [];
  const open: VirtualService[] = [];
  for (const vs of indexOf(all).get(gateway) ?? []) {
    if (vs.exportTo.includes('*')) open.push(vs);
    else if (!vs.exportTo.includes('~') && vs.exportTo.includes(namespace))
      (vs.namespace === namespace ? own : exported).push(vs);
  }
  return [...own, ...exported, ...open];
}
