import { grouped, put } from '../../base/lists.ts';
import { MESH_GATEWAY, resolveGateway, resolveHost } from '../../istio/index.ts';
import type { VirtualService } from '../../istio/index.ts';
import { pairsOf } from './pairs.ts';
import { wildcardsOver } from './suffixes.ts';
import type { KialiWorld, Say } from './types.ts';

interface Claim {
  readonly vs: VirtualService;
  readonly index: number;
  readonly host: string;
}

/** The first claim of another VirtualService on a host, or on a wildcard around it. */
function otherClaim(
  claim: Claim,
  byHost: ReadonlyMap<string, readonly Claim[]>,
  hasWildcards: boolean,
): Claim | undefined {
  for (const host of hasWildcards ? [claim.host, ...wildcardsOver(claim.host)] : [claim.host]) {
    const found = byHost.get(host)?.find(({ vs }) => vs !== claim.vs);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Claims = readonly (readonly [gateway: string, claim: Claim])[];
const kept = new WeakMap<VirtualService, Claims>();

/** The hosts of a VirtualService on each of its gateways; kept with it. */
function claimsOf(vs: VirtualService): Claims {
  let claims = kept.get(vs);
  if (claims === undefined) {
    const names = vs.spec.gateways?.length ? vs.spec.gateways : [MESH_GATEWAY];
    const gateways = [...new Set(names.map((name) => resolveGateway(name, vs.namespace)))];
    claims = gateways.flatMap((gateway) =>
      (vs.spec.hosts ?? []).map((written, index) => {
        const claim = { vs, index, host: resolveHost(written, vs.namespace).toLowerCase() };
        return [gateway, claim] as const;
      }),
    );
    kept.set(vs, claims);
  }
  return claims;
}

/** KIA1106: VirtualServices with one host on one gateway; inside the mesh only along with istioctl, which minds exportTo. */
export function sameHost(world: KialiWorld, say: Say): void {
  const byGateway = new Map<string, Claim[]>();
  for (const vs of world.virtualServices) for (const [gateway, claim] of claimsOf(vs)) put(byGateway, gateway, claim);
  for (const [gateway, claims] of byGateway) {
    const byHost = grouped(claims, ({ host }) => host);
    const hasWildcards = claims.some(({ host }) => host.startsWith('*'));
    const pairs = pairsOf(claims, (claim) => otherClaim(claim, byHost, hasWildcards));
    for (const [{ vs, index, host }, other] of pairs)
      say({
        code: 'KIA1106',
        severity: 'warning',
        resource: vs,
        path: ['spec', 'hosts', index],
        message: `${other.vs.id} has ${other.host === host ? 'this host' : other.host} on ${gateway} too: their rules are joined, the older first.`,
        remedy: 'Put the rules into one VirtualService, where their order can be seen.',
        same: 'IST0109',
        ...(gateway === MESH_GATEWAY ? { joins: true } : {}),
      });
  }
}
