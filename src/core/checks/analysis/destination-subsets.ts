import { isDestinationRule, isVirtualService } from '../../istio/index.ts';
import { mirrorDestinations, routeDestinations } from './destinations.ts';
import { hostName } from './hosts.ts';
import type { Analyzer } from './types.ts';

/** Subsets that no DestinationRule declares for that very host. Source: virtualservice.DestinationRuleAnalyzer. */
export const destinationSubsets: Analyzer = {
  name: 'virtualservice.DestinationRuleAnalyzer',
  reads: ['VirtualService', 'DestinationRule'],
  needs: [],
  analyze: (world, say) => {
    const known = new Set<string>();
    for (const { resource, namespace } of world.of('DestinationRule')) {
      if (!isDestinationRule(resource)) continue;
      const host = hostName(namespace, resource.spec.host ?? '');
      for (const subset of resource.spec.subsets ?? []) known.add(`${host} ${subset.name ?? ''}`);
    }
    for (const entry of world.of('VirtualService')) {
      if (!isVirtualService(entry.resource)) continue;
      const { spec } = entry.resource;
      for (const { destination, mirror, path, linePath } of [...routeDestinations(spec), ...mirrorDestinations(spec)]) {
        const { host = '', subset = '' } = destination;
        if (subset === '' || known.has(`${hostName(entry.namespace, host)} ${subset}`)) continue;
        say({
          code: 'IST0101',
          entry,
          path: [...path.slice(0, -1), 'subset'],
          linePath,
          message: `No DestinationRule declares the subset "${subset}" of "${host}"${mirror ? ', a mirror' : ''}.`,
          remedy: 'Add the subset to the DestinationRule of that host, or choose another.',
        });
      }
    }
  },
};
