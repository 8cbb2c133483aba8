import { grouped, put } from '../../base/lists.ts';
import type { Gateway } from '../../istio/index.ts';
import { pairsOf } from './pairs.ts';
import { wildcardsOver } from './suffixes.ts';
import type { KialiWorld, Say } from './types.ts';

interface Claim {
  readonly gateway: Gateway;
  readonly server: number;
  readonly at: number;
  readonly scope: string;
  readonly host: string;
}

const samePlace = (a: Claim, b: Claim): boolean => a.gateway === b.gateway && a.server === b.server && a.at === b.at;
const sameScope = (a: Claim, b: Claim): boolean => a.scope === b.scope || a.scope === '*' || b.scope === '*';

/** The first other claim that overlaps: `*` takes all; a wildcard takes plain hosts within; two different wildcards are never compared. */
function overlapOf(
  claim: Claim,
  byHost: ReadonlyMap<string, readonly Claim[]>,
  all: readonly Claim[],
): Claim | undefined {
  const fits = (other: Claim): boolean => !samePlace(claim, other) && sameScope(claim, other);
  if (claim.host === '*') return all.find(fits);
  const wider = claim.host.startsWith('*') ? [] : wildcardsOver(claim.host);
  for (const host of [claim.host, '*', ...wider]) {
    const found = byHost.get(host)?.find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

function claimsOf(gateway: Gateway): readonly (readonly [key: string, claim: Claim])[] {
  const selector = Object.entries(gateway.spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
  return (gateway.spec.servers ?? []).flatMap(({ port, hosts = [] }, server) =>
    hosts.map((written, at) => {
      const slash = written.indexOf('/');
      const scope = slash < 0 ? '*' : written.slice(0, slash);
      const host = written.slice(slash + 1).toLowerCase();
      const claim = { gateway, server, at, host, scope: scope === '.' ? gateway.namespace : scope };
      return [`${selector} ${port?.number ?? 0}`, claim] as const;
    }),
  );
}

/** KIA0301: hosts of Gateways with the same selector and port that overlap. */
export function gatewayOverlap(world: KialiWorld, say: Say): void {
  const shelves = new Map<string, Claim[]>();
  for (const gateway of world.gateways) for (const [key, claim] of claimsOf(gateway)) put(shelves, key, claim);
  for (const claims of shelves.values()) {
    const byHost = grouped(claims, ({ host }) => host);
    const within = pairsOf(claims, (claim) => overlapOf(claim, byHost, claims));
    for (const [{ gateway, server, at, host }, other] of within) {
      const whose = other.gateway === gateway ? `server ${other.server + 1}` : other.gateway.id;
      say({
        code: 'KIA0301',
        severity: 'warning',
        resource: gateway,
        path: ['spec', 'servers', server, 'hosts', at],
        message: `${host} overlaps with ${other.host} of ${whose}, on the same port of the same pods.`,
        remedy: 'Give each of them hosts of its own, or join them.',
        same: 'IST0145',
      });
    }
  }
}
