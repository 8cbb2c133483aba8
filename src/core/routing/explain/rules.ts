import { put } from '../../base/lists.ts';
import type { Route, RouteSource, VirtualHost } from '../compile/envoy.ts';
import type { HttpMatch, HttpRule } from '../compile/model.ts';
import { isCatchAll, translateMatch } from '../compile/route-match.ts';
import type { HttpRequest } from '../decide/http-request.ts';
import type { Place, Proxy, RuleRef, RuleVerdict } from '../types.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { firstFailure } from './conditions.ts';
import { wrongCaller, wrongGateway, wrongPort } from './off.ts';

/** `rule 2 (canary)`: a rule as people count. */
export function ruleName(rule: RuleRef, name = ''): string {
  const at = rule.path[2];
  return `rule ${typeof at === 'number' ? at + 1 : '?'}${name === '' ? '' : ` (${name})`} of ${rule.resource}`;
}

/** A rule's entry, before it is known what became of it. */
interface Candidate {
  readonly rule: HttpRule;
  readonly match: HttpMatch | undefined;
  readonly ref: RuleRef;
  readonly source: RouteSource;
}

/** True where a condition is written in a match entry: `['uri']`, `['headers', 'end-user']`. */
function isWritten(match: HttpMatch, [field, name]: YamlPath): boolean {
  const value: unknown = Object.entries(match).find(([key]) => key === field)?.[1];
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return name === undefined ? Object.keys(value).length > 0 : Object.hasOwn(value, name);
}

/** Where a condition of an entry stands: what a delegate's takes over from the root's stands there. */
function placeOf(candidate: Candidate, ...rest: YamlPath): Place {
  const { ref, match } = candidate;
  if (match === undefined || rest.length === 0) return { resource: ref.resource, path: ref.path };
  const { parts } = match;
  const { owner, index } = parts === undefined || isWritten(parts.leaf, rest) ? match : parts.root;
  return { resource: owner.resource, path: [...owner.path, 'match', index, ...rest] };
}

function verdict(
  candidate: Candidate,
  kind: RuleVerdict['verdict'],
  text: string,
  place: Place,
  by?: RuleRef,
): RuleVerdict {
  const { rule, ref } = candidate;
  return {
    rule: ref,
    ...(rule.root === undefined ? {} : { root: rule.root }),
    name: rule.name,
    verdict: kind,
    text,
    place,
    ...(by === undefined ? {} : { by }),
  };
}

/** Why an entry does not exist for this proxy and port; `undefined` where it does. */
function whyOff(candidate: Candidate, proxy: Proxy): RuleVerdict | undefined {
  const { match, source } = candidate;
  if (match === undefined) return undefined;
  const failure =
    wrongPort(match.port, source.port) ??
    // Who names gateways is not asked who calls (istiod: `sourceMatchHTTP`).
    (match.gateways.length > 0
      ? wrongGateway(match.gateways, source.gateway)
      : wrongCaller(match.sourceLabels, match.sourceNamespace, proxy));
  return failure && verdict(candidate, 'off', failure.text, placeOf(candidate, ...failure.path));
}

/** The entries of a VirtualService: those that do not exist here with the reason, the others as they are. */
function entries(source: RouteSource, proxy: Proxy): readonly (RuleVerdict | Candidate)[] {
  const out: (RuleVerdict | Candidate)[] = [];
  let stop: Candidate | undefined;
  for (const rule of source.virtualService.http) {
    const matches = rule.match.length === 0 ? [undefined] : rule.match;
    for (const match of matches) {
      const ref = match === undefined ? rule.ref : { ...rule.ref, match: match.index };
      const candidate: Candidate = { rule, match, ref, source };
      if (stop !== undefined) {
        out.push(
          verdict(
            candidate,
            'off',
            `${ruleName(stop.ref, stop.rule.name)} stands in front and takes every request`,
            placeOf(candidate),
            stop.ref,
          ),
        );
        continue;
      }
      const off = whyOff(candidate, proxy);
      out.push(off ?? candidate);
      if (match === undefined || (off === undefined && isCatchAll(translateMatch(match)))) stop = candidate;
    }
  }
  return out;
}

