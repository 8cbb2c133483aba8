import type { HttpMatch, MatchMap, StringMatch } from '../compile/model.ts';
import { CLAIM, headerMatcher, pathMatcher } from '../compile/route-match.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { queryParameter } from '../decide/http-request.ts';
import type { HttpRequest } from '../decide/http-request.ts';
import { headerFits, headerValue, pathFits, stringFits } from '../decide/match.ts';

/** The first condition that a request fails: what it says, and where it stands in the match entry. */
export interface Failure {
  readonly text: string;
  readonly path: YamlPath;
}

const quoted = (text: string): string => (text === '' ? 'empty' : text);

/** A condition in words, to stand behind a `not`: `is /api`, `begins with /api`. */
function words(match: StringMatch): { readonly is: string; readonly not: string } {
  switch (match.kind) {
    case 'exact':
      return { is: `is ${quoted(match.value)}`, not: `is not ${quoted(match.value)}` };
    case 'prefix':
      return { is: `begins with ${match.value}`, not: `does not begin with ${match.value}` };
    case 'regex':
      return { is: `fits ${match.value}`, not: `does not fit ${match.value} as a whole` };
    case 'present':
      return { is: 'is there', not: 'is missing' };
  }
}

function failedText(what: string, match: StringMatch, value: string | undefined, ignoreCase = false): string {
  if (value === undefined) return `${what} is missing`;
  return `${what} ${quoted(value)} ${words(match).not}${ignoreCase ? ', whatever the case' : ''}`;
}

function failedPath(match: HttpMatch, request: HttpRequest): Failure | undefined {
  const { uri } = match;
  if (uri === undefined || uri.kind === 'present' || pathFits(pathMatcher(match), request)) return undefined;
  return { text: failedText('path', uri, request.path, match.ignoreUriCase && uri.kind !== 'regex'), path: ['uri'] };
}

function failedHeaders(match: HttpMatch, request: HttpRequest): Failure | undefined {
  for (const [key, map, without] of [
    ['headers', match.headers, false],
    ['withoutHeaders', match.withoutHeaders, true],
  ] as const) {
    for (const [name, asked] of Object.entries(map)) {
      const matcher = headerMatcher(name, asked, without);
      if (CLAIM.test(name.toLowerCase())) {
        if (!without) return { text: `the request has no token with the claim ${name}`, path: [key, name] };
        continue;
      }
      if (headerFits(matcher, request)) continue;
      const value = headerValue(request, matcher.name);
      const text = without
        ? `header ${name} ${value === undefined ? 'is missing, and empty' : ''} ${words(matcher.match).is}`.replace(
            / +/g,
            ' ',
          )
        : failedText(`header ${name}`, matcher.match, value);
      return {
        text: without && value !== undefined ? `header ${name} ${quoted(value)} ${words(matcher.match).is}` : text,
        path: [key, name],
      };
    }
  }
  return undefined;
}

function failedQuery(map: MatchMap, request: HttpRequest): Failure | undefined {
  for (const [name, asked] of Object.entries(map)) {
    const value = queryParameter(request.query, name);
    const matcher = headerMatcher(name, asked, false).match;
    if (!stringFits(matcher, value))
      return { text: failedText(`query parameter ${name}`, matcher, value), path: ['queryParams', name] };
  }
  return undefined;
}

function failedParts(match: HttpMatch, request: HttpRequest): Failure | undefined {
  const parts = [
    ['method', match.method, request.method],
    ['authority', match.authority, request.host],
    ['scheme', match.scheme, request.scheme],
  ] as const;
  for (const [key, asked, value] of parts) {
    if (asked === undefined) continue;
    const matcher = headerMatcher(`:${key}`, asked, false).match;
    if (!stringFits(matcher, value)) return { text: failedText(key, matcher, value), path: [key] };
  }
  return undefined;
}

/** The first condition of a match entry that a request fails, in the order path, method and the like, headers, query; `undefined` for none. */
export function firstFailure(match: HttpMatch, request: HttpRequest): Failure | undefined {
  return (
    failedPath(match, request) ??
    failedParts(match, request) ??
    failedHeaders(match, request) ??
    failedQuery(match.queryParams, request)
  );
}
