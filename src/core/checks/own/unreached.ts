import { ruleName } from '../../routing/index.ts';
import type { Request } from '../../routing/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { covers } from './covers.ts';
import { keyOf, siteEntries } from './entries.ts';
import type { SiteEntry } from './entries.ts';
import { tries } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

/** What became of an entry on one virtual host. */
type Fate =
  | { readonly kind: 'reached' | 'unsure' }
  | { readonly kind: 'eaten'; readonly by: SiteEntry; readonly request: Request };

/** All fates of an entry that is nowhere reached. */
interface Lost {
  readonly entry: SiteEntry;
  readonly by: SiteEntry;
  readonly request: Request;
  readonly site: Site;
}

const MOST_BEFORE = 500;

/** Whether an entry is there for every caller for whom the other one is. */
function isThereToo(earlier: SiteEntry, later: SiteEntry, site: Site): boolean {
  const [a, b] = [earlier.match, later.match];
  if (a === undefined) return true;
  if (a.sourceNamespace !== '' && a.sourceNamespace !== b?.sourceNamespace) return false;
  if (site.caller.proxy.type === 'gateway') return true;
  return (
    (a.port === 0 || a.port === b?.port) &&
    (a.gateways.length > 0 || Object.entries(a.sourceLabels).every(([key, value]) => b?.sourceLabels[key] === value))
  );
}

const takesAllOf = (earlier: SiteEntry, later: SiteEntry, site: Site): boolean =>
  earlier !== later && isThereToo(earlier, later, site) && covers(earlier.conditions, later.conditions);

function fateOf(entry: SiteEntry, site: Site, all: readonly SiteEntry[], byKey: ReadonlyMap<string, SiteEntry>): Fate {
  // Nearly every rule is reached by the first request that comes to mind.
  if (entry.route !== undefined && tries(site, entry.conditions, 1)[0]?.taker === entry.route)
    return { kind: 'reached' };
  const tried = tries(site, entry.conditions);
  if (entry.route !== undefined && tried.some(({ taker }) => taker === entry.route)) return { kind: 'reached' };
  const [first] = tried;
  if (first === undefined) return { kind: 'unsure' };
  const takers = tried.flatMap(({ taker }) => byKey.get(`${keyOf(taker?.rule)} ${keyOf(taker?.root)}`) ?? []);
  const at = entry.route === undefined ? -1 : site.host.routes.indexOf(entry.route);
  const before = all.filter(({ route }) => route !== undefined && (at < 0 || site.host.routes.indexOf(route) < at));
  const candidates =
    entry.stop !== undefined ? [...takers, entry.stop] : [...takers, ...(all.length <= MOST_BEFORE ? before : [])];
  for (const by of candidates) {
    if (!takesAllOf(by, entry, site)) continue;
    // What stands in front in the text may stand behind in Envoy's order.
    if (entry.stop === undefined && (by.route === undefined || site.host.routes.indexOf(by.route) >= at)) continue;
    if (entry.stop !== undefined && by !== entry.stop && by.rule.ref.resource !== entry.rule.ref.resource) continue;
    const shown = tried.find(({ taker }) => taker !== undefined && taker === by.route) ?? first;
    return { kind: 'eaten', by, request: shown.request };
  }
  return { kind: 'unsure' };
}

/** Entries that exist somewhere, are eaten wherever they exist, and by whom. */
export function lostEntries(view: View): ReadonlyMap<string, Lost> {
  const lost = new Map<string, Lost>();
  const alive = new Set<string>();
  for (const site of view.sites) {
    if (site.host.requireTls && !site.tls) continue;
    const all = siteEntries(site);
    const byKey = new Map(all.map((entry) => [`${keyOf(entry.ref)} ${keyOf(entry.rule.root)}`, entry]));
    for (const entry of all) {
      const key = keyOf(entry.ref);
      if (alive.has(key)) continue;
      const fate = fateOf(entry, site, all, byKey);
      if (fate.kind !== 'eaten') {
        alive.add(key);
        lost.delete(key);
      } else if (!lost.has(key)) lost.set(key, { entry, by: fate.by, request: fate.request, site });
    }
  }
  return lost;
}

function nameOf({ ref, rule }: SiteEntry, from: SiteEntry): string {
  const name = ruleName(ref, rule.name);
  const short = ref.resource === from.ref.resource ? name.slice(0, name.lastIndexOf(' of ')) : name;
  return rule.match.length > 1 && ref.match !== undefined ? `match ${ref.match + 1} of ${short}` : short;
}

/** Rules and matches that no request reaches, whatever header, method, expression or resource the one in front goes by. */
export function unreached(view: View, say: Say, lost: ReadonlyMap<string, Lost>): void {
  const whole = new Set<string>();
  for (const { entry, by, request, site } of lost.values()) {
    const { ref, rule } = entry;
    const rulePath: YamlPath = ref.path;
    // Of a delegate's rule without a match the matches stand at its root.
    const own = entry.match === undefined || entry.match.owner.resource === ref.resource;
    const all =
      rule.match.length > 0 && rule.match.every((match) => lost.has(keyOf({ ...rule.ref, match: match.index })));
    const isWhole = rule.match.length === 0 || all || !own;
    if (isWhole && whole.has(keyOf(rule.ref))) continue;
    if (isWhole) whole.add(keyOf(rule.ref));
    const path = isWhole ? rulePath : [...rulePath, 'match', ref.match ?? 0];
    if (view.said(ref.resource, path, /^V-VS-20[0-4]$/)) continue;
    if (isWhole && rule.match.some((match) => view.said(ref.resource, [...rulePath, 'match', match.index], /^V-VS-20/)))
      continue;
    const what = isWhole ? 'This rule is' : 'This match is';
    const other = by.ref.resource !== ref.resource;
    say({
      code: 'MW-RULE-UNREACHED',
      resource: ref.resource,
      path,
      message: `${what} never reached: ${nameOf(by, entry)} takes all of its requests.`,
      remedy: other
        ? 'The rules of the older VirtualService come first (then by name). Narrow those, or put both into one VirtualService, the narrower first.'
        : 'Move it in front, narrow the one before, or delete it.',
      proxy: site.caller.proxy,
      request,
      claim: { notRule: isWhole ? rule.ref : ref },
    });
  }
}
