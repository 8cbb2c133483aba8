import { MESH_GATEWAY, resolveGateway } from '../../istio/index.ts';
import type { VirtualService } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { KialiWorld, Say } from './types.ts';

type Places = readonly (readonly [name: string, path: YamlPath, own: boolean])[];
const kept = new WeakMap<VirtualService['spec'], Places>();

function places({ spec }: VirtualService): Places {
  let found = kept.get(spec);
  if (found === undefined) kept.set(spec, (found = findPlaces(spec)));
  return found;
}

function findPlaces(spec: VirtualService['spec']): Places {
  return [
    ...(spec.gateways ?? []).map((name, index) => [name, ['spec', 'gateways', index], true] as const),
    ...(spec.http ?? []).flatMap(({ match = [] }, rule) =>
      match.flatMap(({ gateways = [] }, at) =>
        gateways.map((name, index) => [name, ['spec', 'http', rule, 'match', at, 'gateways', index], false] as const),
      ),
    ),
  ];
}

/** KIA1102: gateways that are not there, in `gateways` (as istioctl says too) and in matches. */
export function missingGateways(world: KialiWorld, say: Say): void {
  const known = new Set(world.gateways.map(({ namespace, name }) => `${namespace}/${name}`));
  for (const resource of world.virtualServices) {
    let told = false;
    for (const [name, path, own] of places(resource)) {
      const full = resolveGateway(name, resource.namespace);
      // Of matches Kiali looks no further than the first one that fails.
      if (name === '' || name === MESH_GATEWAY || known.has(full) || (told && !own)) continue;
      told ||= !own;
      say({
        code: 'KIA1102',
        severity: 'error',
        resource,
        path,
        message: `The gateway "${name}" is not there.`,
        remedy: 'Declare it, or write namespace/name of one that there is.',
        ...(own ? { same: 'IST0101', joins: true } : {}),
      });
    }
  }
}
