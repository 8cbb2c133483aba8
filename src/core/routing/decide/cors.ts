import type { Cors, Route } from '../compile/envoy.ts';
import type { HeaderMap } from './headers.ts';
import type { HttpRequest } from './http-request.ts';
import { stringFits } from './match.ts';

/** What the CORS filter does with a request: answers it itself, or adds to whatever answer comes. */
export interface CorsVerdict {
  readonly answers: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

function allows(cors: Cors, origin: string): boolean {
  return cors.origins.some((match) => stringFits(match, '*') || stringFits(match, origin));
}

/** The CORS filter on a route (Envoy: `cors_filter`). It leaves redirects and direct responses alone. */
export function corsVerdict(route: Route, request: HttpRequest): CorsVerdict | undefined {
  const cors = route.cors;
  if (cors === undefined || route.action.kind !== 'forward') return undefined;
  const origin = request.headers['origin'] ?? '';
  if (origin === '') return undefined;
  const allowed = allows(cors, origin);
  const headers: HeaderMap = {};
  if (allowed) {
    headers['access-control-allow-origin'] = origin;
    if (cors.allowCredentials) headers['access-control-allow-credentials'] = 'true';
    if (cors.exposeHeaders !== '') headers['access-control-expose-headers'] = cors.exposeHeaders;
  }
  const asked = request.headers['access-control-request-method'] ?? '';
  if (request.method !== 'OPTIONS' || asked === '' || (!allowed && cors.forwardUnmatched))
    return { answers: false, headers };
  if (cors.allowMethods !== '')
    headers['access-control-allow-methods'] = cors.allowMethods === '*' ? asked : cors.allowMethods;
  const wanted = request.headers['access-control-request-headers'] ?? '';
  const allowHeaders = cors.allowHeaders === '*' ? wanted : cors.allowHeaders;
  if (allowHeaders !== '') headers['access-control-allow-headers'] = allowHeaders;
  if (cors.maxAge !== '') headers['access-control-max-age'] = cors.maxAge;
  return { answers: true, headers };
}
