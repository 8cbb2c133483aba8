import type { KialiWorld, Say } from './types.ts';

const ALWAYS = ['default', 'istio-system', 'kube-system'];

/** KIA0005: namespaces under exportTo that are not there. Judged only where the documents declare namespaces. */
export function exportTo(world: KialiWorld, say: Say): void {
  const declared = world.mesh.byKind.get('Namespace') ?? [];
  const known = new Set([
    ...ALWAYS,
    ...declared.map(({ name }) => name),
    ...world.mesh.resources.map(({ namespace }) => namespace),
  ]);
  const judges = declared.length > 0 || world.complete;
  for (const resource of [...world.virtualServices, ...world.destinationRules, ...world.serviceEntries]) {
    for (const [index, to] of (resource.spec.exportTo ?? []).entries()) {
      if (to === '.' || to === '*' || (to !== '~' && (!judges || known.has(to)))) continue;
      say({
        code: 'KIA0005',
        severity: 'error',
        resource,
        path: ['spec', 'exportTo', index],
        message: to === '~' ? '~ is no namespace: nobody sees this object.' : `There is no namespace ${to}.`,
        remedy: to === '~' ? 'Write . for the own namespace.' : 'Correct the name, or write . or *.',
      });
    }
  }
}
