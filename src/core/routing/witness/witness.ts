import type { FilterChain, Route, RouteConfig, VirtualHost } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Decision, Request, RuleRef, Witness } from '../types.ts';
import { candidatesFor } from './candidates.ts';
import { connectionsFor } from './connections.ts';
import { reachOf } from './exact.ts';
import { pastRoute } from './past-route.ts';

/** A place where a rule became a route. */
interface Spot {
  readonly route: Route;
  readonly config: RouteConfig;
  readonly host: VirtualHost;
  readonly port: number;
  readonly address: string;
  readonly tls: boolean;
}

/** A request to try, and the virtual host that ought to serve it. */
interface Attempt {
  readonly host: VirtualHost;
  readonly route: Route;
  readonly request: Request;
  readonly depth: number;
}

const TRIES = 400;

const sameRef = (a: RuleRef | undefined, b: RuleRef | undefined): boolean =>
  a?.resource === b?.resource && a?.match === b?.match && JSON.stringify(a?.path) === JSON.stringify(b?.path);

/** True where a decision took the rule, or an entry of it where none is asked for. */
const names = (decision: Decision, rule: RuleRef): boolean =>
  [decision.rule, decision.root].some((ref) => covers(rule, ref));

const covers = (rule: RuleRef, ref: RuleRef | undefined): boolean =>
  ref?.resource === rule.resource &&
  JSON.stringify(ref.path) === JSON.stringify(rule.path) &&
  (rule.match === undefined || ref.match === rule.match);

const isRule = (route: Route, rule: RuleRef): boolean => covers(rule, route.rule) || covers(rule, route.root);

function spotsOf(proxy: CompiledProxy, rule: RuleRef): readonly Spot[] {
  return proxy.listeners.flatMap((listener) => {
    const { port, address } = listener;
    const chains: readonly FilterChain[] =
      listener.defaultChain === undefined ? listener.chains : [...listener.chains, listener.defaultChain];
    return chains.flatMap(({ http, tls }) => {
      if (http === undefined) return [];
      const config = proxy.routeConfig(http.routeConfig);
      return config.virtualHosts.flatMap((host) =>
        host.routes
          .filter((route) => isRule(route, rule))
          .map((route) => ({ route, config, host, port, address, tls })),
      );
    });
  });
}

/** How long a request is to write: the witness is the shortest. */
function size(request: Request): number {
  const headers = Object.entries(request.headers ?? {}).reduce(
    (sum, [name, value]) => sum + name.length + value.length + 6,
    0,
  );
  return (request.path ?? '').length + (request.host ?? '').length + headers + (request.method === 'GET' ? 0 : 8);
}

const ANYWHERE = '0.0.0.0';

/** What takes a request where no rule does; `attempts` are those that ought to reach the rule. */
function otherwise(decision: Decision | undefined, attempts: readonly Attempt[], isServed: boolean): string {
  const [outcome] = decision?.outcomes ?? [];
  if (outcome?.location?.startsWith('https://') === true)
    return 'The server sends all plain HTTP to HTTPS before any rule is looked at.';
  if (outcome?.error !== undefined) return `The request ends before: ${outcome.error}.`;
  if (!isServed) return 'Its condition on the authority fits no name that the hosts allow.';
  const asksScheme = attempts.some(({ route }) => route.headers.some(({ name }) => name === ':scheme'));
  return asksScheme
    ? 'Its condition on the scheme does not hold for requests that come this way.'
    : 'No request was found that fits all its conditions.';
}

interface Proof {
  readonly kind: 'none';
  /** Rules in front that take everything together. */
  readonly by: readonly RuleRef[];
}

/** Looks through all requests at all places of the rule: one that reaches it, or that none does; `undefined` where that can't be told. */
function exactly(
  spots: readonly Spot[],
  rule: RuleRef,
  decide: (request: Request) => Decision,
): Extract<Witness, { kind: 'request' }> | Proof | undefined {
  const by: RuleRef[] = [];
  let told = true;
  const seen = new Set<Route>();
  for (const { route, config, host, port, address, tls } of spots) {
    if (seen.has(route)) continue;
    seen.add(route);
    if (host.requireTls && !tls) continue;
    const front = host.routes.slice(0, host.routes.indexOf(route)).filter((one) => !isRule(one, rule));
    const reach = reachOf({ route, front, config, host, port, tls });
    if (reach.kind === 'none') by.push(...reach.by.flatMap((one) => one.rule ?? []));
    else told = false;
    if (reach.kind !== 'requests') continue;
    for (const request of reach.requests) {
      const there = address === ANYWHERE ? request : { ...request, address };
      if (names(decide(there), rule)) return { kind: 'request', request: there };
    }
  }
  return told
    ? { kind: 'none', by: by.filter((one, at) => by.findIndex((other) => sameRef(other, one)) === at) }
    : undefined;
}

