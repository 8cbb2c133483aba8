import { MESH_GATEWAY, resolveGateway, resolveHost } from '../../istio/index.ts';
import type { VirtualService } from '../../istio/index.ts';
import { put, wildcardsOver } from './suffixes.ts';
import type { KialiWorld, Say } from './types.ts';

interface Claim {
  readonly vs: VirtualService;
  readonly index: number;
  readonly host: string;
}

/** The first claim of another VirtualService on a host, or on a wildcard around it. */
function otherClaim(claim: Claim, byHost: ReadonlyMap<string, readonly Claim[]>): Claim | undefined {
  for (const host of [claim.host, ...wildcardsOver(claim.host)]) {
    const found = byHost.get(host)?.find(({ vs }) => vs !== claim.vs);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** KIA1106: VirtualServices with one host on one gateway; inside the mesh only along with istioctl, which minds exportTo. */
export function sameHost(world: KialiWorld, say: Say): void {
  const byGateway = new Map<string, Claim[]>();
  for (const vs of world.virtualServices) {
    const names = vs.spec.gateways?.length ? vs.spec.gateways : [MESH_GATEWAY];
    for (const gateway of new Set(names.map((name) => resolveGateway(name, vs.namespace))))
      for (const [index, written] of (vs.spec.hosts ?? []).entries())
        put(byGateway, gateway, { vs, index, host: resolveHost(written, vs.namespace).toLowerCase() });
  }
  for (const [gateway, claims] of byGateway) {
    const byHost = new Map<string, Claim[]>();
    for (const claim of claims) put(byHost, claim.host, claim);
    const pairs = new Map<Claim, Claim>();
    for (const claim of claims) {
      const other = otherClaim(claim, byHost);
      if (other === undefined) continue;
      pairs.set(claim, other);
      if (!pairs.has(other)) pairs.set(other, claim);
    }
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
