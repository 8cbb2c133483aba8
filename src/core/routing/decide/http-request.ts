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

/** Of a request without any: the same object, so that nobody need look into it. */
export const NO_HEADERS: Readonly<Record<string, string>> = {};

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

/** Where a value stands in a text. */
export interface Stretch {
  from: number;
  to: number;
}

const AND = 38;
const EQUALS = 61;

/** Finds the value of the first parameter of this name and writes to `out` where it stands; false where there is none. */
export function findParameter(query: string, name: string, out: Stretch): boolean {
  const { length } = name;
  for (let from = 0; from <= query.length;) {
    let same = 0;
    while (same < length && query.charCodeAt(from + same) === name.charCodeAt(same)) same += 1;
    let at = from + same;
    const sign = query.charCodeAt(at);
    const found = same === length && (at >= query.length || sign === AND || sign === EQUALS);
    if (found) out.from = sign === EQUALS ? at + 1 : at;
    while (at < query.length && query.charCodeAt(at) !== AND) at += 1;
    if (found) {
      out.to = at;
      return !name.includes('=') && !name.includes('&');
    }
    from = at + 1;
  }
  return false;
}

const found: Stretch = { from: 0, to: 0 };

/** The value of the first parameter of this name, not decoded; `''` for one without a value; `undefined` where there is none. */
export function queryParameter(query: string | undefined, name: string): string | undefined {
  return query !== undefined && findParameter(query, name, found) ? query.slice(found.from, found.to) : undefined;
}
