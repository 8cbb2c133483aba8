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

const quoted = (text: string): string => (text === '' ? 'empty' : `\`${text}\``);

/** What a condition asks for, to stand behind "the rule wants". */
function wanted(match: StringMatch): string {
  switch (match.kind) {
    case 'exact':
      return `exactly ${quoted(match.value)}`;
    case 'prefix':
      return `one that begins with ${quoted(match.value)}`;
    case 'regex':
      return `one that fits ${quoted(match.value)} as a whole`;
    case 'present':
      return 'it to be there';
  }
}

function failedText(what: string, match: StringMatch, value: string | undefined, ignoreCase = false): string {
  if (value === undefined) return `${what} is missing, the rule wants ${wanted(match)}`;
  const onlyCase =
    match.kind === 'exact' && !ignoreCase && value.toLowerCase() === match.value.toLowerCase()
      ? '; upper and lower case count'
      : '';
  return `${what} is ${quoted(value)}, the rule wants ${wanted(match)}${ignoreCase ? ', whatever the case' : ''}${onlyCase}`;
}

/** Why a condition of `withoutHeaders` does not hold: the header has what it must not have. */
function unwantedText(name: string, match: StringMatch, value: string | undefined): string {
  const has = value === undefined ? 'missing, which counts as empty' : quoted(value);
  return `header ${quoted(name)} is ${has}, the rule wants ${match.kind === 'present' ? 'it to be absent' : `none that ${unwanted(match)}`}`;
}

function unwanted(match: Exclude<StringMatch, { kind: 'present' }>): string {
  if (match.kind === 'exact') return `is ${quoted(match.value)}`;
  return match.kind === 'prefix' ? `begins with ${quoted(match.value)}` : `fits ${quoted(match.value)}`;
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
        ? unwantedText(name, matcher.match, value)
        : failedText(`header ${quoted(name)}`, matcher.match, value);
      return { text, path: [key, name] };
    }
  }
  return undefined;
}

function failedQuery(map: MatchMap, request: HttpRequest): Failure | undefined {
  for (const [name, asked] of Object.entries(map)) {
    const value = queryParameter(request.query, name);
    const matcher = headerMatcher(name, asked, false).match;
    if (!stringFits(matcher, value))
      return { text: failedText(`query parameter ${quoted(name)}`, matcher, value), path: ['queryParams', name] };
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
