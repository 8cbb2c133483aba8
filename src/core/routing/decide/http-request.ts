import type { Request } from '../types.ts';
import { normalizePath } from './path.ts';

/** A request as Envoy's routing sees it. */
export interface HttpRequest {
  readonly method: string;
  /** The authority as sent, with port and case. */
  readonly host: string;
  /** Normalized, with the query. */
  readonly target: string;
  /** `target` without the query. */
  readonly path: string;
  /** Behind the `?`; `undefined` without one. */
  readonly query: string | undefined;
  readonly scheme: 'http' | 'https';
  /** By name in lower case; several of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  if (headers === undefined) return NO_HEADERS;
  const out: Record<string, string> = {};
  for (const name in headers) {
    const key = name.toLowerCase();
    const value = (headers[name] ?? '').trim();
    out[key] = out[key] === undefined ? value : `${out[key]},${value}`;
  }
  return out;
}

/** Prepares a request for routing. */
export function httpRequest(request: Request, tls: boolean): HttpRequest {
  const target = normalizePath(request.path === undefined || request.path === '' ? '/' : request.path);
  const question = target.indexOf('?');
  return {
    method: request.method === undefined || request.method === '' ? 'GET' : request.method,
    host: request.host ?? '',
    target,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? undefined : target.slice(question + 1),
    scheme: tls ? 'https' : 'http',
    headers: lowerCased(request.headers),
  };
}

/** The value of the first parameter of this name, not decoded; `''` for one without a value; `undefined` where there is none. */
export function queryParameter(query: string | undefined, name: string): string | undefined {
  if (query === undefined || name.includes('=')) return undefined;
  for (let from = 0; from <= query.length;) {
    const and = query.indexOf('&', from);
    const end = and < 0 ? query.length : and;
    const behind = from + name.length;
    if (query.startsWith(name, from) && behind <= end) {
      if (behind === end) return '';
      if (query.charAt(behind) === '=') return query.slice(behind + 1, end);
    }
    from = end + 1;
  }
  return undefined;
}
