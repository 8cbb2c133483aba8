import type { Route } from '../compile/envoy.ts';
import type { RouteSummary } from '../types.ts';

const made = new WeakMap<Route, RouteSummary>();

/** A route's static content as `answer` writes it; the same object for the same route. */
export function routeSummary(route: Route, virtualHost: string): RouteSummary {
  const found = made.get(route);
  if (found !== undefined) return found;
  const { action, fault } = route;
  const forward = action.kind === 'forward' ? action : undefined;
  const retry = forward?.retry;
  const summary: RouteSummary = {
    ...(route.config === '' ? {} : { config: route.config }),
    ...(route.name === '' ? {} : { name: route.name }),
    virtualHost,
    ...(forward === undefined
      ? {}
      : {
          destinations: forward.clusters.map((c) => ({ cluster: c.cluster, weight: c.weight })),
          timeoutMs: forward.timeoutMs,
        }),
    ...(retry === undefined
      ? {}
      : {
          retry: {
            attempts: retry.attempts,
            on: retry.on,
            ...(retry.statusCodes.length > 0 ? { statusCodes: retry.statusCodes } : {}),
            ...(retry.perTryTimeoutMs > 0 ? { perTryTimeoutMs: retry.perTryTimeoutMs } : {}),
          },
        }),
    ...(forward === undefined || forward.mirrors.length === 0 ? {} : { mirrors: forward.mirrors }),
    ...(fault?.abort === undefined
      ? {}
      : {
          abort: {
            // An abort without a percentage reads as a whole one in Envoy's configuration, and yet never fires.
            percent: fault.abort.percent ?? 100,
            ...(fault.abort.grpcStatus === undefined
              ? { httpStatus: fault.abort.httpStatus }
              : { grpcStatus: fault.abort.grpcStatus }),
          },
        }),
    ...(fault?.delay === undefined ? {} : { delay: fault.delay }),
    ...(forward === undefined || forward.hash.length === 0 ? {} : { hash: forward.hash }),
    ...(route.cors === undefined ? {} : { cors: true }),
  };
  made.set(route, summary);
  return summary;
}
