import { isDestinationRule, isVirtualService } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import { mirrorDestinations, routeDestinations } from './destinations.ts';
import { hostName } from './hosts.ts';
import { sayKept } from './kept.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

let last: { readonly rules: readonly Entry[]; readonly known: ReadonlySet<string> } | undefined;

/** `namespace/host subset` of each subset that there is; the same set while the DestinationRules are the same. */
function knownSubsets(world: World): ReadonlySet<string> {
  const rules = world.of('DestinationRule');
  if (last?.rules !== rules) {
    const names = rules.flatMap(({ resource, namespace }) => {
      if (!isDestinationRule(resource)) return [];
      const host = hostName(namespace, resource.spec.host ?? '');
      return (resource.spec.subsets ?? []).map((subset) => `${host} ${subset.name ?? ''}`);
    });
    last = { rules, known: new Set(names) };
  }
  return last.known;
}

function checkSubsets(entry: Entry, spec: VirtualServiceSpec, known: ReadonlySet<string>, say: Say): void {
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

const judged: Parameters<typeof sayKept>[0] = new WeakMap();

/** Subsets that no DestinationRule declares for that very host. Source: virtualservice.DestinationRuleAnalyzer. */
export const destinationSubsets: Analyzer = {
  name: 'virtualservice.DestinationRuleAnalyzer',
  reads: ['VirtualService', 'DestinationRule'],
  needs: [],
  analyze: (world, say) => {
    const known = knownSubsets(world);
    for (const entry of world.of('VirtualService')) {
      if (!isVirtualService(entry.resource)) continue;
      const { spec } = entry.resource;
      sayKept(judged, entry, [known], (each) => checkSubsets(entry, spec, known, each))(say);
    }
  },
};
