import type { ClusterChoice, ForwardAction, Route } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Request } from '../types.ts';
import { playAttempts } from './attempts.ts';
import type { CorsVerdict } from './cors.ts';
import { applyOps, joined, linesOf, requestLookup } from './headers.ts';
import type { HeaderLines, HeaderMap } from './headers.ts';
import { headerValue } from './match.ts';
import type { HttpRequest } from './http-request.ts';
import { localReply, shownHeaders } from './reply.ts';
import type { Result } from './reply.ts';
import { rewrittenTarget } from './rewrite.ts';

/** What is known of a cluster when a request is to go there. */
export type ClusterState = 'missing' | 'empty' | 'ready';

/** Whether a cluster exists and has somebody to send to. */
export function clusterState(proxy: CompiledProxy, name: string): ClusterState {
  if (name === 'BlackHoleCluster') return 'empty';
  if (name === 'PassthroughCluster' || name === 'AllowAnyDynamicDNSCluster')
    return proxy.fallback === undefined ? 'missing' : 'ready';
  const plain = name.startsWith('outbound_.')
    ? name.replace(/^outbound_\.(\d+)_\.([^_]*)_\./, 'outbound|$1|$2|')
    : name;
  const cluster = proxy.clusters.get(plain);
  if (cluster === undefined) return 'missing';
  if (cluster.type === 'ORIGINAL_DST' || cluster.type === 'envoy.clusters.dynamic_forward_proxy') return 'ready';
  return cluster.endpoints.length > 0 ? 'ready' : 'empty';
}

/** A request on a route of a proxy. */
export interface OnRoute {
  readonly proxy: CompiledProxy;
  readonly route: Route;
  readonly action: ForwardAction;
  readonly request: HttpRequest;
  readonly asked: Request;
  readonly cors: CorsVerdict | undefined;
}

/** Headers that the route adds to an answer, whoever made it; those of the CORS filter where it ran. `sent`: the request's as it went out. */
export function responseHeaders(on: OnRoute, choice: ClusterChoice, withCors: boolean, sent?: HeaderLines): HeaderMap {
  const lines: HeaderLines = {};
  const lookup = requestLookup((name) =>
    sent === undefined || name.startsWith(':') ? headerValue(on.request, name) : sent[name]?.[0],
  );
  if (on.action.weighted) applyOps(choice.response, lines, lookup);
  applyOps(on.route.response, lines, lookup);
  return withCors && on.cors !== undefined ? { ...joined(lines), ...on.cors.headers } : joined(lines);
}

/** The request's headers as they go out. */
function sentHeaders(on: OnRoute, choice: ClusterChoice): HeaderLines {
  const lines = linesOf(on.request.headers);
  const lookup = requestLookup((name) => (name.startsWith(':') ? headerValue(on.request, name) : lines[name]?.[0]));
  if (on.action.weighted) applyOps(choice.request, lines, lookup);
  applyOps(on.route.request, lines, lookup);
  return lines;
}

/** The request as the workload sees it. */
function upstreamOf(on: OnRoute, choice: ClusterChoice, sent: HeaderLines): NonNullable<Result['upstream']> {
  const host = on.action.hostRewrite || choice.hostRewrite || on.request.host;
  const headers = joined(sent);
  for (const name of Object.keys(headers)) if (hidden(name)) Reflect.deleteProperty(headers, name);
  return {
    method: on.request.method,
    path: rewrittenTarget(on.route, on.action, on.request),
    host,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** Headers that an outcome does not show: Envoy's own and those of the connection. */
export function hidden(name: string): boolean {
  return (
    name.startsWith('x-envoy-') ||
    name === 'x-request-id' ||
    name === 'x-forwarded-proto' ||
    name === 'x-forwarded-for' ||
    name === 'content-length' ||
    name === 'connection'
  );
}

/** Clusters that surely get a copy. Where a copy is a matter of chance the route's `mirrors` says so, and an outcome lists none. */
function copies(on: OnRoute, main: string): readonly string[] {
  const { mirrors } = on.action;
  if (mirrors.some((m) => m.percent > 0 && m.percent < 100)) return [];
  return [...new Set(mirrors.map((m) => m.cluster))]
    .filter((name) => name !== main && clusterState(on.proxy, name) === 'ready')
    .sort();
}

/** The flags of a delay and of what came after it. */
export function joinFlags(...flags: readonly string[]): string {
  return flags.filter((flag) => flag !== '').join(',');
}

/** Sends a request to the cluster that was chosen; `delayed` where a fault held it up before. */
export function forwardTo(on: OnRoute, choice: ClusterChoice, delayed: boolean): Result {
  const delay = delayed ? 'DI' : '';
  const state = clusterState(on.proxy, choice.cluster);
  const destination = choice.destination < 0 ? {} : { destination: choice.destination };
  if (on.cors?.answers === true) {
    const known = state === 'missing' ? {} : { cluster: choice.cluster };
    return {
      ...destination,
      ...known,
      status: 200,
      ...(delayed ? { flags: 'DI' } : {}),
      details: 'cors_response',
      responseHeaders: on.cors.headers,
    };
  }
  const early = (): HeaderMap => responseHeaders(on, choice, true);
  if (state === 'missing')
    return localReply(
      on.request,
      { status: 503, flags: joinFlags(delay, 'NC'), details: 'cluster_not_found' },
      early(),
      destination,
    );
  const rest: Result = { cluster: choice.cluster, ...destination };
  if (state === 'empty')
    return localReply(
      on.request,
      { status: 503, flags: joinFlags(delay, 'UH'), details: 'no_healthy_upstream', body: 'no healthy upstream' },
      early(),
      rest,
    );
  const out = sentHeaders(on, choice);
  const headers = responseHeaders(on, choice, true, out);
  const end = playAttempts(
    on.asked.upstreamStatus || 200,
    on.asked.upstreamDelayMs ?? 0,
    on.action.timeoutMs,
    on.action.retry,
  );
  const mirrors = copies(on, choice.cluster);
  const sent: Result = {
    ...rest,
    upstream: upstreamOf(on, choice, out),
    ...(end.attempts > 1 ? { attempts: end.attempts } : {}),
    ...(mirrors.length > 0 ? { mirrors } : {}),
  };
  if (end.details !== '')
    return localReply(
      on.request,
      {
        status: end.status,
        flags: joinFlags(delay, end.flags),
        details: end.details,
        body: 'upstream request timeout',
      },
      headers,
      sent,
    );
  const flags = joinFlags(delay, end.flags);
  const shown = shownHeaders(headers);
  return {
    ...sent,
    status: end.status,
    ...(flags === '' ? {} : { flags }),
    ...(shown === undefined ? {} : { responseHeaders: shown }),
  };
}
