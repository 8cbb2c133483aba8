import { resolveHost } from '../../istio/index.ts';
import type { KialiWorld, Say } from './types.ts';

/** KIA0209: subsets without labels, which take all pods of the service. */
export function subsetLabels(world: KialiWorld, say: Say): void {
  for (const rule of world.destinationRules) {
    const subsets = rule.spec.subsets ?? [];
    for (const [index, { name, labels }] of subsets.entries()) {
      if (Object.keys(labels ?? {}).length > 0) continue;
      const service = world.mesh.services.get(resolveHost(rule.spec.host ?? '', rule.namespace));
      const other = service?.subsets.some(
        (one) => one.name !== name && Object.keys(one.labels).length > 0 && one.workloads.length > 0,
      );
      say({
        code: 'KIA0209',
        severity: other === true ? 'info' : 'warning',
        resource: rule,
        path: ['spec', 'subsets', index],
        message: `Subset ${name ?? ''} has no labels: it takes all pods of the service.`,
        remedy: 'Add the labels of its pods.',
      });
    }
  }
}
