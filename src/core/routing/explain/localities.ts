import { grouped } from '../../base/lists.ts';
import type { KnownPlace } from '../compile/caller-place.ts';
import type { Cluster } from '../compile/clusters.ts';
import type { Localities, LocalityGroup } from '../compile/locality.ts';
import { objectAt, stringsAt } from '../compile/read.ts';
import { localityText } from '../compile/topology.ts';
import { endpointShares } from '../decide/endpoints.ts';
import type { Place, Reason } from '../types.ts';

const KNOWN: Readonly<Record<KnownPlace['known'], string>> = {
  labels: 'its labels say so',
  told: 'its proxy says so',
  pod: 'its Pod says so',
  workloads: 'as all workloads with its labels',
  several: '',
  unknown: '',
};

/** Where the caller is, and how that is known. */
export function callerWords({ locality, known }: KnownPlace): string {
  const text = localityText(locality);
  if (known === 'several')
    return "Workloads with the caller's labels are in several localities, so none is assumed; a label `istio-locality` on the caller says it";
  return text === ''
    ? "The caller's locality is not known; a label `istio-locality` on it says it"
    : `The caller is in ${text} (${KNOWN[known]})`;
}

const nameOf = (group: LocalityGroup): string => group.locality.replace(/\/+$/, '');

/** `3 endpoints in eu/a and eu/b`. */
function countWords(groups: readonly LocalityGroup[]): string {
  const count = groups.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  const names = [...new Set(groups.map(nameOf))].filter((name) => name !== '');
  const nowhere = groups.some((group) => nameOf(group) === '') ? ['without a locality'] : [];
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.length > 1 ? ` and ${shown.at(-1) ?? ''}` : '';
  const where = shown.length === 0 ? [] : [`in ${shown.slice(0, Math.max(1, shown.length - 1)).join(', ')}${last}`];
  return `${count} endpoint${count === 1 ? '' : 's'} ${[...where, ...nowhere].join(' or ')}`;
}

const WHY: Readonly<Record<Localities['by'], string>> = {
  near: 'outlierDetection is set, so the nearest come first',
  failover: 'outlierDetection is set, so the nearest come first, then the region that failover names',
  failoverPriority: "those whose labels of failoverPriority equal the caller's come first",
  zoneAware: "those of the caller's region come first (zoneAwareLbSetting)",
  distribute: '',
  elsewhere: '',
  crash: '',
};

function priorityWords({ groups }: Localities): string {
  const by = [...grouped(groups, ({ priority }) => priority)].sort(([a], [b]) => a - b);
  const [first, ...rest] = by;
  if (first === undefined) return 'nobody is left';
  const others = rest.map(([priority, list]) => `priority ${priority} (${countWords(list)})`);
  const wait = others.length === 0 ? '' : `; ${others.join(', ')} only when those fail`;
  return `priority 0 gets everything (${countWords(first[1])})${wait}`;
}

/** Shares of localities, `eu/a 60 %`. */
function shareWords(cluster: Cluster): string {
  const by = grouped(endpointShares(cluster), ({ locality }) => locality.replace(/\/+$/, '') || 'no locality');
  return [...by]
    .map(([name, list]) => `${name} ${Number((100 * list.reduce((sum, { share }) => sum + share, 0)).toFixed(1))} %`)
    .join(', ');
}

/** What is written about places and counts for nothing, since ejections are off. */
function waiting({ localities, policy }: Cluster): string | undefined {
  const block = objectAt(policy.loadBalancer, 'localityLbSetting');
  if (localities !== undefined || block === undefined || block['enabled'] === false) return undefined;
  const named = ['failover', 'failoverPriority'].filter((key) => Array.isArray(block[key]) && block[key].length > 0);
  return named.length === 0
    ? undefined
    : `${named.join(' and ')} ${named.length > 1 ? 'wait' : 'waits'} for outlierDetection: without it all localities get requests alike`;
}

/** Why these endpoints and not others, where places decide; `place`: where the policy is written. */
export function localityReasons(cluster: Cluster, caller: KnownPlace, place: Place | undefined): readonly Reason[] {
  const { localities, service } = cluster;
  const at = place === undefined ? {} : { place };
  const waits = waiting(cluster);
  if (waits !== undefined) return [{ text: `${waits}.`, ...at }];
  if (localities === undefined) return [];
  const { by, groups } = localities;
  if (by === 'crash')
    return [
      { text: 'istiod ends on failoverPriority for names in several localities: no proxy gets anything new.', ...at },
    ];
  if (by === 'elsewhere')
    return [
      {
        text: `${callerWords(caller)}: no distribute is from there, so localities share by the weight of their endpoints.`,
        ...at,
      },
    ];
  if (by === 'distribute') {
    const shares = groups.length === 0 ? 'no endpoint is where its `to` names' : shareWords(cluster);
    return [{ text: `${callerWords(caller)}; distribute shares: ${shares}.`, ...at }];
  }
  const settled = groups.every(({ priority, locality }) => priority === 0 && locality === '');
  if (settled && by !== 'failoverPriority') return [];
  const asks =
    service.trafficDistribution !== '' &&
    stringsAt(objectAt(cluster.policy.loadBalancer, 'localityLbSetting'), 'failoverPriority').length === 0;
  const why = asks && by === 'failoverPriority' ? 'the Service asks for the nearest (trafficDistribution)' : WHY[by];
  const where = asks && service.resource !== undefined ? { place: { resource: service.resource, path: [] } } : at;
  return [{ text: `${callerWords(caller)}; ${why}: ${priorityWords(localities)}.`, ...where }];
}
