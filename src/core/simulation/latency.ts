import type { Outcome, Request, RouteSummary } from '../routing/types.ts';

/**
 * Quantiles of a service's time against its usual time, in thousandths: a long tail to the right, as services have. A table, since
 * Math.log and Math.exp differ in the last bit between engines and times decide order.
 */
const QUANTILES = [420, 540, 620, 690, 750, 810, 870, 930, 1000, 1070, 1150, 1250, 1380, 1560, 1870, 2500, 4200];
/** A proxy's own answer, in microseconds: nobody is asked. */
const LOCAL_US = 300;
const LOCAL_SPREAD_US = 500;

/** A service's usual time in microseconds: 5 to 24 ms, by its name alone. */
function usualUs(cluster: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < cluster.length; i += 1) hash = Math.imul(hash ^ cluster.charCodeAt(i), 0x01000193) >>> 0;
  return 5_000 + (hash % 20) * 1_000;
}

/** `usual` times the quantile at `bits` (32 of them), in whole microseconds. */
function spread(usual: number, bits: number): number {
  const steps = QUANTILES.length - 1;
  const at = bits * (steps / 0x1_0000_0000);
  const step = Math.floor(at);
  const low = QUANTILES[step] ?? 1000;
  const high = QUANTILES[step + 1] ?? low;
  return Math.round((usual * (low + (high - low) * (at - step))) / 1000);
}

/**
 * How long a request takes, in whole microseconds. Only what the configuration fixes is exact (a timeout, an injected delay, a delay that
 * the scenario gives the service); how long a service takes otherwise is made up from its name and chance, to be seen and compared.
 */
export function latencyUs(request: Request, outcome: Outcome, route: RouteSummary | undefined, bits: number): number {
  const flags = (outcome.flags ?? '').split(',');
  const injected = flags.includes('DI') ? (route?.delay?.ms ?? 0) * 1000 : 0;
  if (flags.includes('UT') && route?.timeoutMs) return injected + Math.round(route.timeoutMs * 1000);
  if (outcome.upstream === undefined && outcome.cluster === undefined) {
    return injected + LOCAL_US + Math.floor((bits * LOCAL_SPREAD_US) / 0x1_0000_0000);
  }
  const once = spread(usualUs(outcome.cluster ?? ''), bits) + Math.round((request.upstreamDelayMs ?? 0) * 1000);
  return injected + once * Math.max(1, outcome.attempts ?? 1);
}
