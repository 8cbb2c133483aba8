import { isService } from '../../istio/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import type { RetryPolicy, Route } from '../../routing/compile/envoy.ts';
import type { Outcome, Request, RuleRef } from '../../routing/index.ts';
import { partsOf } from './clusters.ts';
import { keyOf, siteEntries } from './entries.ts';
import { witnessOn } from './requests.ts';
import type { Say } from './types.ts';
import type { Caller, Site, View } from './view.ts';

interface Retried {
  readonly view: View;
  readonly site: Site;
  readonly route: Route;
  readonly rule: RuleRef;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly witness: Request;
}

function playedWith({ view, site }: Retried, request: Request): Outcome | undefined {
  const { outcomes } = view.engine.decide(site.caller.proxy, request);
  return outcomes.find(({ upstream }) => upstream !== undefined);
}

const seconds = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`);
const onTimeout = (retry: RetryPolicy): boolean =>
  /(^|,)(5xx|gateway-error|reset)(,|$)/.test(retry.on.replaceAll(' ', ''));

/** A workload that answers too late for a try. */
function slow(at: Retried): Request {
  const slowest = at.retry.perTryTimeoutMs + 200;
  return { ...at.witness, upstreamDelayMs: slowest };
}

function notTried(at: Retried, say: Say): void {
  const { retry, rule, site, timeoutMs } = at;
  if (retry.perTryTimeoutMs === 0 || onTimeout(retry)) return;
  if (timeoutMs > 0 && timeoutMs <= retry.perTryTimeoutMs) return;
  const request = slow(at);
  if (playedWith(at, request)?.details !== 'upstream_per_try_timeout') return;
  say({
    code: 'MW-RETRY-TIMEOUT',
    resource: rule.resource,
    path: [...rule.path, 'retries'],
    message: `A try that takes longer than ${seconds(retry.perTryTimeoutMs)} ends in 504 and is not tried again: retryOn says nothing of timeouts.`,
    remedy: "Write retryOn with gateway-error or reset, such as 'gateway-error,connect-failure,refused-stream'.",
    proxy: site.caller.proxy,
    request,
    claim: { rule, details: 'upstream_per_try_timeout' },
  });
}

function cut(at: Retried, say: Say): void {
  const { retry, rule, site, timeoutMs } = at;
  if (retry.perTryTimeoutMs === 0 || timeoutMs === 0 || !onTimeout(retry)) return;
  if (retry.perTryTimeoutMs >= timeoutMs) return;
  const request = slow(at);
  const outcome = playedWith(at, request);
  const tried = outcome?.attempts ?? 1;
  if (outcome?.details !== 'response_timeout' || tried > retry.attempts) return;
  // The pauses between tries are drawn by chance: only what leaves some room is told.
  const fits = Math.floor(timeoutMs / retry.perTryTimeoutMs);
  if (fits > retry.attempts) return;
  say({
    code: 'MW-RETRY-CUT',
    resource: rule.resource,
    path: [...rule.path, 'retries', 'attempts'],
    message: `Of ${retry.attempts + 1} tries of ${seconds(retry.perTryTimeoutMs)} no more than ${fits} fit into the timeout of ${seconds(timeoutMs)}.`,
    remedy: 'Raise the timeout, or lower perTryTimeout or attempts.',
    proxy: site.caller.proxy,
    request,
    claim: { rule, details: 'response_timeout' },
  });
}

/** The gateways' pods that a service stands for: its selector is theirs. */
function gatewaysBehind(view: View, host: string): readonly Caller[] {
  const found = view.mesh.services.get(host);
  const resource: AnyResource | undefined =
    found?.resource === undefined ? undefined : view.mesh.byId.get(found.resource);
  const selector = resource !== undefined && isService(resource) ? resource.spec.selector : undefined;
  if (selector === undefined || Object.keys(selector).length === 0) return [];
  return view.callers.filter(
    ({ proxy }) =>
      proxy.type === 'gateway' && Object.entries(selector).every(([key, value]) => proxy.labels?.[key] === value),
  );
}

const LEAST_STORM = 9;

function storm(at: Retried, say: Say): void {
  const { view, route, site, rule, retry, witness } = at;
  if (site.caller.proxy.type === 'gateway' || route.action.kind !== 'forward') return;
  const failing: Request = { ...witness, upstreamStatus: 503 };
  const outer = playedWith(at, failing);
  if (outer?.attempts !== retry.attempts + 1) return;
  for (const { cluster } of route.action.clusters) {
    const name = partsOf(cluster);
    for (const gateway of name === undefined ? [] : gatewaysBehind(view, name.host)) {
      const { protocol: _protocol, sni: _sni, address: _address, ...rest } = failing;
      const request = { ...rest, port: name?.port ?? 0, host: outer.upstream?.host ?? rest.host ?? '' };
      const inner = view.engine.decide(gateway.proxy, request);
      const tried = Math.max(0, ...inner.outcomes.map(({ attempts }) => attempts ?? 1));
      const all = tried * (retry.attempts + 1);
      if (tried < 2 || all < LEAST_STORM || inner.rule === undefined) continue;
      say({
        code: 'MW-RETRY-STORM',
        resource: rule.resource,
        path: [...rule.path, 'retries', 'attempts'],
        message: `One request may become ${all}: ${retry.attempts + 1} tries here, each of them tried ${tried} times by the gateway behind ${name?.host ?? ''}.`,
        remedy: 'Retry in one place only: set attempts: 0 in the other.',
        proxy: site.caller.proxy,
        request: failing,
        claim: { rule, attempts: retry.attempts + 1 },
      });
      return;
    }
  }
}

/** Retries that never come, that come too late, and that multiply. */
export function retries(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const { route, ref, rule: written } of siteEntries(site)) {
      const rule: RuleRef = { resource: ref.resource, path: ref.path };
      const action = route?.action;
      if (route === undefined || action?.kind !== 'forward' || action.retry === undefined) continue;
      if (written.retries === undefined || route.fault !== undefined || told.has(keyOf(rule))) continue;
      // A root's retries stand at its own place.
      if (written.root !== undefined) continue;
      const witness = witnessOn(site, route);
      if (witness === undefined) continue;
      told.add(keyOf(rule));
      const at = { view, site, route, rule, retry: action.retry, timeoutMs: action.timeoutMs, witness };
      notTried(at, say);
      cut(at, say);
      storm(at, say);
    }
  }
}
