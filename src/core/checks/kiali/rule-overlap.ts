import { put } from '../../base/lists.ts';
import { isVisible, resolveHost } from '../../istio/index.ts';
import type { DestinationRule } from '../../istio/index.ts';
import { wildcardsOver } from './suffixes.ts';
import type { KialiWorld, Say } from './types.ts';

/** Rules for a whole namespace or the mesh that only turn mutual TLS on are meant to overlap. */
function isMeshTls(rule: DestinationRule, host: string): boolean {
  return host.startsWith('*') && host.endsWith('.local') && rule.spec.trafficPolicy?.tls?.mode === 'ISTIO_MUTUAL';
}

function sharesSubset(a: DestinationRule, b: DestinationRule): boolean {
  const [first, second] = [a.spec.subsets ?? [], b.spec.subsets ?? []];
  if (first.length === 0 || second.length === 0) return true;
  const names = new Set(first.map(({ name }) => name));
  return second.some(({ name }) => names.has(name));
}

const seesOther = (a: DestinationRule, b: DestinationRule): boolean =>
  isVisible(a.spec.exportTo, a.namespace, b.namespace) && isVisible(b.spec.exportTo, b.namespace, a.namespace);

/** More rules of one host are not compared pair by pair. */
const MOST = 50;

/** KIA0201: DestinationRules whose hosts are equal or lie within each other, and that share a subset (or one has none). */
export function ruleOverlap(world: KialiWorld, say: Say): void {
  const byHost = new Map<string, DestinationRule[]>();
  for (const rule of world.destinationRules) {
    const host = resolveHost(rule.spec.host ?? '', rule.namespace).toLowerCase();
    if (host !== '' && !isMeshTls(rule, host)) put(byHost, host, rule);
  }
  const hasWildcards = [...byHost.keys()].some((host) => host.startsWith('*'));
  for (const [host, rules] of byHost) {
    if (rules.length < 2 && !hasWildcards) continue;
    const wider = [...wildcardsOver(host), '*'].flatMap((wild) => (wild === host ? [] : (byHost.get(wild) ?? [])));
    const near = [...rules, ...wider].slice(0, MOST);
    for (const rule of rules) {
      const [other] = near.filter((one) => one !== rule && seesOther(one, rule) && sharesSubset(one, rule));
      if (other === undefined) continue;
      for (const [one, two] of wider.includes(other)
        ? [[rule, other] as const, [other, rule] as const]
        : [[rule, other] as const])
        say({
          code: 'KIA0201',
          severity: 'warning',
          resource: one,
          path: ['spec', 'host'],
          message: `${two.id} is for the same host (${two.spec.host ?? ''}) and has subsets of the same name, or one of the two has none.`,
          remedy: 'Put both into one rule, or give them different hosts or subsets.',
        });
    }
  }
}