/** `rule 1 of VirtualService a/b takes`, or several that do it together. */
function togetherWords(by: readonly RuleRef[]): string {
  const named = [...new Set(by.map(({ resource, path }) => `rule ${Number(path[2] ?? 0) + 1} of ${resource}`))];
  const last = named.at(-1) ?? '';
  return named.length === 1 ? `${last} takes` : `${named.slice(0, -1).join(', ')} and ${last} together take`;
}

/**
 * Looks for the smallest request that reaches a rule (or one of its match entries) from a proxy. Where all that ought to reach it are
 * taken by others, says by whom; where the rule is no route of this proxy at all, says so.
 */
export function findWitness(proxy: CompiledProxy, rule: RuleRef, decide: (request: Request) => Decision): Witness {
  const connections = connectionsFor(proxy, (one) => covers(rule, one));
  const taken = connections.find((request) => names(decide(request), rule));
  if (taken !== undefined) return { kind: 'request', request: taken };
  const spots = spotsOf(proxy, rule);
  if (spots.length === 0 && connections.length === 0)
    return {
      kind: 'unreachable',
      why: 'The rule is no route for this caller: its gateways, port, source conditions or a rule in front keep it out.',
    };
  const queue: Attempt[] = spots.flatMap(({ route, host, port, address, tls }) =>
    candidatesFor(route, host, port, tls).map((request) => ({
      host,
      route,
      request: address === ANYWHERE ? request : { ...request, address },
      depth: 0,
    })),
  );
  queue.sort((a, b) => size(a.request) - size(b.request));
  const first = [...queue];
  let isServed = false;
  const [connection] = connections;
  let eaten: { readonly request: Request; readonly decision: Decision } | undefined = connection && {
    request: connection,
    decision: decide(connection),
  };
  const seen = new Set<string>();
  for (let tries = 0; tries < TRIES;) {
    const attempt = queue.shift();
    if (attempt === undefined) break;
    const key = JSON.stringify(attempt.request);
    if (seen.has(key)) continue;
    seen.add(key);
    tries++;
    const decision = decide(attempt.request);
    if (names(decision, rule)) return { kind: 'request', request: attempt.request };
    if (decision.virtualHost === attempt.host.name) isServed = true;
    eaten ??= { request: attempt.request, decision };
    const front = attempt.host.routes.find(
      (route) => route.rule !== undefined && sameRef(route.rule, decision.rule) && sameRef(route.root, decision.root),
    );
    if (front === undefined || attempt.depth >= 6) continue;
    for (const request of pastRoute(attempt.request, front, attempt.route, attempt.host))
      queue.push({ ...attempt, request, depth: attempt.depth + 1 });
  }
  const looked = connections.length > 0 ? undefined : exactly(spots, rule, decide);
  if (looked?.kind === 'request') return looked;
  const by = looked === undefined ? eaten?.decision.rule : looked.by[0];
  const why =
    by === undefined
      ? otherwise(eaten?.decision, first, isServed)
      : looked === undefined
        ? `A rule in front takes what ought to reach it, of ${by.resource}.`
        : `In front of it ${togetherWords(looked.by)} every request that fits it.`;
  return {
    kind: 'eaten',
    ...(eaten === undefined ? {} : { request: eaten.request }),
    ...(by === undefined ? {} : { by }),
    ...(looked === undefined ? {} : { proven: true as const }),
    why,
  };
}

const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A request as a `curl` command. */
export function asCurl(request: Request): string {
  const https = request.protocol === 'https';
  const host = request.host ?? '';
  const bare = host.includes(':') || request.port === (https ? 443 : 80) ? host : `${host}:${request.port}`;
  const method = request.method === undefined || request.method === 'GET' ? [] : ['-X', request.method];
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) => [
    '-H',
    quote(value === '' ? `${name};` : `${name}: ${value}`),
  ]);
  return ['curl', ...method, ...headers, quote(`${https ? 'https' : 'http'}://${bare}${request.path ?? '/'}`)].join(
    ' ',
  );
}
