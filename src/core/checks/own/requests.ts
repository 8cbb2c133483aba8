import type { Route, VirtualHost } from '../../routing/compile/envoy.ts';
import { httpRequest } from '../../routing/decide/http-request.ts';
import { routeIndexOf } from '../../routing/decide/route-index.ts';
import { virtualHostFor } from '../../routing/decide/virtual-host.ts';
import { candidatesFor } from '../../routing/witness/candidates.ts';
import type { Request } from '../../routing/index.ts';
import type { Site } from './view.ts';

/** A name that a host of a Gateway or a domain stands for. */
export function concrete(host: string): string {
  if (host === '*') return 'any.example.com';
  return host.startsWith('*') ? `a${host.startsWith('*.') ? '' : '.'}${host.slice(1)}` : host;
}

const dialled = (site: Site, request: Request): Request =>
  site.address === '' ? request : { ...request, address: site.address };

/** Requests that a route's conditions ask for on its virtual host, the plainest first, with the route that takes each. */
export function tries(
  site: Site,
  route: Pick<Route, 'path' | 'headers' | 'query'>,
  most = 16,
): readonly { readonly request: Request; readonly taker: Route | undefined }[] {
  const [any] = site.host.routes;
  if (any === undefined || (site.host.requireTls && !site.tls)) return [];
  const index = routeIndexOf(site.host);
  return candidatesFor({ ...any, ...route }, site.host, site.port, site.tls)
    .slice(0, most)
    .flatMap((request) => {
      const prepared = httpRequest(request, site.tls);
      if (virtualHostFor(site.config, prepared.host) !== site.host) return [];
      return [{ request: dialled(site, request), taker: index.find(prepared) }];
    });
}

const witnesses = new WeakMap<Route, Map<VirtualHost, Request | undefined>>();

/** The plainest request that a route takes on a virtual host; remembered. */
export function witnessOn(site: Site, route: Route): Request | undefined {
  let kept = witnesses.get(route);
  if (kept === undefined) witnesses.set(route, (kept = new Map()));
  const known = kept.get(site.host);
  if (known !== undefined) return known;
  const found = tries(site, route).find(({ taker }) => taker === route)?.request;
  if (found !== undefined) kept.set(site.host, found);
  return found;
}

/** A plain request to a virtual host. */
export function plainRequest(site: Site, path: string, rest: Partial<Request> = {}): Request {
  const host = concrete(site.host.domains[0] ?? '*');
  return dialled(site, {
    port: site.port,
    host,
    method: 'GET',
    path,
    ...(site.tls ? { protocol: 'https', sni: host.split(':')[0] ?? '' } : {}),
    ...rest,
  });
}