/** An entry of a virtual host: `at` is its route's place, or, where it does not exist for the proxy, half a place behind the one before. */
interface Standing {
  readonly at: number;
  readonly entry: RuleVerdict | Candidate;
}

const keyOf = (rule: RuleRef | undefined, root: RuleRef | undefined): string =>
  [rule, root].map((ref) => `${ref?.resource ?? ''} ${ref?.path.join('.') ?? ''} ${String(ref?.match)}`).join(' < ');

/** Every entry in the order in which Envoy looks at them; those that do not exist for this proxy come where they are written. */
function standing(host: VirtualHost, proxy: Proxy): readonly Standing[] {
  const out: Standing[] = [];
  let last = -1;
  const places = new Map<string, number[]>();
  // From the end, so that the first place of several is taken first. Looking for each entry took seconds at 10,000 rules.
  for (let at = host.routes.length - 1; at >= 0; at -= 1)
    put(places, keyOf(host.routes[at]?.rule, host.routes[at]?.root), at);
  for (const source of host.sources) {
    for (const entry of entries(source, proxy)) {
      if ('verdict' in entry) {
        out.push({ at: last + 0.5, entry });
        continue;
      }
      const at = places.get(keyOf(entry.ref, entry.rule.root))?.pop();
      if (at === undefined) continue;
      last = at;
      out.push({ at, entry });
    }
  }
  return out.sort((a, b) => a.at - b.at);
}

/** A rule's entry as a virtual host has it. */
export interface StandingRule {
  readonly rule: RuleRef;
  /** The root's rule, where this is a delegate's. */
  readonly root?: RuleRef | undefined;
  readonly name: string;
  /** Why it does not exist for the proxy; absent where it does. */
  readonly off?: string | undefined;
}

/** The rules of a virtual host, of whichever VirtualServices, in the order in which Envoy looks at them. */
export function rulesInOrder(host: VirtualHost, proxy: Proxy): readonly StandingRule[] {
  return standing(host, proxy).map(({ entry }) =>
    'verdict' in entry
      ? { rule: entry.rule, root: entry.root, name: entry.name, off: entry.text }
      : { rule: entry.ref, root: entry.rule.root, name: entry.rule.name },
  );
}

/** What became of every rule of a virtual host, in the order of `rulesInOrder`. */
export function ruleVerdicts(
  host: VirtualHost,
  proxy: Proxy,
  request: HttpRequest,
  taken: Route | undefined,
): readonly RuleVerdict[] {
  const takenAt = taken === undefined ? host.routes.length : host.routes.indexOf(taken);
  return standing(host, proxy).map(({ at, entry }) =>
    'verdict' in entry ? entry : judge(entry, at, takenAt, host.routes[takenAt], request),
  );
}

function judge(
  entry: Candidate,
  at: number,
  takenAt: number,
  taken: Route | undefined,
  request: HttpRequest,
): RuleVerdict {
  const whole = entry.match === undefined ? 'it has no condition' : 'all its conditions hold';
  if (at === takenAt) return verdict(entry, 'taken', `it takes the request: ${whole}`, placeOf(entry));
  const failure = entry.match === undefined ? undefined : firstFailure(entry.match, request);
  if (at < takenAt)
    return verdict(
      entry,
      'failed',
      failure?.text ?? 'a condition does not hold',
      placeOf(entry, ...(failure?.path ?? [])),
    );
  const by = taken?.rule;
  const name = by === undefined ? 'another rule' : ruleName(by, taken?.name ?? '');
  return verdict(entry, 'later', `not reached: ${name} takes the request first`, placeOf(entry), by);
}
