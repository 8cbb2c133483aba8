import type { HeaderMatcher, Route, VirtualHost } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { httpRequest } from '../decide/http-request.ts';
import { headerFits, pathFits, queryFits } from '../decide/match.ts';
import type { Request } from '../types.ts';
import { fitting, hosts, paths } from './candidates.ts';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];

/** Values that a header may be changed to: what conditions of the route on it take, and others. */
function valuesFor(route: Route, name: string, unwanted: StringMatch): readonly string[] {
  const asked = route.headers.filter((header) => header.name === name && !header.invert);
  return [...asked.flatMap(({ match }) => fitting(match)), ...fitting(unwanted), 'other', ''];
}

function withHeader(request: Request, name: string, value: string | undefined): Request {
  const { [name]: _old, ...rest } = request.headers ?? {};
  return { ...request, headers: value === undefined ? rest : { ...rest, [name]: value } };
}

/** Requests that differ in the part that a header condition looks at. */
function otherHeaders(request: Request, route: Route, host: VirtualHost, header: HeaderMatcher): readonly Request[] {
  const { name, match } = header;
  if (name === ':method') return METHODS.map((method) => ({ ...request, method }));
  if (name === ':authority' || name === 'host')
    return hosts(host).flatMap((one) =>
      [one, `${one}:${request.port}`].map((authority) => ({ ...request, host: authority })),
    );
  if (name.startsWith(':')) return [];
  return [undefined, ...valuesFor(route, name, match)].map((value) => withHeader(request, name, value));
}

function withQuery(request: Request, name: string, value: string | undefined): Request {
  const [path = '/', query = ''] = (request.path ?? '/').split('?');
  const parts = query.split('&').filter((part) => part !== '' && part.split('=')[0] !== name);
  if (value !== undefined) parts.push(value === '' ? name : `${name}=${value}`);
  return { ...request, path: parts.length === 0 ? path : `${path}?${parts.join('&')}` };
}

function otherPaths(request: Request, route: Route): readonly Request[] {
  const query = (request.path ?? '/').split('?')[1];
  return paths(route.path).map((path) => ({ ...request, path: query === undefined ? path : `${path}?${query}` }));
}

/**
 * The same request changed in one thing, so that a condition of a route in front, which took it, holds no longer, while those of the route
 * that is looked for still do.
 */
export function pastRoute(request: Request, front: Route, route: Route, host: VirtualHost): readonly Request[] {
  const tls = request.protocol === 'https';
  const fits = (one: Request): boolean => {
    const ready = httpRequest(one, tls);
    return (
      pathFits(route.path, ready) &&
      route.headers.every((header) => headerFits(header, ready)) &&
      route.query.every((query) => queryFits(query, ready))
    );
  };
  const changed = [
    ...otherPaths(request, route).filter((one) => !pathFits(front.path, httpRequest(one, tls))),
    ...front.headers.flatMap((header) =>
      otherHeaders(request, route, host, header).filter((one) => !headerFits(header, httpRequest(one, tls))),
    ),
    ...front.query.flatMap((query) => {
      const asked = route.query.filter(({ name }) => name === query.name).flatMap(({ match }) => fitting(match));
      return [undefined, ...asked, 'other', '']
        .map((value) => withQuery(request, query.name, value))
        .filter((one) => !queryFits(query, httpRequest(one, tls)));
    }),
  ];
  return changed.filter(fits);
}
