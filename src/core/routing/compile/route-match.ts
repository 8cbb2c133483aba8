import type { ClaimMatcher, HeaderMatcher, PathMatcher, QueryMatcher, Route } from './envoy.ts';
import type { HttpMatch, StringMatch } from './model.ts';
import { compareText } from './order.ts';

const EVERYTHING: PathMatcher = { kind: 'prefix', value: '/', ignoreCase: false };
export const CLAIM = /^@request\.auth\.claims[.[]/;

/** What a match entry asks of a request at run time. */
export interface Conditions {
  readonly path: PathMatcher;
  readonly headers: readonly HeaderMatcher[];
  readonly query: readonly QueryMatcher[];
  readonly claims: readonly ClaimMatcher[];
}

/** `regex: "*"` is no RE2: istiod reads it as presence. */
function present(match: StringMatch): boolean {
  return match.kind === 'present' || (match.kind === 'regex' && match.value === '*');
}

/** A condition on a header for Envoy; `without`: of `withoutHeaders`. */
export function headerMatcher(name: string, match: StringMatch, without: boolean): HeaderMatcher {
  const asked = present(match);
  return {
    name: name.toLowerCase(),
    match: asked ? { kind: 'present' } : match,
    invert: without,
    missingIsEmpty: without && !asked,
  };
}

/** A match entry's condition on the path; without one every path fits. */
export function pathMatcher(match: HttpMatch): PathMatcher {
  const uri = match.uri;
  if (uri === undefined || uri.kind === 'present')
    return match.ignoreUriCase ? { ...EVERYTHING, ignoreCase: true } : EVERYTHING;
  return { kind: uri.kind, value: uri.value, ignoreCase: match.ignoreUriCase };
}

/** The conditions of a match entry; of none: everything (istiod: `TranslateRouteMatch`). */
export function translateMatch(match: HttpMatch | undefined): Conditions {
  if (match === undefined) return { path: EVERYTHING, headers: [], query: [], claims: [] };
  const headers: HeaderMatcher[] = [];
  const claims: ClaimMatcher[] = [];
  for (const [map, without] of [
    [match.headers, false],
    [match.withoutHeaders, true],
  ] as const) {
    for (const [name, value] of Object.entries(map)) {
      if (CLAIM.test(name.toLowerCase())) claims.push({ name, invert: without });
      else headers.push(headerMatcher(name, value, without));
    }
  }
  headers.sort((a, b) => compareText(a.name, b.name));
  if (match.method !== undefined) headers.push(headerMatcher(':method', match.method, false));
  if (match.authority !== undefined) headers.push(headerMatcher(':authority', match.authority, false));
  if (match.scheme !== undefined) headers.push(headerMatcher(':scheme', match.scheme, false));
  const query = Object.entries(match.queryParams).map(([name, value]) => ({
    name,
    match: present(value) ? ({ kind: 'present' } as const) : value,
  }));
  return { path: pathMatcher(match), headers, query, claims };
}

/** True for a route that takes every request (istiod: `IsCatchAllRoute`). */
export function isCatchAll(route: Pick<Route, 'path' | 'headers' | 'query' | 'claims'>): boolean {
  const { kind, value } = route.path;
  const path = (kind === 'prefix' && value === '/') || (kind === 'regex' && value === '.*');
  return path && route.headers.length + route.query.length + route.claims.length === 0;
}
