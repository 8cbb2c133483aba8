import type { RouteDestination, VirtualService } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { KialiFinding, KialiWorld, Say } from './types.ts';

const LISTS = ['http', 'tcp', 'tls'] as const;

function lonely(resource: VirtualService, at: YamlPath, route: readonly RouteDestination[], say: Say): void {
  const weight = route[0]?.weight ?? 0;
  if (route.length !== 1 || weight <= 0 || weight >= 100) return;
  say({
    code: 'KIA1104',
    severity: 'warning',
    resource,
    path: [...at, 0, 'weight'],
    message: `The only destination gets all requests, not ${weight} %.`,
    remedy: 'Delete the weight, or add the destination that the rest is for.',
  });
}

function doubled(resource: VirtualService, at: YamlPath, route: readonly RouteDestination[], say: Say): void {
  const seen = new Set<string>();
  for (const [place, { destination }] of route.entries()) {
    const name = JSON.stringify([destination?.host, destination?.subset]);
    if (seen.has(name) && destination?.host !== undefined)
      say({
        code: 'KIA1105',
        severity: 'warning',
        resource,
        path: [...at, place, 'destination', 'host'],
        message: `${destination.host}${destination.subset === undefined ? '' : `, subset ${destination.subset},`} is a destination of this route already.`,
        remedy: 'Join the two, and add up their weights.',
      });
    seen.add(name);
  }
}

/** KIA1104: a weight on a destination that is the only one. KIA1105: one destination twice in a route. */
export function weights(world: KialiWorld, say: Say): void {
  for (const resource of world.virtualServices) {
    let findings = kept.get(resource);
    if (findings === undefined) kept.set(resource, (findings = weightsOf(resource)));
    for (const finding of findings) say(finding);
  }
}

const kept = new WeakMap<VirtualService, readonly KialiFinding[]>();

function weightsOf(resource: VirtualService): readonly KialiFinding[] {
  const found: KialiFinding[] = [];
  const say: Say = (finding) => void found.push(finding);
  for (const key of LISTS) {
    for (const [index, { route = [] }] of (resource.spec[key] ?? []).entries()) {
      lonely(resource, ['spec', key, index, 'route'], route, say);
      doubled(resource, ['spec', key, index, 'route'], route, say);
    }
  }
  return found;
}
