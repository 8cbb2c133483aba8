import type { ResourceId } from '../../base/ids.ts';
import { httpRequest } from '../../routing/decide/http-request.ts';
import { routeIndexOf } from '../../routing/decide/route-index.ts';
import { virtualHostFor } from '../../routing/decide/virtual-host.ts';
import { isCatchAll } from '../../routing/compile/route-match.ts';
import type { Request } from '../../routing/index.ts';
import { concrete, plainRequest, tries } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

const PATHS = ['/', '/other-path'];

/** A request that no rule of a virtual host takes. */
function strayOn(site: Site): Request | undefined {
  const { host, config, tls } = site;
  const index = routeIndexOf(host);
  return PATHS.map((path) => plainRequest(site, path)).find((request) => {
    const prepared = httpRequest(request, tls);
    return virtualHostFor(config, prepared.host) === host && index.find(prepared) === undefined;
  });
}

/**
 * A request that no rule takes, though one takes its path and method, with certain headers or query parameters only. At a gateway the
 * paths that are left out are seldom forgotten: not to serve them is what its rules are for.
 */
function strayFrom(site: Site): Request | undefined {
  for (const { path, headers, query, claims } of site.host.routes) {
    const pseudo = headers.filter(({ name }) => name.startsWith(':'));
    if (claims.length > 0 || pseudo.length === headers.length + query.length) continue;
    const [first] = tries(site, { path, headers: pseudo, query: [] }, 1);
    if (first !== undefined && first.taker === undefined) return first.request;
  }
  return undefined;
}

/** VirtualServices whose rules leave requests over: these get 404. */
export function lastRule(view: View, say: Say): void {
  const told = new Set<ResourceId>();
  const inside = view.sites.filter(({ caller }) => caller.proxy.type === 'sidecar');
  const outside = view.sites.filter(({ caller }) => caller.proxy.type === 'gateway');
  for (const site of [...inside, ...outside]) {
    const source = site.host.sources.at(-1)?.virtualService;
    if (source === undefined || told.has(source.resource) || (site.host.requireTls && !site.tls)) continue;
    if (site.host.routes.length === 0 || site.host.routes.some(isCatchAll)) continue;
    const mesh = site.caller.proxy.type === 'sidecar';
    const request = mesh ? strayOn(site) : strayFrom(site);
    if (request === undefined) continue;
    told.add(source.resource);
    const [domain = '*'] = site.host.domains;
    const whose = domain === '*' ? 'Requests' : `Requests to ${concrete(domain)}`;
    const last = source.http.at(-1)?.ref;
    if (last === undefined || source.http.length === 0) continue;
    const own = last.resource === source.resource;
    say({
      code: 'MW-NO-LAST-RULE',
      severity: mesh ? 'warning' : 'info',
      resource: source.resource,
      path: own ? last.path : ['spec', 'http'],
      message: mesh
        ? `${whose} that no rule takes, such as GET ${request.path ?? '/'}, get 404: the service itself is not called then.`
        : `${whose} such as ${request.method ?? 'GET'} ${request.path ?? '/'} get 404 at the gateway: rules take them only with certain headers or query parameters.`,
      remedy: 'If that is not meant, add a last rule without a match.',
      proxy: site.caller.proxy,
      request,
      claim: { status: 404, details: 'route_not_found', notOf: source.resource },
    });
  }
}
