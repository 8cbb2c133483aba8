import type { HeaderMatcher, PathMatcher, Route, RouteConfig, VirtualHost } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { headerTakes, pathTakes, stringFits } from '../decide/match.ts';
import { virtualHostFor } from '../decide/virtual-host.ts';
import type { Request } from '../types.ts';
import { representatives, textNode } from './automaton.ts';
import { hosts } from './candidates.ts';
import { AUTHORITIES, METHODS, PARAMETERS, PATHS, servedBy, VALUES } from './domains.ts';
import { readExpression } from './expression.ts';
import type { Node } from './expression.ts';

/** A part of a request that conditions look at, apart from all other parts. */
interface Part {
  /** `path`, `:method`, `:authority`, `?name` or the name of a header. */
  readonly name: string;
  /** Values of which each stands for all that no condition here tells apart from it; `undefined`: not there. */
  readonly values: readonly (string | undefined)[];
  readonly holds: (route: Route, value: string | undefined) => boolean;
}

/** What is known of a route behind others: a request that reaches it, that none does, or nothing. */
export type Reach =
  | { readonly kind: 'requests'; readonly requests: readonly Request[] }
  | { readonly kind: 'none'; readonly by: readonly Route[] }
  | { readonly kind: 'unknown' };

/** Where the route stands. */
export interface Stand {
  readonly route: Route;
  /** Routes in front of it that are not its own rule's. */
  readonly front: readonly Route[];
  readonly config: RouteConfig;
  readonly host: VirtualHost;
  readonly port: number;
  readonly tls: boolean;
}

const DOMAINS = { path: PATHS, method: METHODS, header: VALUES, parameter: PARAMETERS } as const;

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

function nodeOf(match: StringMatch | PathMatcher): Node | undefined {
  if (match.kind === 'present') return textNode('', true, false);
  if (match.kind === 'regex') return readExpression(match.value);
  if (!isPlain(match.value)) return undefined;
  return textNode(match.value, match.kind === 'prefix', 'ignoreCase' in match && match.ignoreCase);
}

/** Values found for conditions: the same ones stand at many ports. */
const known = new Map<string, readonly string[] | undefined>();

/** Values for all conditions on one part; `undefined` where one of them can't be read, or there are too many. */
function valuesFor(
  matches: readonly (StringMatch | PathMatcher)[],
  kind: keyof typeof DOMAINS,
): readonly string[] | undefined {
  const all = new Map(matches.map((match) => [JSON.stringify(match), match]));
  const key = [kind, ...all.keys()].join('\n');
  if (known.has(key)) return known.get(key);
  const nodes = [...all.values()].map(nodeOf);
  const read = nodes.filter((node): node is Node => node !== undefined);
  const values = read.length < nodes.length ? undefined : representatives(read, DOMAINS[kind]);
  if (known.size > 500) known.clear();
  known.set(key, values);
  return values;
}

const nameOf = (name: string): string => (name === 'host' ? ':authority' : name);

/** Authorities of a virtual host for all conditions on them. */
function namesFor(matches: readonly StringMatch[], { config, host }: Stand): readonly string[] | undefined {
  const served = servedBy(config, host);
  const nodes = matches.map(nodeOf);
  const read = nodes.filter((node): node is Node => node !== undefined);
  return read.length < nodes.length || served === undefined
    ? undefined
    : representatives([...served, ...read], AUTHORITIES);
}

function headerPart(name: string, all: readonly Route[], stand: Stand): Part | undefined {
  const { config, host, tls, port } = stand;
  const on = (route: Route): readonly HeaderMatcher[] => route.headers.filter((header) => nameOf(header.name) === name);
  const holds = (route: Route, value: string | undefined): boolean =>
    on(route).every((header) => headerTakes(header, value));
  const matches = all.flatMap((route) => on(route).map(({ match }) => match));
  if (name === ':scheme') return { name, values: [tls ? 'https' : 'http'], holds };
  if (name === ':authority') {
    const wild = host.domains.some((domain) => domain.includes('*'));
    const texts = matches.length === 0 && !wild ? [] : namesFor(matches, stand);
    const plain = hosts(host);
    const all = texts && [...plain, ...plain.map((one) => `${one}:${port}`), ...texts];
    return all && { name, values: all.filter((one) => virtualHostFor(config, one) === host), holds };
  }
  if (name === ':path') return undefined;
  const values = valuesFor(matches, name === ':method' ? 'method' : 'header');
  if (values === undefined) return undefined;
  const first = name === ':method' ? ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'] : [undefined];
  return { name, values: [...first, ...values], holds };
}

function partsOf(stand: Stand): readonly Part[] | undefined {
  const all = [stand.route, ...stand.front];
  const paths = valuesFor(
    all.map(({ path }) => path),
    'path',
  );
  if (paths === undefined) return undefined;
  const parts: (Part | undefined)[] = [
    { name: 'path', values: paths, holds: ({ path }, value) => value !== undefined && pathTakes(path, value) },
  ];
  const headers = new Set([':authority', ...all.flatMap((route) => route.headers.map(({ name }) => nameOf(name)))]);
  for (const name of headers) parts.push(headerPart(name, all, stand));
  for (const name of new Set(all.flatMap((route) => route.query.map((query) => query.name)))) {
    const on = (route: Route): readonly StringMatch[] =>
      route.query.filter((query) => query.name === name).map(({ match }) => match);
    const values = valuesFor(all.flatMap(on), 'parameter');
    const holds: Part['holds'] = (route, value) => on(route).every((match) => stringFits(match, value));
    parts.push(values && { name: `?${name}`, values: [undefined, ...values], holds });
  }
  const known = parts.filter((part): part is Part => part !== undefined);
  return known.length < parts.length ? undefined : known;
}

