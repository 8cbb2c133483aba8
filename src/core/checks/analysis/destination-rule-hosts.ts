import { isDestinationRule, selects } from '../../istio/index.ts';
import type { DestinationRuleSpec } from '../../istio/index.ts';
import type { Json } from '../../yaml/types.ts';
import { findService, isJudged, serviceTable } from './hosts.ts';
import type { KnownService } from './hosts.ts';
import type { Analyzer, Entry, World } from './types.ts';

type Labels = Readonly<Record<string, string>>;

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A pod's labels with its node's name, region, zone and subzone. Source: label.AugmentLabels. */
function podLabels(world: World, { resource }: Entry): Labels {
  const spec = resource.value['spec'];
  const node = isMap(spec) ? spec['nodeName'] : undefined;
  if (typeof node !== 'string' || node === '') return resource.labels;
  const of = world.find('Node', node)?.resource.labels ?? {};
  const region = of['topology.kubernetes.io/region'] ?? '';
  const zone = of['topology.kubernetes.io/zone'] ?? '';
  const subzone = of['topology.istio.io/subzone'] ?? '';
  // Without a region there is no zone, without a zone no subzone.
  const known = region === '' ? [] : zone === '' ? [region] : [region, zone, subzone];
  const names = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
  const extra = known.flatMap((value, index) => (value === '' ? [] : [[names[index] ?? '', value] as const]));
  return { ...resource.labels, ...Object.fromEntries(extra), 'kubernetes.io/hostname': node };
}

interface Ruled {
  readonly entry: Entry;
  readonly spec: DestinationRuleSpec;
  readonly service: KnownService | undefined;
}

function rulesOf(world: World): readonly Ruled[] {
  const table = serviceTable(world);
  return world.of('DestinationRule').flatMap((entry) => {
    if (!isDestinationRule(entry.resource)) return [];
    const { spec } = entry.resource;
    return [{ entry, spec, service: findService(table, entry.namespace, spec.exportTo, spec.host ?? '') }];
  });
}

/** DestinationRules for a host that is not there. Source: destinationrule.PodNotSelectedAnalyzer, its first half. */
export const destinationRuleHosts: Analyzer = {
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  reads: ['DestinationRule', 'Service', 'ServiceEntry'],
  needs: ['Service|ServiceEntry'],
  analyze: (world, say) => {
    for (const { entry, spec, service } of rulesOf(world)) {
      if (service !== undefined || !isJudged(world, entry.namespace, spec.host ?? '')) continue;
      const message = `The host "${spec.host ?? ''}" is no service that there is.`;
      say({
        code: 'IST0174',
        entry,
        path: ['spec', 'host'],
        message,
        remedy: 'Check the name, or declare the service.',
      });
    }
  },
};

/** Subsets without pods. Source: destinationrule.PodNotSelectedAnalyzer, its second half. */
export const subsetPods: Analyzer = {
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  reads: ['DestinationRule', 'Pod', 'Service', 'ServiceEntry', 'Node'],
  needs: ['Service|ServiceEntry', 'Pod'],
  analyze: (world, say) => {
    const pods = world.of('Pod').map((pod) => podLabels(world, pod));
    for (const { entry, spec, service } of rulesOf(world)) {
      if (service === undefined) continue;
      // Of two subsets with one name the last one counts.
      const byName = new Map((spec.subsets ?? []).map((subset, index) => [subset.name ?? '', { subset, index }]));
      for (const [name, { subset, index }] of byName) {
        const selector = { ...service.selector, ...subset.labels };
        if (pods.some((labels) => selects(selector, labels))) continue;
        say({
          code: 'IST0173',
          entry,
          path: ['spec', 'subsets', index],
          message: `No pod has the labels of the subset "${name}": requests for it end in 503.`,
          remedy: 'Change the labels of the subset, or of the pods.',
        });
      }
    }
  },
};
