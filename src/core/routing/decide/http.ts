import type { ClusterChoice, ForwardAction, Route, RouteConfig } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Decision, Outcome, Request } from '../types.ts';
import { corsVerdict } from './cors.ts';
import { clusterState, forwardTo, joinFlags, responseHeaders, towards } from './forward.ts';
import type { OnRoute } from './forward.ts';
import { applyOps, joined, linesOf, requestLookup } from './headers.ts';
import type { HeaderMap } from './headers.ts';
import { httpRequest } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import { headerValue } from './match.ts';
import { refusal } from './refusal.ts';
import { localReply } from './reply.ts';
import type { Draft, LocalReply } from './reply.ts';
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

const NO_FAULT: readonly Branch[] = [{ share: 1, delayed: false, aborted: false }];

/** Whether a fault delays, and then aborts: every combination that can be, what is not delayed first. */
function faultBranches(route: Route): readonly Branch[] {
  if (route.fault === undefined) return NO_FAULT;
  const delay = (route.fault.delay?.percent ?? 0) / 100;
  const abort = (route.fault.abort?.percent ?? 0) / 100;
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

function abortReply(
  route: Route,
  request: HttpRequest,
  branch: Branch,
  headers: HeaderMap,
  out: Draft<Outcome>,
): Outcome {
  const abort = route.fault?.abort;
  const grpc = abort?.grpcStatus;
  if (grpc !== undefined && (request.headers['content-type'] ?? '').startsWith('application/grpc'))
    headers['grpc-status'] = String(grpc);
  const status = grpc === undefined ? (abort?.httpStatus ?? 0) : 200;
  return localReply(
    request,
    { status, flags: joinFlags(branch.delayed ? 'DI' : '', 'FI'), details: 'fault_filter_abort', body: FAULT_BODY },
    headers,
    out,
  );
}

function forwardBranch(on: OnRoute, choice: ClusterChoice, branch: Branch): Draft<Outcome> {
  if (!branch.aborted) return forwardTo(on, choice, branch.delayed);
  const out = towards(choice, clusterState(on.proxy, choice.cluster));
  return abortReply(on.route, on.request, branch, responseHeaders(on, choice, false), out);
}

function forwardOutcomes(on: OnRoute): readonly Outcome[] {
  const { clusters } = on.action;
  let total = 0;
  for (const { weight } of clusters) total += weight;
  const outcomes: Outcome[] = [];
  for (const branch of faultBranches(on.route)) {
    for (const choice of clusters) {
      const outcome = forwardBranch(on, choice, branch);
      outcome.probability = branch.share * (clusters.length === 1 ? 1 : choice.weight / total);
      outcomes.push(outcome);
    }
  }
  return outcomes;
}

/** What a redirect or a direct response answers; its `location` is a header like others to the rule's operations. */
function ownReply(route: Route, request: HttpRequest, delayed: boolean, out: Draft<Outcome>): Outcome {
  const { action } = route;
  const status = action.kind === 'redirect' || action.kind === 'direct' ? action.status : 500;
  const points = status === 201 || (status >= 300 && status < 400);
  const target = action.kind === 'redirect' ? redirectLocation(route, action, request) : ownLocation(request);
  const headers = ownHeaders(route, request, points ? { location: target } : {});
  const { location } = headers;
  const body = action.kind === 'direct' ? action.body : '';
  const reply = { status, flags: delayed ? 'DI' : '', details: 'direct_response', body };
  return localReply(request, location === undefined ? reply : { ...reply, location }, headers, out);
}

function routeOutcomes(proxy: CompiledProxy, route: Route, request: HttpRequest, asked: Request): readonly Outcome[] {
  if (route.action.kind === 'forward') {
    const action: ForwardAction = route.action;
    return forwardOutcomes({ proxy, route, action, request, asked, cors: corsVerdict(route, request) });
  }
  return faultBranches(route).map((branch) =>
    branch.aborted
      ? abortReply(route, request, branch, ownHeaders(route, request), { probability: branch.share })
      : ownReply(route, request, branch.delayed, { probability: branch.share }),
  );
}

/** A path with a fragment is no path of a request. */
const BAD_PATH = { status: 400, details: 'path_normalization_failed' } as const;
const NO_ROUTE = { status: 404, flags: 'NR', details: 'route_not_found' } as const;

const sure = (request: HttpRequest, reply: LocalReply): readonly Outcome[] => [
  localReply(request, reply, {}, { probability: 1 }),
];

/** What becomes of an HTTP request in a route configuration: virtual host, redirect to TLS, route, faults, and what the route does. */
export function decideHttp(proxy: CompiledProxy, config: RouteConfig, asked: Request, tls: boolean): Draft<Decision> {
  const refused = refusal(config);
  if (refused !== undefined) return { outcomes: [{ probability: 1, status: 0, error: refused }] };
  const request = httpRequest(asked, tls);
  if (request.target.includes('#')) return { outcomes: sure(request, BAD_PATH) };
  const host = virtualHostFor(config, request.host);
  if (host === undefined) return { outcomes: sure(request, NO_ROUTE) };
  const virtualHost = host.name;
  if (host.requireTls && request.scheme !== 'https') {
    const location = ownLocation(request, 'https');
    return { virtualHost, outcomes: sure(request, { status: 301, details: 'direct_response', location }) };
  }
  const route = routeIndexOf(host).find(request);
  if (route === undefined) return { virtualHost, outcomes: sure(request, NO_ROUTE) };
  const decision: Draft<Decision> = {
    virtualHost,
    route: routeSummary(route, virtualHost),
    outcomes: routeOutcomes(proxy, route, request, asked),
  };
  if (route.rule !== undefined) decision.rule = route.rule;
  if (route.root !== undefined) decision.root = route.root;
  return decision;
}
