import { isGateway, isVirtualService, ROOT_NAMESPACE, selects } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { isJwtClaim } from '../webhook/headers.ts';
import { textsAt } from './raw.ts';
import { fullNameOf } from './world.ts';
import type { Analyzer, Entry, World } from './types.ts';

function firstClaim(spec: VirtualServiceSpec): { readonly name: string; readonly path: YamlPath } | undefined {
  for (const [index, rule] of (spec.http ?? []).entries()) {
    for (const [place, match] of (rule.match ?? []).entries()) {
      for (const key of ['headers', 'withoutHeaders'] as const) {
        const name = Object.keys(match[key] ?? {}).find(isJwtClaim);
        if (name !== undefined) return { name, path: ['spec', 'http', index, 'match', place, key, name] };
      }
    }
  }
  return undefined;
}

function isAuthenticated(world: World, pod: Entry): boolean {
  return world.of('RequestAuthentication').some((entry) => {
    if (entry.namespace !== pod.namespace && entry.namespace !== ROOT_NAMESPACE) return false;
    return selects(textsAt(entry, 'spec', 'selector', 'matchLabels'), pod.resource.labels);
  });
}

/** Routing by claims of a JWT that nothing verifies. Source: virtualservice.JWTClaimRouteAnalyzer. */
export const jwtRoutes: Analyzer = {
  name: 'virtualservice.JWTClaimRouteAnalyzer',
  reads: ['VirtualService', 'RequestAuthentication', 'Gateway', 'Pod'],
  needs: ['RequestAuthentication'],
  analyze: (world, say) => {
    for (const entry of world.of('VirtualService')) {
      if (!isVirtualService(entry.resource)) continue;
      const claim = firstClaim(entry.resource.spec);
      if (claim === undefined) continue;
      for (const name of (entry.resource.spec.gateways ?? []).filter((each) => each !== 'mesh')) {
        const gateway = world.find('Gateway', fullNameOf(entry.namespace, name));
        if (gateway === undefined || !isGateway(gateway.resource)) continue;
        const { selector } = gateway.resource.spec;
        for (const pod of world.of('Pod')) {
          if (!selects(selector, pod.resource.labels) || isAuthenticated(world, pod)) continue;
          const message = `No RequestAuthentication verifies the claim "${claim.name}" at the pod ${pod.name} of the gateway ${gateway.fullName}.`;
          say({ code: 'IST0149', entry, path: claim.path, message });
        }
      }
    }
  },
};
