import { resourceId } from '../../base/ids.ts';
import type { Decision, Outcome, Place, Reason, Request, RouteSummary } from '../../routing/types.ts';

const seconds = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`);
const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
const percent = (value: number): string =>
  value >= 100 ? 'Every request' : `${Number(value.toFixed(2))} % of requests`;

/** `reviews v1` for Envoy's `outbound|9080|v1|reviews.default.svc.cluster.local`; the name as it is for others. */
export function clusterLabel(cluster: string): string {
  if (cluster === 'PassthroughCluster') return 'the address that was dialled';
  const [direction, , subset, host] = cluster.split('|');
  if (direction !== 'outbound' || host === undefined) return cluster;
  const name = host.endsWith('.svc.cluster.local') ? (host.split('.')[0] ?? host) : host;
  return subset === undefined || subset === '' ? name : `${name} ${subset}`;
}

type At = (field: string) => Pick<Reason, 'place'>;

function retryReason(retry: RouteSummary['retry'], at: At): Reason {
  if (retry === undefined || retry.attempts === 0) return { text: 'Not tried again when it fails.', ...at('retries') };
  const place = at('retries');
  const whose = place.place === undefined ? ' (Istio’s default)' : '';
  const again503 = /5xx|gateway-error/.test(retry.on) || retry.statusCodes?.includes(503) === true;
  const each = retry.perTryTimeoutMs === undefined ? '' : `, each given ${seconds(retry.perTryTimeoutMs)}`;
  // It stands for the codes, which are listed where there are some.
  const on = retry.on.split(',').filter((one) => one !== 'retriable-status-codes');
  const codes = retry.statusCodes === undefined ? '' : ` and on status ${retry.statusCodes.join(', ')}`;
  return {
    text: `Tried again up to ${times(retry.attempts)} on ${on.join(', ')}${codes}${each}${whose}.${again503 ? '' : ' A 503 of the workload is not retried.'}`,
    ...place,
  };
}

function faultReasons({ delay, abort }: RouteSummary, at: At): readonly Reason[] {
  const status = abort?.httpStatus ?? (abort?.grpcStatus === undefined ? '' : `gRPC ${abort.grpcStatus}`);
  return [
    ...(delay ? [{ text: `${percent(delay.percent)} wait ${seconds(delay.ms)} first (fault).`, ...at('fault') }] : []),
    ...(abort ? [{ text: `${percent(abort.percent)} get ${status} at once (fault).`, ...at('fault') }] : []),
  ];
}

function changes(request: Request, outcome: Outcome | undefined, at: At): readonly Reason[] {
  const seen = outcome?.upstream;
  if (!seen) return [];
  const reasons: Reason[] = [];
  const asked = (request.path ?? '/').split('?')[0] ?? '/';
  const path = seen.path.split('?')[0] ?? '/';
  if (path !== asked) reasons.push({ text: `The path \`${asked}\` becomes \`${path}\`.`, ...at('rewrite') });
  if (request.host !== undefined && seen.host !== request.host)
    reasons.push({ text: `The host \`${request.host}\` becomes \`${seen.host}\`.`, ...at('rewrite') });
  const before = new Map(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value.trim()]),
  );
  for (const [name, value] of Object.entries(seen.headers ?? {})) {
    const old = before.get(name);
    if (old === undefined) reasons.push({ text: `Header \`${name}: ${value}\` is added.`, ...at('headers') });
    else if (old !== value) reasons.push({ text: `Header \`${name}\` becomes \`${value}\`.`, ...at('headers') });
  }
  for (const name of before.keys()) {
    if (seen.headers?.[name] === undefined && !name.startsWith('x-envoy') && !DROPPED.has(name))
      reasons.push({ text: `Header \`${name}\` is taken away.`, ...at('headers') });
  }
  for (const [name, value] of Object.entries(outcome.responseHeaders ?? {}))
    reasons.push({ text: `The answer carries \`${name}: ${value}\`.`, ...at('headers') });
  return reasons;
}
/** Headers of the connection: outcomes do not list them, so that they are missing says nothing. */
const DROPPED = new Set(['connection', 'content-length', 'x-request-id', 'x-forwarded-proto', 'x-forwarded-for']);

/**
 * What happens to a request between the rule and the workload, in short sentences: faults, rewrites and headers, copies, timeout, retries,
 * hashing. `written` tells whether the rule has a field; sentences about what is written carry its place.
 */
export function wayReasons(
  decision: Decision,
  request: Request,
  written: (field: string) => boolean,
): readonly Reason[] {
  const { route, rule, outcomes } = decision;
  if (!route?.destinations) return [];
  const at: At = (field) => {
    if (rule === undefined || !written(field)) return {};
    const place: Place = { resource: resourceId(rule.resource), path: [...rule.path, field] };
    return { place };
  };
  const reasons = [
    ...faultReasons(route, at),
    ...changes(
      request,
      outcomes.find((one) => one.upstream),
      at,
    ),
  ];
  for (const { cluster, percent: share } of route.mirrors ?? [])
    reasons.push({
      text: `${share >= 100 ? 'A copy' : `A copy of ${Number(share.toFixed(2))} %`} goes to ${clusterLabel(cluster)}; its answer is thrown away.`,
      ...at(written('mirrors') ? 'mirrors' : 'mirror'),
    });
  reasons.push(
    route.timeoutMs === undefined || route.timeoutMs === 0
      ? { text: 'No timeout: it waits as long as the workload takes.' }
      : { text: `Given up after ${seconds(route.timeoutMs)} with 504 (timeout).`, ...at('timeout') },
    retryReason(route.retry, at),
  );
  if (route.cors) reasons.push({ text: 'CORS: preflight requests are answered here.', ...at('corsPolicy') });
  if (route.hash?.length) reasons.push({ text: `The same ${route.hash.join(', ')} stays on the same pod (hash).` });
  return reasons;
}
