import { isSidecar, isVirtualService } from '../../istio/index.ts';
import { asText, rawAt } from './raw.ts';
import type { Analyzer } from './types.ts';

const REMOVED = new Set(['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding']);

/** Fields and kinds that are on their way out. Source: deprecation.FieldAnalyzer. */
export const deprecation: Analyzer = {
  name: 'deprecation.DeprecationAnalyzer',
  reads: ['VirtualService', 'Sidecar', 'CustomResourceDefinition'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('VirtualService')) {
      if (!isVirtualService(entry.resource)) continue;
      for (const [index, { fault }] of (entry.resource.spec.http ?? []).entries()) {
        if ((fault?.delay?.percent ?? 0) <= 0) continue;
        const path = ['spec', 'http', index, 'fault', 'delay', 'percent'];
        say({ code: 'IST0002', entry, path, message: 'percent is deprecated: write percentage.value.' });
      }
    }
    for (const entry of world.of('Sidecar')) {
      if (!isSidecar(entry.resource) || entry.resource.spec.outboundTrafficPolicy?.egressProxy === undefined) continue;
      const path = ['spec', 'outboundTrafficPolicy', 'egressProxy'];
      say({ code: 'IST0002', entry, path, message: 'egressProxy is ignored.' });
    }
    for (const entry of world.of('CustomResourceDefinition')) {
      const kind = asText(rawAt(entry, 'spec', 'names', 'kind'));
      if (asText(rawAt(entry, 'spec', 'group')) !== 'rbac.istio.io' || !REMOVED.has(kind)) continue;
      say({ code: 'IST0002', entry, path: ['spec', 'names', 'kind'], message: `Istio has no ${kind} any more.` });
    }
  },
};
