import type { ForwardAction, RedirectAction, Route } from '../compile/envoy.ts';
import type { HttpRequest } from './http-request.ts';
import { replaceAllMatches } from './regex.ts';

/** How much of the path a route's match covers: a prefix its length, all else the whole path. */
function matchedLength(route: Route, path: string): number {
  return route.path.kind === 'prefix' ? route.path.value.length : path.length;
}

/** The path with its query as the workload sees it. */
export function rewrittenTarget(route: Route, action: ForwardAction, request: HttpRequest): string {
  const query = request.target.slice(request.path.length);
  if (action.regexRewrite !== undefined)
    return replaceAllMatches(action.regexRewrite.pattern, request.path, action.regexRewrite.substitution) + query;
  if (action.prefixRewrite === '') return request.target;
  return action.prefixRewrite + request.path.slice(matchedLength(route, request.path)) + query;
}

/** The authority of a redirect that names none: its port goes when another is set, or when it was the default of the scheme that changes. */
function keptHost(request: HttpRequest, scheme: string, port: string): string {
  const host = request.host;
  const at = host.startsWith('[') ? host.lastIndexOf(']:') + 1 : host.lastIndexOf(':');
  if (at <= 0) return host;
  const own = host.slice(at);
  const ownDefault = request.scheme === 'https' ? ':443' : ':80';
  return port !== '' || (scheme !== request.scheme && own === ownDefault) ? host.slice(0, at) : host;
}

/** Where a redirect sends (Envoy: `newUri`). */
export function redirectLocation(route: Route, action: RedirectAction, request: HttpRequest): string {
  const scheme = action.scheme || request.scheme;
  const port = action.port === 0 ? '' : `:${action.port}`;
  const host = action.host || keptHost(request, scheme, port);
  const query = request.target.slice(request.path.length);
  let target = request.target;
  if (action.prefix !== '') target = action.prefix + request.path.slice(matchedLength(route, request.path)) + query;
  else if (action.path !== '') target = action.path.includes('?') ? action.path : action.path + query;
  return `${scheme}://${host}${port}${target.startsWith('/') ? '' : '/'}${target}`;
}

/** The URL of the request itself. */
export function ownLocation(request: HttpRequest, scheme: string = request.scheme): string {
  return `${scheme}://${request.host}${request.target}`;
}
