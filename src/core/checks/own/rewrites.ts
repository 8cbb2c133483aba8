import type { Route } from '../../routing/compile/envoy.ts';
import type { RuleRef } from '../../routing/index.ts';
import { keyOf, siteEntries } from './entries.ts';
import { witnessOn } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

function slashFault(route: Route): 'doubled' | 'lost' | undefined {
  const { action, path } = route;
  if (action.kind !== 'forward' || action.prefixRewrite === '' || path.kind !== 'prefix' || path.value === '/')
    return undefined;
  const [before, after] = [path.value.endsWith('/'), action.prefixRewrite.endsWith('/')];
  if (before === after) return undefined;
  return after ? 'doubled' : 'lost';
}

function look(site: Site, route: Route, rule: RuleRef, say: Say): boolean {
  const fault = slashFault(route);
  if (fault === undefined || route.action.kind !== 'forward') return false;
  const witness = witnessOn(site, route);
  if (witness === undefined) return false;
  const prefix = route.path.value;
  const query = /\?.*$/.exec(witness.path ?? '')?.[0] ?? '';
  const path = fault === 'doubled' ? `${prefix}/users` : `${prefix}users`;
  const seen = `${route.action.prefixRewrite}${path.slice(prefix.length)}`;
  say({
    code: 'MW-REWRITE-SLASH',
    severity: fault === 'doubled' ? 'warning' : 'info',
    resource: rule.resource,
    path: [...rule.path, 'rewrite', 'uri'],
    message: `${path} becomes ${seen}: the prefix ${prefix} alone is put out, so a slash is ${fault}.`,
    remedy:
      fault === 'doubled'
        ? `Match prefix ${prefix}/ in front of ${prefix}, as an entry of the same rule, or use uriRegexRewrite.`
        : `End both with a slash, or neither.`,
    proxy: site.caller.proxy,
    request: { ...witness, path: `${path}${query}` },
    claim: { rule, path: `${seen}${query}` },
  });
  return true;
}

/** Prefix rewrites that make `//` of `/`, or glue two words together. */
export function rewrites(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const { route, ref } of siteEntries(site)) {
      const rule: RuleRef = { resource: ref.resource, path: ref.path };
      if (route === undefined || told.has(keyOf(rule))) continue;
      if (look(site, route, rule, say)) told.add(keyOf(rule));
    }
  }
}
