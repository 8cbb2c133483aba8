import type { HeaderMatcher, PathMatcher, QueryMatcher, Route } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { queryParameter } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import { matchesWhole } from './regex.ts';

/** True where the text fits; a text that is not there fits nothing. */
export function stringFits(match: StringMatch, text: string | undefined): boolean {
  if (text === undefined) return false;
  switch (match.kind) {
    case 'exact':
      return text === match.value;
    case 'prefix':
      return text.startsWith(match.value);
    case 'regex':
      return matchesWhole(match.value, text);
    case 'present':
      return true;
  }
}

/** True where the path fits. Case counts in expressions, whatever the entry says. */
export function pathFits(path: PathMatcher, request: HttpRequest): boolean {
  return pathTakes(path, request.path);
}

/** `pathFits` for a path alone. */
export function pathTakes(path: PathMatcher, text: string): boolean {
  if (path.kind === 'regex') return matchesWhole(path.value, text);
  const asked = path.ignoreCase ? path.value.toLowerCase() : path.value;
  const given = path.ignoreCase ? text.toLowerCase() : text;
  return path.kind === 'exact' ? given === asked : given.startsWith(asked);
}

/** What a header matcher looks at: a header, or a part of the request. */
export function headerValue(request: HttpRequest, name: string): string | undefined {
  switch (name) {
    case ':method':
      return request.method;
    case ':authority':
    case 'host':
      return request.host;
    case ':scheme':
      return request.scheme;
    case ':path':
      return request.target;
    default:
      return request.headers[name];
  }
}

/** The value that one matcher looks at, of any request. */
export type ValueOf = (request: HttpRequest) => string | undefined;

/**
 * `headerValue` of one name for many requests. The name is made one that V8 keeps as a property's: one that was cut out of a text it would
 * look up in its table of names for each request.
 */
export function valueReader(name: string): ValueOf {
  if (name.startsWith(':') || name === 'host') return (request) => headerValue(request, name);
  const [kept = name] = Object.keys({ [name]: 0 });
  return ({ headers }) => headers[kept];
}

export function headerFits(header: HeaderMatcher, request: HttpRequest): boolean {
  return headerTakes(header, headerValue(request, header.name));
}

/** True where a header matcher takes a value; `undefined` where there is none. */
export function headerTakes(header: HeaderMatcher, given: string | undefined): boolean {
  const value = given ?? (header.missingIsEmpty ? '' : undefined);
  // A matcher of a value that is inverted but has no value to look at does not hold, unless it asks for absence.
  if (value === undefined && header.match.kind !== 'present') return false;
  return stringFits(header.match, value) !== header.invert;
}

export function queryFits(query: QueryMatcher, request: HttpRequest): boolean {
  return stringFits(query.match, queryParameter(request.query, query.name));
}

/** True where all of a route's conditions hold. */
export function routeFits(route: Route, request: HttpRequest): boolean {
  return (
    pathFits(route.path, request) &&
    route.headers.every((header) => headerFits(header, request)) &&
    route.query.every((query) => queryFits(query, request)) &&
    route.claims.every((claim) => claim.invert)
  );
}