/** A value of a part that the route allows, and the routes in front that it keeps off, a bit for each. */
interface Choice {
  readonly value: string | undefined;
  readonly off: bigint;
}

const MOST_NAMES = 40;

/** The values that keep off the most: none whose routes another one keeps off too. */
function choicesOf({ name, values, holds }: Part, { route, front }: Stand): readonly Choice[] {
  const all = values
    .filter((value) => holds(route, value))
    .map((value): Choice => ({
      value,
      off: front.reduce((bits, one, n) => (holds(one, value) ? bits : bits | (1n << BigInt(n))), 0n),
    }));
  // Of names all are kept: which virtual host serves one is not for conditions to say.
  if (name === ':authority') return all.slice(0, MOST_NAMES);
  return all.filter(
    ({ off }, at) => !all.some((other, n) => (other.off | off) === other.off && (other.off !== off || n < at)),
  );
}

const MOST_STEPS = 100_000;

/** A choice for each part that together keep off all of `wanted`. */
function chosen(parts: readonly (readonly Choice[])[], wanted: bigint): readonly Choice[] | undefined | 'unknown' {
  const rest = parts.map((_, at) =>
    parts.slice(at).reduce((bits, choices) => choices.reduce((sum, { off }) => sum | off, bits), 0n),
  );
  let steps = 0;
  const from = (at: number, missing: bigint): readonly Choice[] | undefined => {
    steps += 1;
    if (steps > MOST_STEPS || (missing & ~(rest[at] ?? 0n)) !== 0n) return undefined;
    if (at === parts.length) return [];
    for (const choice of parts[at] ?? []) {
      const more = from(at + 1, missing & ~choice.off);
      if (more !== undefined) return [choice, ...more];
    }
    return undefined;
  };
  return from(0, wanted) ?? (steps > MOST_STEPS ? 'unknown' : undefined);
}

function requestOf(stand: Stand, parts: readonly Part[], values: readonly (string | undefined)[]): Request {
  const headers: Record<string, string> = {};
  const query: string[] = [];
  const said = { path: '/', method: 'GET', host: '' };
  for (const [at, { name }] of parts.entries()) {
    const value = values[at];
    if (value === undefined || name === ':scheme') continue;
    if (name === 'path') said.path = value;
    else if (name === ':method') said.method = value;
    else if (name === ':authority') said.host = value;
    else if (name.startsWith('?')) query.push(value === '' ? name.slice(1) : `${name.slice(1)}=${value}`);
    else headers[name] = value;
  }
  const { port, tls } = stand;
  const path = query.length === 0 ? said.path : `${said.path}?${query.join('&')}`;
  const sni = tls ? { protocol: 'https' as const, sni: said.host.split(':')[0] ?? '' } : {};
  return { port, host: said.host, path, method: said.method, headers, ...sni };
}

/** More rules in front than these are not looked through. */
const MOST_FRONT = 200;

/**
 * Looks through all requests there are, in classes that no condition tells apart: those that reach a route behind others, one for each
 * authority that may do; or that there is none, with as few of the routes in front as keep all of them off. Where a condition can't be read
 * (an expression with word borders, say), or there are too many classes, it says so.
 */
export function reachOf(stand: Stand): Reach {
  if (stand.route.claims.some(({ invert }) => !invert)) return { kind: 'none', by: [] };
  const front = stand.front.filter((route) => route.claims.every(({ invert }) => invert));
  const now = { ...stand, front };
  const parts = front.length > MOST_FRONT ? undefined : partsOf(now);
  if (parts === undefined) return { kind: 'unknown' };
  const order = [...parts].sort((a, b) => Number(b.name === ':authority') - Number(a.name === ':authority'));
  const [authorities = [], ...others] = order.map((part) => choicesOf(part, now));
  const requests: Request[] = [];
  const look = (wanted: bigint): Reach['kind'] => {
    requests.length = 0;
    for (const authority of authorities) {
      const found = chosen(others, wanted & ~authority.off);
      if (found === 'unknown') return found;
      const values = found && [authority.value, ...found.map(({ value }) => value)];
      if (values !== undefined) requests.push(requestOf(now, order, values));
    }
    return requests.length === 0 ? 'none' : 'requests';
  };
  let wanted = (1n << BigInt(front.length)) - 1n;
  const kind = look(wanted);
  if (kind === 'requests') return { kind, requests };
  if (kind === 'unknown') return { kind };
  for (const n of front.keys()) {
    const fewer = wanted & ~(1n << BigInt(n));
    if (look(fewer) === 'none') wanted = fewer;
  }
  return { kind, by: front.filter((_, n) => (wanted & (1n << BigInt(n))) !== 0n) };
}
