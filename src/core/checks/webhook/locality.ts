import type {
  LoadBalancerSettings,
  LocalityLoadBalancerSetting,
  OutlierDetection,
  RegionFailover,
} from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

const TOPOLOGY = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']);

type Zones = Map<string, Set<string>>;

function overlaps(regions: Map<string, Zones>, parts: readonly string[]): boolean {
  const [region = '', zone = '*', subzone = '*'] = parts;
  const zones = regions.get(region);
  if (zones === undefined) {
    regions.set(region, new Map([[zone, new Set([subzone])]]));
    return false;
  }
  const subzones = zones.get(zone);
  if (parts.length === 1 || zones.has('*') || (parts.length === 2 && subzones !== undefined)) return true;
  if (subzones === undefined) zones.set(zone, new Set([subzone]));
  else if (subzones.has('*') || subzones.has(subzone)) return true;
  else subzones.add(subzone);
  return false;
}

/** The first fault of a list of localities: a misplaced wildcard, an overlap, an empty part. Source: validateLocalities. */
function localitiesFault(
  localities: readonly string[],
): { readonly rule: string; readonly message: string } | undefined {
  const regions = new Map<string, Zones>();
  for (const locality of localities) {
    if (/\*./.test(locality))
      return { rule: 'V-DR-064', message: `In the locality "${locality}" there can be one wildcard, at the end.` };
    const overlap = { rule: 'V-DR-065', message: `The locality "${locality}" overlaps with another.` };
    if (regions.has('*')) return overlap;
    const parts = locality.split('/');
    const three = parts.length > 3 ? [...parts.slice(0, 2), parts.slice(2).join('/')] : parts;
    if (three.includes('')) return { rule: 'V-DR-066', message: `The locality "${locality}" has an empty part.` };
    if (overlaps(regions, three)) return overlap;
  }
  return undefined;
}

/** Istio goes through a map's localities in an order of chance, and sees `a/b` beside `a/*` as an overlap only if the wildcard comes first. */
function mapFaults(localities: readonly string[], path: YamlPath, report: Report): void {
  const orders = [localities, [...localities].reverse(), [...localities].sort()];
  const faults = orders.map(localitiesFault);
  const fault = faults.find((each) => each !== undefined);
  if (fault === undefined) return;
  if (faults.includes(undefined)) report.sometimes(fault.rule, path, fault.message);
  else report.error(fault.rule, path, fault.message);
}

interface LocalityRules {
  readonly failoverWarning: string;
  readonly same: string;
  readonly slash: string;
  readonly wildcard: string;
}

function failoverFaults(
  setting: { readonly failover?: readonly RegionFailover[]; readonly failoverPriority?: readonly string[] },
  outlier: OutlierDetection | undefined,
  path: YamlPath,
  rules: LocalityRules,
  report: Report,
): void {
  const { failover = [], failoverPriority = [] } = setting;
  if ((failover.length > 0 || failoverPriority.length > 0) && outlier === undefined)
    report.warning(rules.failoverWarning, path, 'Failover does nothing without outlierDetection in the same policy.');
  for (const [index, { from = '', to = '' }] of failover.entries()) {
    const at = [...path, 'failover', index];
    if (from === to) report.error(rules.same, at, 'Failover must lead to another region.');
    if (`${from}${to}`.includes('/')) report.error(rules.slash, at, 'Failover is between regions: no zones here.');
    if (`${from}${to}`.includes('*')) report.error(rules.wildcard, at, 'Regions of a failover can’t have a wildcard.');
  }
}

function distributeStops(setting: LocalityLoadBalancerSetting, path: YamlPath, report: Report): boolean {
  const distribute = setting.distribute ?? [];
  for (const [index, { to = {} }] of distribute.entries()) {
    const at = [...path, 'distribute', index, 'to'];
    const wrong = Object.entries(to).find(([, weight]) => weight <= 0 || weight > 100);
    if (wrong !== undefined) {
      report.error('V-DR-062', [...at, wrong[0]], 'The weight of a locality goes from 1 to 100.');
      return true;
    }
    const total = Object.values(to).reduce((sum, weight) => sum + weight, 0);
    if (total !== 100) {
      report.error('V-DR-063', at, `The weights of the localities add up to ${total}, not to 100.`);
      return true;
    }
    mapFaults(Object.keys(to), at, report);
  }
  report.check('V-DR-067', [...path, 'distribute'], localitiesFault(distribute.map(({ from = '' }) => from))?.message);
  return false;
}

function localityFaults(
  setting: LocalityLoadBalancerSetting,
  outlier: OutlierDetection | undefined,
  path: YamlPath,
  report: Report,
): void {
  const { distribute = [], failover = [], failoverPriority = [] } = setting;
  if (distribute.length > 0 && failover.length > 0)
    return report.error('V-DR-060', path, 'There can be distribute or failover, not both.');
  const label = failover.length > 0 ? failoverPriority.findIndex((name) => TOPOLOGY.has(name)) : -1;
  if (label >= 0) {
    const message = `Beside failover, failoverPriority can't hold "${failoverPriority[label]}".`;
    return report.error('V-DR-061', [...path, 'failoverPriority', label], message);
  }
  if (distributeStops(setting, path, report)) return;
  const rules = { failoverWarning: 'V-DR-068', same: 'V-DR-069', slash: 'V-DR-070', wildcard: 'V-DR-071' };
  failoverFaults(setting, outlier, path, rules, report);
}

/** Faults of what a load balancer says about localities and zones. Source: agent.ValidateLocalityLbSetting, ValidateZoneAwareLbSetting. */
export function localitySettingFaults(
  settings: LoadBalancerSettings,
  outlier: OutlierDetection | undefined,
  path: YamlPath,
  report: Report,
): void {
  const { localityLbSetting: locality, zoneAwareLbSetting: zones } = settings;
  if (locality !== undefined && zones !== undefined)
    report.error('V-DR-048', path, 'There can be localityLbSetting or zoneAwareLbSetting, not both.');
  if (locality !== undefined) localityFaults(locality, outlier, [...path, 'localityLbSetting'], report);
  if (zones === undefined) return;
  const at = [...path, 'zoneAwareLbSetting'];
  for (const [index, name] of (zones.failoverPriority ?? []).entries()) {
    if (TOPOLOGY.has(name))
      report.error('V-DR-075', [...at, 'failoverPriority', index], `"${name}" is looked after by itself here.`);
  }
  const rules = { failoverWarning: 'V-DR-076', same: 'V-DR-077', slash: 'V-DR-078', wildcard: 'V-DR-079' };
  failoverFaults(zones, outlier, at, rules, report);
}
