import type { JsonObject } from '../../yaml/types.ts';
import type { RetryPolicy } from './envoy.ts';
import { durationAt, numberAt, stringAt } from './read.ts';

const DEFAULT_ON = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

/** What a route retries where nothing is written: connections that fail, twice. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 2,
  on: DEFAULT_ON,
  statusCodes: [],
  perTryTimeoutMs: 0,
  backoffMs: 25,
};

/** Statuses that Go's `http.StatusText` has a text for. */
const STATUSES: ReadonlySet<number> = new Set([
  100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400,
  401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
]);

/** A rule's `retries` for Envoy (istiod: `retry.ConvertPolicy`); `undefined` where they are switched off. */
export function retryPolicy(retries: JsonObject | undefined): RetryPolicy | undefined {
  if (retries === undefined) return DEFAULT_RETRY;
  const attempts = numberAt(retries, 'attempts') ?? 0;
  if (attempts <= 0) return undefined;
  const written = stringAt(retries, 'retryOn');
  let on = DEFAULT_ON;
  const statusCodes: number[] = [];
  if (written !== '') {
    const kept: string[] = [];
    for (const part of written.split(',').map((p) => p.trim())) {
      if (part === '') continue;
      if (/^[+-]?\d+$/.test(part) && STATUSES.has(Number(part))) statusCodes.push(Number(part));
      else kept.push(part);
    }
    on = kept.join(',');
    if (statusCodes.length > 0 && !on.includes('retriable-status-codes')) on += ',retriable-status-codes';
  }
  return {
    attempts,
    on,
    statusCodes,
    perTryTimeoutMs: durationAt(retries, 'perTryTimeout') ?? 0,
    backoffMs: durationAt(retries, 'backoff') ?? 25,
  };
}
