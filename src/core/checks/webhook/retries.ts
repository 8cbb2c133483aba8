import type { HTTPRetry } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { goInteger } from './names.ts';
import type { Report } from './report.ts';
import { durationFault } from './values.ts';
import { RETRY_POLICIES } from './words.ts';

/** First and last of each run of statuses that Go's net/http has a text for. */
const STATUSES = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
] as const;

function isPolicy(item: string): boolean {
  const status = goInteger(item) ?? 0;
  return RETRY_POLICIES.has(item) || STATUSES.some(([first, last]) => status >= first && status <= last);
}

/** Faults of retries. Source: agent.ValidateHTTPRetry. */
export function retryFaults(retries: HTTPRetry | undefined, path: YamlPath, report: Report): void {
  if (retries === undefined) return;
  const { attempts = 0, perTryTimeout, retryOn = '', retryRemoteLocalities, backoff } = retries;
  if (attempts < 0) report.error('V-VS-120', [...path, 'attempts'], 'attempts can’t be less than 0.');
  if (attempts === 0 && (perTryTimeout !== undefined || retryOn !== '' || retryRemoteLocalities !== undefined))
    report.error('V-VS-121', path, 'With 0 attempts there are no retries, so nothing more can be said about them.');
  if (perTryTimeout !== undefined) report.check('V-VS-122', [...path, 'perTryTimeout'], durationFault(perTryTimeout));
  for (const item of retryOn === '' ? [] : retryOn.split(',')) {
    if (!isPolicy(item)) report.error('V-VS-123', [...path, 'retryOn'], `"${item}" is nothing to retry on.`);
  }
  if (backoff !== undefined) report.check('V-VS-124', [...path, 'backoff'], durationFault(backoff));
}
