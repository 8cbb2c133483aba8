import type { ClusterChoice, ForwardAction, Route, RouteConfig } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Decision, Outcome, Request } from '../types.ts';
import { corsVerdict } from './cors.ts';
import { clusterState, forwardTo, joinFlags, responseHeaders } from './forward.ts';
import type { OnRoute } from './forward.ts';
import { applyOps, joined, linesOf, requestLookup } from './headers.ts';
import type { HeaderMap } from './headers.ts';
import { httpRequest } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import { headerValue } from './match.ts';
import { refusal } from './refusal.ts';
import { localReply } from './reply.ts';
import type { Result } from './reply.ts';
import { ownLocation, redirectLocation } from './rewrite.ts';
import { routeIndexOf } from './route-index.ts';
import { routeSummary } from './summary.ts';
import { virtualHostFor } from './virtual-host.ts';

const FAULT_BODY = 'fault filter abort';

/** A branch of chance with its share. */
interface Branch {
  readonly share: number;
  readonly delayed: boolean;
  readonly aborted: boolean;
}

/** Whether a fault delays, and then aborts: every combination that can be, what is not delayed first. */
function faultBranches(route: Route): readonly Branch[] {
  const delay = (route.fault?.delay?.percent ?? 0) / 100;
  const abort = (route.fault?.abort?.percent ?? 0) / 100;
  const out: Branch[] = [];
  for (const [delayed, d] of [
    [false, 1 - delay],
    [true, delay],
  ] as const) {
    for (const [aborted, a] of [
      [false, 1 - abort],
      [true, abort],
    ] as const)
      if (d * a > 0) out.push({ share: d * a, delayed, aborted });
  }
  return out;
}

/** Headers of a route's own on an answer that no cluster gave, over those that the answer has already. */
function ownHeaders(route: Route, request: HttpRequest, given: HeaderMap = {}): HeaderMap {
  const lines = linesOf(given);
  applyOps(
    route.response,
    lines,
    requestLookup((name) => headerValue(request, name)),
  );
  return joined(lines);
}

function abortReply(route: Route, request: HttpRequest, branch: Branch, headers: HeaderMap, rest: Result): Result {
  const abort = route.fault?.abort;
  const grpc = abort?.grpcStatus;
  if (grpc !== undefined && (request.headers['content-type'] ?? '').startsWith('application/grpc'))
    headers['grpc-status'] = String(grpc);
  const status = grpc === undefined ? (abort?.httpStatus ?? 0) : 200;
  return localReply(
    request,
    { status, flags: joinFlags(branch.delayed ? 'DI' : '', 'FI'), details: 'fault_filter_abort', body: FAULT_BODY },
    headers,
    rest,
  );
}

function forwardBranch(on: OnRoute, choice: ClusterChoice, branch: Branch): Result {
  if (!branch.aborted) return forwardTo(on, choice, branch.delayed);
  const known = clusterState(on.proxy, choice.cluster) === 'missing' ? {} : { cluster: choice.cluster };
  const destination = choice.destination < 0 ? {} : { destination: choice.destination };
  return abortReply(on.route, on.request, branch, responseHeaders(on, choice, false), { ...known, ...destination });
}

function forwardOutcomes(on: OnRoute): readonly Outcome[] {
  const total = on.action.clusters.reduce((sum, c) => sum + c.weight, 0);
  return faultBranches(on.route).flatMap((branch) =>
    on.action.clusters.map((choice) => ({
      probability: branch.share * (on.action.clusters.length === 1 ? 1 : choice.weight / total),
      ...forwardBranch(on, choice, branch),
    })),
  );
}

/** What a redirect or a direct response answers; its `location` is a header like others to the rule's operations. */
function ownReply(route: Route, request: HttpRequest, delayed: boolean): Result {
  const { action } = route;
  const status = action.kind === 'redirect' || action.kind === 'direct' ? action.status : 500;
  const points = status === 201 || (status >= 300 && status < 400);
  const target = action.kind === 'redirect' ? redirectLocation(route, action, request) : ownLocation(request);
  const headers = ownHeaders(route, request, points ? { location: target } : {});
  const { location } = headers;
  const body = action.kind === 'direct' ? action.body : '';
  const reply = { status, flags: delayed ? 'DI' : '', details: 'direct_response', body };
  return localReply(request, location === undefined ? reply : { ...reply, location }, headers, {});
}

function routeOutcomes(proxy: CompiledProxy, route: Route, request: HttpRequest, asked: Request): readonly Outcome[] {
  if (route.action.kind === 'forward') {
    const action: ForwardAction = route.action;
    return forwardOutcomes({ proxy, route, action, request, asked, cors: corsVerdict(route, request) });
  }
  return faultBranches(route).map((branch) => ({
    probability: branch.share,
    ...(branch.aborted
      ? abortReply(route, request, branch, ownHeaders(route, request), {})
      : ownReply(route, request, branch.delayed)),
  }));
}

/** A path with a fragment is no path of a request. */
const BAD_PATH = { status: 400, details: 'path_normalization_failed' } as const;
const NO_ROUTE = { status: 404, flags: 'NR', details: 'route_not_found' } as const;

/** What becomes of an HTTP request in a route configuration: virtual host, redirect to TLS, route, faults, and what the route does. */
export function decideHttp(proxy: CompiledProxy, config: RouteConfig, asked: Request, tls: boolean): Decision {
  const refused = refusal(config);
  if (refused !== undefined) return { outcomes: [{ probability: 1, status: 0, error: refused }] };
  const request = httpRequest(asked, tls);
  if (request.target.includes('#')) return { outcomes: [{ probability: 1, ...localReply(request, BAD_PATH, {}, {}) }] };
  const host = virtualHostFor(config, request.host);
  if (host === undefined) return { outcomes: [{ probability: 1, ...localReply(request, NO_ROUTE, {}, {}) }] };
  const place = { virtualHost: host.name };
  if (host.requireTls && request.scheme !== 'https') {
    const reply = localReply(
      request,
      { status: 301, details: 'direct_response', location: ownLocation(request, 'https') },
      {},
      {},
    );
    return { ...place, outcomes: [{ probability: 1, ...reply }] };
  }
  const route = routeIndexOf(host).find(request);
  if (route === undefined)
    return { ...place, outcomes: [{ probability: 1, ...localReply(request, NO_ROUTE, {}, {}) }] };
  return {
    ...place,
    ...(route.rule === undefined ? {} : { rule: route.rule }),
    ...(route.root === undefined ? {} : { root: route.root }),
    route: routeSummary(route, host.name),
    outcomes: routeOutcomes(proxy, route, request, asked),
  };
}
