import type { Route, RouteSource } from '../../routing/compile/envoy.ts';
import { sourceFits } from '../../routing/compile/http-route.ts';
import type { HttpMatch, HttpRule } from '../../routing/compile/model.ts';
import { isCatchAll, translateMatch } from '../../routing/compile/route-match.ts';
import type { RuleRef } from '../../routing/index.ts';
import type { Conditions } from './covers.ts';
import type { Site } from './view.ts';

/** A rule or one of its match entries, where it stands in a virtual host. */
export interface SiteEntry {
  readonly ref: RuleRef;
  readonly rule: HttpRule;
  readonly match: HttpMatch | undefined;
  readonly conditions: Conditions;
  /** What Envoy got of it; absent for one that istiod leaves out since `stop`, in front of it, takes everything. */
  readonly route: Route | undefined;
  readonly stop: SiteEntry | undefined;
}

/** A key for the place of a rule, and of a match entry of it. */
export const keyOf = (ref: RuleRef | undefined): string =>
  ref === undefined ? '' : `${ref.resource} ${ref.path[1] ?? ''} ${ref.path[2] ?? ''} ${ref.match ?? ''}`;

const made = new WeakMap<Site['host'], readonly SiteEntry[]>();

function entriesOf(source: RouteSource, site: Site, routes: ReadonlyMap<string, Route>): readonly SiteEntry[] {
  const { namespace, labels = {} } = site.caller.proxy;
  const { port, gateway, virtualService } = source;
  const context = { namespace, labels, port, gateway, tls: site.tls, serviceFor: nobody, ruleFor: nobody };
  const out: SiteEntry[] = [];
  let stop: SiteEntry | undefined;
  for (const rule of virtualService.http) {
    for (const match of rule.match.length === 0 ? [undefined] : rule.match) {
      if (match !== undefined && ((match.port !== 0 && match.port !== port) || !sourceFits(match, context))) continue;
      const ref = match === undefined ? rule.ref : { ...rule.ref, match: match.index };
      const conditions = translateMatch(match);
      const route = stop === undefined ? routes.get(`${keyOf(ref)} ${keyOf(rule.root)}`) : undefined;
      const entry: SiteEntry = { ref, rule, match, conditions, route, stop };
      out.push(entry);
      if (stop === undefined && (match === undefined || isCatchAll(conditions))) stop = entry;
    }
  }
  return out;
}

const nobody = (): undefined => undefined;

/** The rules and match entries of a virtual host that exist for its caller, VirtualService by VirtualService. */
export function siteEntries(site: Site): readonly SiteEntry[] {
  const known = made.get(site.host);
  if (known !== undefined) return known;
  const routes = new Map(site.host.routes.map((route) => [`${keyOf(route.rule)} ${keyOf(route.root)}`, route]));
  const entries = site.host.sources.flatMap((source) => entriesOf(source, site, routes));
  made.set(site.host, entries);
  return entries;
}

/** The key of a rule that is lost as a whole, by its place in `spec.http`. */
export const lostKey = (resource: string, index: number): string => `${resource} ${index}`;
