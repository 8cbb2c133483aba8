import { messageSchema } from '../../istio/index.ts';
import type {
  HTTPMatchRequest,
  HTTPRoute,
  L4MatchAttributes,
  StringMatch,
  TLSMatchAttributes,
} from '../../istio/index.ts';
import type { Json, JsonObject, YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

/* Which rules and matches traffic never gets to, as far as Istio sees it. Source: analyzeUnreachableHTTPRules and its siblings. */

type Match = HTTPMatchRequest | L4MatchAttributes | TLSMatchAttributes;
interface Rule {
  readonly name?: string;
  readonly match?: readonly Match[];
}

/** What a proto field says when nothing is said: it is left out of proto JSON. */
function isUnset(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const TEXT_MATCHES = new Set(['uri', 'scheme', 'method', 'authority']);
const TEXT_MATCH_MAPS = new Set(['headers', 'queryParams', 'withoutHeaders']);
const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a text match that Istio knows. */
function knownMatch(value: Json | undefined): Json {
  const { exact, prefix, regex } = isMap(value) ? value : {};
  return [exact ?? null, prefix ?? null, regex ?? null];
}

function knownValue(key: string, value: Json): Json {
  if (TEXT_MATCHES.has(key)) return knownMatch(value);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, one]) => [name, TEXT_MATCH_MAPS.has(key) ? knownMatch(one) : one]);
}

/** A match as one text that is equal for equal matches: its name and what Istio does not know left out, keys in order. */
function matchText(match: Match, message: string): string {
  const fields = messageSchema(message)?.fields ?? {};
  // A match is what a document says: JSON.
  const entries = Object.entries(match as unknown as JsonObject)
    .filter(
      ([key, value]) => key !== 'name' && Object.hasOwn(fields, key) && (TEXT_MATCHES.has(key) || !isUnset(value)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries.map(([key, value]) => [key, knownValue(key, value)]));
}

const named = (name: string | undefined, index: number): string =>
  name === undefined || name === '' ? `#${index}` : `"${name}"`;
const ruleName = (rule: Rule | undefined, index: number): string => named(rule?.name, index);
const matchName = (match: Match, index: number): string => named('name' in match ? match.name : undefined, index);

interface Prefixed {
  readonly rule: string;
  readonly match: string;
  readonly path: YamlPath;
  readonly prefix: string;
  readonly request: HTTPMatchRequest;
}

const comparable = (match: StringMatch | undefined): string => {
  if (match?.exact !== undefined && match.exact !== '') return `exact:${match.exact}`;
  return match?.prefix !== undefined && match.prefix !== '' ? `prefix:${match.prefix}` : '';
};
const methodText = (match: HTTPMatchRequest): string => comparable(match.method) || 'exact:GET';

function mapCovers(
  earlier: Readonly<Record<string, StringMatch>> | undefined,
  later: Readonly<Record<string, StringMatch>> | undefined,
): boolean {
  const a = Object.entries(earlier ?? {});
  const b = later ?? {};
  if (a.length !== Object.keys(b).length) return false;
  return a.every(([key, match]) => Object.hasOwn(b, key) && comparable(match).startsWith(comparable(b[key])));
}

/** Whether the earlier match takes all that the later one would, as Istio compares. Source: coveredValidation. */
function covers(a: Prefixed, b: Prefixed): boolean {
  const [first, second] = [a.request, b.request];
  return (
    b.prefix.startsWith(a.prefix) &&
    (first.port ?? 0) === (second.port ?? 0) &&
    methodText(first).startsWith(methodText(second)) &&
    comparable(first.authority).startsWith(comparable(second.authority)) &&
    mapCovers(first.headers, second.headers) &&
    mapCovers(first.queryParams, second.queryParams) &&
    mapCovers(first.withoutHeaders, second.withoutHeaders)
  );
}

function overlaps(prefixed: readonly Prefixed[], report: Report): void {
  for (const [index, earlier] of prefixed.entries()) {
    for (const later of prefixed.slice(index + 1)) {
      if (later.prefix === earlier.prefix || !covers(earlier, later)) continue;
      const message = `Match ${later.match} of rule ${later.rule}, prefix "${later.prefix}", is never used: match ${earlier.match} of rule ${earlier.rule}, prefix "${earlier.prefix}", takes its requests.`;
      report.shadow('IST0131', 'V-VS-204', later.path, message);
    }
  }
}

/** The first index of each match that was seen, the last rule without a match, and the prefixes in order. */
interface Seen {
  readonly message: string;
  readonly matches: Map<string, number>;
  empty: number;
  readonly prefixed: Prefixed[];
}

function walkRule(rules: readonly Rule[], index: number, path: YamlPath, seen: Seen, report: Report): void {
  const rule = rules[index];
  const match = rule?.match ?? [];
  const name = ruleName(rule, index);
  if (match.length === 0) {
    if (seen.empty >= 0)
      report.shadow('IST0130', 'V-VS-200', path, `Rule ${name} is never used: only the last rule may have no match.`);
    seen.empty = index;
    return;
  }
  let twice = 0;
  for (const [place, one] of match.entries()) {
    const at = [...path, 'match', place];
    if (seen.empty >= 0) {
      report.shadow('IST0130', 'V-VS-201', at, `Rule ${name} is never used: a rule before it takes everything.`);
      continue;
    }
    const text = matchText(one, seen.message);
    const earlier = seen.matches.get(text);
    if (earlier !== undefined) {
      twice++;
      const other = ruleName(rules[earlier], earlier);
      const message = `Match ${matchName(one, place)} of rule ${name} is never used: rule ${other} has the same.`;
      report.shadow('IST0131', 'V-VS-202', at, message);
      continue;
    }
    seen.matches.set(text, index);
    const prefix = 'uri' in one ? (one.uri?.prefix ?? '') : '';
    if (prefix !== '')
      seen.prefixed.push({
        rule: name,
        match: matchName(one, place),
        path: at,
        prefix,
        request: one as HTTPMatchRequest,
      });
  }
  if (twice === match.length)
    report.shadow('IST0130', 'V-VS-203', path, `Rule ${name} is never used: rules before it have all of its matches.`);
}

/** Rules that are never used among HTTP, TCP or TLS rules; `message` is the type of their matches. */
export function shadowFaults(
  rules: readonly (Rule | HTTPRoute)[] | undefined,
  message: 'HTTPMatchRequest' | 'L4MatchAttributes' | 'TLSMatchAttributes',
  path: YamlPath,
  report: Report,
): void {
  const seen: Seen = { message, matches: new Map(), empty: -1, prefixed: [] };
  const all = rules ?? [];
  for (const index of all.keys()) walkRule(all, index, [...path, index], seen, report);
  overlaps(seen.prefixed, report);
}
