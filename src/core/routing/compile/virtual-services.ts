import type { Resource } from '../../istio/types.ts';
import { withDelegates } from './delegate.ts';
import type { VirtualService } from './model.ts';
import { compareAge } from './order.ts';
import { readVirtualService } from './virtual-service.ts';

/** All VirtualServices with hosts, oldest first, their delegates put in. */
export function buildVirtualServices(resources: readonly Resource[]): readonly VirtualService[] {
  return [...withDelegates(resources.filter((r) => r.kind === 'VirtualService').map(readVirtualService))].sort(
    compareAge,
  );
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
  for (const vs of all) {
    if (!vs.gateways.includes(gateway)) continue;
    const times = vs.gateways.filter((name) => name === gateway).length;
    for (let i = 0; i < times; i++) {
      if (vs.exportTo.includes('*')) open.push(vs);
      else if (!vs.exportTo.includes('~') && vs.exportTo.includes(namespace))
        (vs.namespace === namespace ? own : exported).push(vs);
    }
  }
  return [...own, ...exported, ...open];
}
