import type { ConsistentHashLB, LoadBalancerSettings, OutlierDetection } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { localitySettingFaults } from './locality.ts';
import type { Report } from './report.ts';
import { durationFault } from './values.ts';

/** As Envoy has it: 1 counts as prime. */
function isPrime(number: number): boolean {
  if (number !== 0 && number < 4) return true;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}

function cookieFaults(cookie: NonNullable<ConsistentHashLB['httpCookie']>, path: YamlPath, report: Report): void {
  if ((cookie.name ?? '') === '') report.error('V-DR-040', path, 'A cookie to hash by needs a name.');
  const seen = new Set<string>();
  for (const [index, { name = '' }] of (cookie.attributes ?? []).entries()) {
    const at = [...path, 'attributes', index];
    if (name === '') report.error('V-DR-041', at, 'An attribute of a cookie needs a name.');
    else if (seen.has(name)) report.error('V-DR-042', [...at, 'name'], `The attribute "${name}" stands here twice.`);
    seen.add(name);
  }
}

/** Above this a table is refused for its size, and nobody waits for its factors. */
const LARGEST_TABLE = 5_000_011;

function hashFaults(hash: ConsistentHashLB, path: YamlPath, report: Report): void {
  if (hash.httpCookie !== undefined) cookieFaults(hash.httpCookie, [...path, 'httpCookie'], report);
  const { minimumRingSize = 0, maglev } = hash;
  if (minimumRingSize !== 0) {
    report.warning('V-DR-043', [...path, 'minimumRingSize'], 'minimumRingSize is deprecated: write ringHash.');
    if (maglev !== undefined || hash.ringHash !== undefined)
      report.error('V-DR-044', path, 'There can be minimumRingSize, ringHash or maglev, one of them.');
  }
  if (maglev === undefined) return;
  const size = maglev.tableSize ?? 0;
  const at = [...path, 'maglev', 'tableSize'];
  if (size === 0) report.error('V-DR-045', at, 'maglev needs a tableSize.');
  if (size >= LARGEST_TABLE) report.error('V-DR-046', at, 'The tableSize must be less than 5000011.');
  if (!isPrime(size)) report.error('V-DR-047', at, 'The tableSize must be a prime number.');
}

/** Faults of a load balancer, `outlier` being the ejection of the same policy. Source: validateLoadBalancer. */
export function loadBalancerFaults(
  settings: LoadBalancerSettings | undefined,
  outlier: OutlierDetection | undefined,
  path: YamlPath,
  report: Report,
): void {
  if (settings === undefined) return;
  if (settings.consistentHash !== undefined) hashFaults(settings.consistentHash, [...path, 'consistentHash'], report);
  localitySettingFaults(settings, outlier, path, report);
  const { warmup } = settings;
  if (warmup === undefined) return;
  const at = [...path, 'warmup'];
  if (warmup.duration === undefined) report.error('V-DR-049', at, 'warmup needs a duration.');
  else report.check('V-DR-050', [...at, 'duration'], durationFault(warmup.duration));
  if ((warmup.minimumPercent ?? 0) > 100)
    report.error('V-DR-051', [...at, 'minimumPercent'], 'minimumPercent can be 100 at most.');
  if (warmup.aggression !== undefined && warmup.aggression <= 0)
    report.error('V-DR-052', [...at, 'aggression'], 'aggression must be more than 0.');
}
