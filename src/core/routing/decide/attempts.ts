import type { RetryPolicy } from '../compile/envoy.ts';

/** How a workload that answers as told ends, with all attempts. */
export interface Ending {
  readonly status: number;
  readonly flags: string;
  readonly details: string;
  readonly attempts: number;
  /** When the answer is there, in milliseconds from the first attempt. */
  readonly afterMs: number;
}

const known = new WeakMap<RetryPolicy, ReadonlySet<string>>();

function conditions(retry: RetryPolicy): ReadonlySet<string> {
  const on = known.get(retry) ?? new Set(retry.on.split(',').map((part) => part.trim()));
  known.set(retry, on);
  return on;
}

function wantsStatus(retry: RetryPolicy, on: ReadonlySet<string>, status: number): boolean {
  return (
    (on.has('5xx') && status >= 500 && status < 600) ||
    (on.has('gateway-error') && status >= 502 && status <= 504) ||
    (on.has('retriable-4xx') && status === 409) ||
    (on.has('retriable-status-codes') && retry.statusCodes.includes(status))
  );
}

/** A try that took too long is a reset: only these conditions hold for it. */
function wantsReset(on: ReadonlySet<string>): boolean {
  return on.has('5xx') || on.has('gateway-error') || on.has('reset');
}

/** The pause before the n-th retry: drawn from 0 up to twice as much each time; its middle here. */
function pauseMs(retry: RetryPolicy, n: number): number {
  return Math.min(retry.backoffMs * (2 ** n - 1), retry.backoffMs * 10) / 2;
}

/** Plays the attempts of a request to a workload that answers `status` after `delayMs`, under the route's timeout (0: none). */
export function playAttempts(
  status: number,
  delayMs: number,
  timeoutMs: number,
  retry: RetryPolicy | undefined,
): Ending {
  // What nearly all are: no condition but a status of the rule's own can hold for it.
  if (delayMs === 0 && status < 400 && retry?.statusCodes.includes(status) !== true)
    return { status, flags: '', details: '', attempts: 1, afterMs: 0 };
  const on = retry === undefined ? new Set<string>() : conditions(retry);
  const perTry =
    retry !== undefined && retry.perTryTimeoutMs > 0 && (timeoutMs === 0 || retry.perTryTimeoutMs < timeoutMs)
      ? retry.perTryTimeoutMs
      : Infinity;
  const limit = timeoutMs > 0 ? timeoutMs : Infinity;
  let at = 0;
  for (let attempt = 1; ; attempt++) {
    const tooLong = delayMs > perTry;
    const ends = at + Math.min(delayMs, perTry);
    if (ends >= limit)
      return { status: 504, flags: 'UT', details: 'response_timeout', attempts: attempt, afterMs: limit };
    const wanted = retry !== undefined && (tooLong ? wantsReset(on) : wantsStatus(retry, on, status));
    if (!wanted || retry === undefined || attempt > retry.attempts) {
      const exhausted = wanted ? 'URX' : '';
      if (tooLong)
        return {
          status: 504,
          flags: ['UT', exhausted].filter((f) => f !== '').join(','),
          details: 'upstream_per_try_timeout',
          attempts: attempt,
          afterMs: ends,
        };
      return { status, flags: exhausted, details: '', attempts: attempt, afterMs: ends };
    }
    at = ends + pauseMs(retry, attempt);
    if (at >= limit)
      return { status: 504, flags: 'UT', details: 'response_timeout', attempts: attempt, afterMs: limit };
  }
}
