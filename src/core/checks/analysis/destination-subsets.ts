import { isDestinationRule, isVirtualService } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import { allDestinations } from './destinations.ts';
import { hostName } from './hosts.ts';
import { sayKept } from './kept.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const declared = new WeakMap<Entry, readonly string[]>();

function subsetsOf(rule: Entry): readonly string[] {
  let names = declared.get(rule);
  if (names === undefined) {
    const { resource, namespace } = rule;
    const spec = isDestinationRule(resource) ? resource.spec : {};
    const host = hostName(namespace, spec.host ?? '');
    names = (spec.subsets ?? []).map((subset) => `${host} ${subset.name ?? ''}`);
    declared.set(rule, names);
  }
  return names;
}

let last: { readonly rules: readonly Entry[]; readonly known: ReadonlySet<string> } | undefined;

/** `namespace/host subset` of each subset that there is; the same set while the DestinationRules are the same. */
function knownSubsets(world: World): ReadonlySet<string> {
  const rules = world.of('DestinationRule');
  if (last?.rules !== rules) {
    const all = new Set<string>();
    for (const rule of rules) for (const name of subsetsOf(rule)) all.add(name);
    last = { rules, known: all };
  }
  return last.known;
}

const named = new WeakMap<Entry, readonly string[]>();

/** `namespace/host subset` of each destination of a VirtualService, '' where it names no subset; kept with the entry. */
function namedSubsets(entry: Entry, spec: VirtualServiceSpec): readonly string[] {
  let names = named.get(entry);
  if (names === undefined) {
    names = allDestinations(spec).map(({ destination: { host = '', subset = '' } }) =>
      subset === '' ? '' : `${hostName(entry.namespace, host)} ${subset}`,
    );
    named.set(entry, names);
  }
  return names;
}

function checkSubsets(entry: Entry, spec: VirtualServiceSpec, missing: readonly boolean[], say: Say): void {
  for (const [at, { destination, mirror, path, linePath }] of allDestinations(spec).entries()) {
    if (missing[at] !== true) continue;
    const { host = '', subset = '' } = destination;
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
      const missing = namedSubsets(entry, spec).map((name) => name !== '' && !known.has(name));
      sayKept(judged, entry, missing, (each) => checkSubsets(entry, spec, missing, each))(say);
    }
  },
};
