import type { ClusterChoice, ForwardAction, HeaderOps, Route } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Outcome, Request } from '../types.ts';
import { playAttempts } from './attempts.ts';
import type { CorsVerdict } from './cors.ts';
import { applyOps, joined, linesOf, requestLookup } from './headers.ts';
import type { HeaderLines, HeaderMap } from './headers.ts';
import { headerValue } from './match.ts';
import type { HttpRequest } from './http-request.ts';
import { localReply, shownHeaders } from './reply.ts';
import type { Draft } from './reply.ts';
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

const changesNothing = ({ put, remove }: HeaderOps): boolean => put.length + remove.length === 0;

/** Headers that the route adds to an answer, whoever made it; those of the CORS filter where it ran. `sent`: the request's as it went out. */
export function responseHeaders(on: OnRoute, choice: ClusterChoice, withCors: boolean, sent?: HeaderLines): HeaderMap {
  const cors = withCors ? on.cors?.headers : undefined;
  if (changesNothing(on.route.response) && (!on.action.weighted || changesNothing(choice.response))) return { ...cors };
  const lines: HeaderLines = {};
  const lookup = requestLookup((name) =>
    sent === undefined || name.startsWith(':') ? headerValue(on.request, name) : sent[name]?.[0],
  );
  if (on.action.weighted) applyOps(choice.response, lines, lookup);
  applyOps(on.route.response, lines, lookup);
  return { ...joined(lines), ...cors };
}

/** The request's headers as they go out; `undefined` where they go as they came. */
function sentHeaders(on: OnRoute, choice: ClusterChoice): HeaderLines | undefined {
  if (changesNothing(on.route.request) && (!on.action.weighted || changesNothing(choice.request))) return undefined;
  const lines = linesOf(on.request.headers);
  const lookup = requestLookup((name) => (name.startsWith(':') ? headerValue(on.request, name) : lines[name]?.[0]));
  if (on.action.weighted) applyOps(choice.request, lines, lookup);
  applyOps(on.route.request, lines, lookup);
  return lines;
}

/** The request as the workload sees it. */
function upstreamOf(
  on: OnRoute,
  choice: ClusterChoice,
  sent: HeaderLines | undefined,
): NonNullable<Outcome['upstream']> {
  const host = on.action.hostRewrite || choice.hostRewrite || on.request.host;
  const path = rewrittenTarget(on.route, on.action, on.request);
  const all = sent === undefined ? on.request.headers : joined(sent);
  const headers: HeaderMap = {};
  let some = false;
  for (const name in all) {
    if (hidden(name)) continue;
    headers[name] = all[name] ?? '';
    some = true;
  }
  const { method } = on.request;
  return some ? { method, path, host, headers } : { method, path, host };
}

/** Headers that an outcome does not show: Envoy's own and those of the connection. */
export function hidden(name: string): boolean {
  const first = name.charAt(0);
  if (first !== 'x' && first !== 'c') return false;
  return (
    name.startsWith('x-envoy-') ||
    name === 'x-request-id' ||
    name === 'x-forwarded-proto' ||
    name === 'x-forwarded-for' ||
    name === 'content-length' ||
    name === 'connection'
  );
}

const NONE: readonly string[] = [];

/** Clusters that surely get a copy. Where a copy is a matter of chance the route's `mirrors` says so, and an outcome lists none. */
function copies(on: OnRoute, main: string): readonly string[] {
  const { mirrors } = on.action;
  if (mirrors.length === 0) return NONE;
  if (mirrors.some((m) => m.percent > 0 && m.percent < 100)) return [];
  return [...new Set(mirrors.map((m) => m.cluster))]
    .filter((name) => name !== main && clusterState(on.proxy, name) === 'ready')
    .sort();
}

/** The flags of a delay and of what came after it. */
export function joinFlags(delay: string, flags: string): string {
  return delay === '' || flags === '' ? delay + flags : `${delay},${flags}`;
}

/** What is known before a request goes to the cluster that was chosen. */
export function towards(choice: ClusterChoice, state: ClusterState): Draft<Outcome> {
  const out: Draft<Outcome> = { probability: 0 };
  if (state !== 'missing') out.cluster = choice.cluster;
  if (choice.destination >= 0) out.destination = choice.destination;
  return out;
}

/** The workload's own answer, or the one of Envoy's where it was not waited for. */
function answered(on: OnRoute, choice: ClusterChoice, delay: string, out: Draft<Outcome>): Outcome {
  const sent = sentHeaders(on, choice);
  const headers = responseHeaders(on, choice, true, sent);
  const { upstreamStatus, upstreamDelayMs } = on.asked;
  const end = playAttempts(upstreamStatus || 200, upstreamDelayMs ?? 0, on.action.timeoutMs, on.action.retry);
  out.upstream = upstreamOf(on, choice, sent);
  if (end.attempts > 1) out.attempts = end.attempts;
  const mirrors = copies(on, choice.cluster);
  if (mirrors.length > 0) out.mirrors = mirrors;
  const flags = joinFlags(delay, end.flags);
  const { status, details } = end;
  if (details !== '')
    return localReply(on.request, { status, flags, details, body: 'upstream request timeout' }, headers, out);
  out.status = status;
  if (flags !== '') out.flags = flags;
  const shown = shownHeaders(headers);
  if (shown !== undefined) out.responseHeaders = shown;
  return out;
}

/** Sends a request to the cluster that was chosen; `delayed` where a fault held it up before. */
export function forwardTo(on: OnRoute, choice: ClusterChoice, delayed: boolean): Outcome {
  const delay = delayed ? 'DI' : '';
  const state = clusterState(on.proxy, choice.cluster);
  const out = towards(choice, state);
  if (on.cors?.answers === true) {
    out.status = 200;
    if (delayed) out.flags = delay;
    out.details = 'cors_response';
    out.responseHeaders = on.cors.headers;
    return out;
  }
  if (state === 'ready') return answered(on, choice, delay, out);
  const headers = responseHeaders(on, choice, true);
  return state === 'missing'
    ? localReply(on.request, { status: 503, flags: joinFlags(delay, 'NC'), details: 'cluster_not_found' }, headers, out)
    : localReply(
        on.request,
        { status: 503, flags: joinFlags(delay, 'UH'), details: 'no_healthy_upstream', body: 'no healthy upstream' },
        headers,
        out,
      );
}
