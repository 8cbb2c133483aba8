import type { JsonObject } from '../../yaml/types.ts';
import type { Endpoint, Labels, Service } from './model.ts';
import type { Policy } from './policy.ts';
import { numberAt, objectAt, objectsAt, stringAt, stringsAt } from './read.ts';
import { NETWORK_LABEL, NODE_LABEL, REGION_LABEL, splitLocality, SUBZONE_LABEL, ZONE_LABEL } from './topology.ts';
import type { Locality } from './topology.ts';

/** Where a caller runs, and its labels with those that follow from it. */
export interface CallerPlace {
  readonly locality: Locality;
  readonly labels: Labels;
}

/** Endpoints of one locality and priority. */
export interface LocalityGroup {
  /** As the endpoints have it. */
  readonly locality: string;
  readonly priority: number;
  readonly weight: number;
  readonly endpoints: readonly Endpoint[];
}

/** What orders or shares a cluster's endpoints by place. `crash`: istiod ends on it. */
export type LocalityRule =
  'near' | 'failover' | 'failoverPriority' | 'distribute' | 'elsewhere' | 'zoneAware' | 'crash';

/** A cluster's endpoints by place, as a caller gets them. */
export interface Localities {
  readonly by: LocalityRule;
  /** Envoy picks a locality by weight, then an endpoint of it. */
  readonly weighted: boolean;
  readonly groups: readonly LocalityGroup[];
}

/** An entry of `failover`. */
interface Failover {
  readonly from: string;
  readonly to: string;
}

interface Setting {
  readonly zoneAware: boolean;
  readonly failover: readonly Failover[];
  readonly failoverPriority: readonly string[];
  readonly distribute: readonly JsonObject[];
  /** Failover needs no outlierDetection. */
  readonly force: boolean;
}

function settingOf(block: JsonObject | undefined, more: Partial<Setting>): Setting {
  return {
    zoneAware: false,
    failover: objectsAt(block, 'failover').map((entry) => ({
      from: stringAt(entry, 'from'),
      to: stringAt(entry, 'to'),
    })),
    failoverPriority: stringsAt(block, 'failoverPriority'),
    distribute: objectsAt(block, 'distribute'),
    force: false,
    ...more,
  };
}

const SAME_ZONE = [NETWORK_LABEL, REGION_LABEL, ZONE_LABEL];
const SAME_NODE = [...SAME_ZONE, SUBZONE_LABEL, NODE_LABEL];
const IN_ZONE = settingOf(undefined, { failoverPriority: SAME_ZONE, force: true });
const ON_NODE = settingOf(undefined, { failoverPriority: SAME_NODE, force: true });
const OF_THE_MESH = settingOf(undefined, {});

/** The setting that counts; `undefined` where places are not looked at (istiod: `GetEffectiveLbSetting`). */
function effective(loadBalancer: JsonObject | undefined, service: Service): Setting | undefined {
  const zones = objectAt(loadBalancer, 'zoneAwareLbSetting');
  if (zones !== undefined)
    return zones['enabled'] === false ? undefined : settingOf(zones, { zoneAware: true, force: true });
  const block = objectAt(loadBalancer, 'localityLbSetting');
  if (block !== undefined) return block['enabled'] === false ? undefined : settingOf(block, {});
  if (service.trafficDistribution !== '') return service.trafficDistribution === 'node' ? ON_NODE : IN_ZONE;
  return OF_THE_MESH;
}

const weightOf = (endpoints: readonly Endpoint[]): number => endpoints.reduce((sum, { weight }) => sum + weight, 0);

/** Endpoints by locality, in the order of the localities' names. */
function groupsOf(endpoints: readonly Endpoint[]): readonly LocalityGroup[] {
  const by = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const there = by.get(endpoint.locality);
    if (there === undefined) by.set(endpoint.locality, [endpoint]);
    else there.push(endpoint);
  }
  return [...by]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([locality, list]) => ({ locality, priority: 0, weight: weightOf(list), endpoints: list }));
}

/** Priorities from 0 up without gaps. */
function compacted(groups: readonly LocalityGroup[]): readonly LocalityGroup[] {
  const priorities = [...new Set(groups.map(({ priority }) => priority))].sort((a, b) => a - b);
  return groups.map((group) => ({ ...group, priority: priorities.indexOf(group.priority) }));
}

/** Refines the priority that each locality has by a rank among `steps`. */
function refined(
  groups: readonly LocalityGroup[],
  steps: number,
  rankOf: (there: Locality) => number,
): readonly LocalityGroup[] {
  return compacted(
    groups.map((group) => ({
      ...group,
      priority: group.priority * steps + rankOf(splitLocality(group.locality)),
    })),
  );
}

/** How near: 0 all the same, 1 the zone, 2 the region, 3 neither (istiod: `LbPriority`). */
function distance(a: Locality, b: Locality): number {
  if (a.region !== b.region) return 3;
  if (a.zone !== b.zone) return 2;
  return a.subzone === b.subzone ? 0 : 1;
}

/** Orders localities by how near they are; each refines the priority that it has (istiod: `applyLocalityFailover`). */
function byDistance(
  groups: readonly LocalityGroup[],
  place: Locality,
  failover: readonly Failover[],
): readonly LocalityGroup[] {
  const rule = failover.find(({ from }) => from === place.region);
  return refined(groups, 5, (there) => {
    const near = distance(place, there);
    const last = near === 3 && rule !== undefined && there.region !== rule.to;
    return last ? 4 : near;
  });
}

/** Orders localities by region only (istiod: `applyZoneAwareRegionalFailover`). */
function byRegion(
  groups: readonly LocalityGroup[],
  place: Locality,
  failover: readonly Failover[],
): readonly LocalityGroup[] {
  const rule = failover.find(({ from }) => from === place.region);
  return refined(groups, 3, ({ region }) => (region === place.region ? 0 : rule?.to === region ? 1 : 2));
}

/** How far an endpoint's labels are from the caller's: 0 where all keys fit, else the more the earlier the first is that does not. */
function labelDistance(keys: readonly string[], caller: Labels, endpoint: Labels): number {
  const names = keys.map((key) => key.split('=')[0] ?? '');
  const given = new Map(
    keys
      .map((key) => key.split('='))
      .flatMap(([name = '', value, ...more]) =>
        value === undefined || more.length > 0 ? [] : [[name, value] as const],
      ),
  );
  let network = 0;
  for (const [at, name] of names.entries()) {
    if ((given.get(name) ?? caller[name] ?? '') === (endpoint[name] ?? '')) continue;
    if (at === 0 && keys[0] === NETWORK_LABEL) network = keys.length;
    else return network + keys.length - at;
  }
  return network;
}

/** Splits localities by labels (istiod: `applyFailoverPriorities`). */
function byLabels(groups: readonly LocalityGroup[], caller: Labels, keys: readonly string[]): readonly LocalityGroup[] {
  return compacted(
    groups.flatMap((group) => {
      const by = new Map<number, Endpoint[]>();
      for (const endpoint of group.endpoints) {
        const priority = labelDistance(keys, caller, endpoint.labels);
        by.set(priority, [...(by.get(priority) ?? []), endpoint]);
      }
      return [...by]
        .sort(([a], [b]) => a - b)
        .map(([priority, endpoints]) => ({ ...group, priority, endpoints, weight: weightOf(endpoints) }));
    }),
  );
}

/** True where a locality is within what a `distribute` names (istiod: `LocalityMatch`). */
function within(place: Locality, text: string): boolean {
  const rule = splitLocality(text);
  const open = (part: string): boolean => part === '' || part === '*';
  return (
    (rule.region === '*' || rule.region === place.region) &&
    (open(rule.zone) || rule.zone === place.zone) &&
    (open(rule.subzone) || rule.subzone === place.subzone)
  );
}

/** Shares by the first entry for the caller's place; `undefined` where none is for it (istiod: `applyLocalityWeights`). */
function distributed(
  groups: readonly LocalityGroup[],
  place: Locality,
  entries: readonly JsonObject[],
): readonly LocalityGroup[] | undefined {
  const entry = entries.find((one) => within(place, stringAt(one, 'from')));
  if (entry === undefined) return undefined;
  const to = objectAt(entry, 'to') ?? {};
  const out = new Map<LocalityGroup, LocalityGroup>();
  for (const there of Object.keys(to)) {
    const named = groups.filter((group) => !out.has(group) && within(splitLocality(group.locality), there));
    const total = named.reduce((sum, { weight }) => sum + weight, 0);
    for (const group of named) {
      const weight = Math.ceil((group.weight * (numberAt(to, there) ?? 0)) / total);
      out.set(group, weight > 0 ? { ...group, weight } : group);
    }
  }
  return groups.flatMap((group) => out.get(group) ?? []);
}

/** What a cluster's localities depend on. */
export interface LocalityQuestion {
  readonly service: Service;
  readonly policy: Policy;
  readonly endpoints: readonly Endpoint[];
  readonly place: CallerPlace;
  /** Endpoints come with the cluster itself, and are names. */
  readonly dns: boolean;
  readonly subset: boolean;
}

/** Orders by labels; clusters of names do it only as a whole, and only where all names are in one place. */
function prioritised(
  { dns, subset, place }: LocalityQuestion,
  all: readonly LocalityGroup[],
  { failoverPriority, failover }: Setting,
): Localities {
  const weighted = true;
  if (dns && !subset && all.length > 1) return { by: 'crash', weighted, groups: all };
  const ordered = dns && subset ? all : byLabels(all, place.labels, failoverPriority);
  const groups = failover.length > 0 ? byDistance(ordered, place.locality, failover) : ordered;
  return { by: 'failoverPriority', weighted, groups };
}

/**
 * A cluster's endpoints by place as istiod hands them to a caller: priorities, weights, and none of the localities that `distribute` does
 * not name. `undefined` where nothing looks at places.
 */
export function localitiesOf(question: LocalityQuestion): Localities | undefined {
  const { policy, service, endpoints, place } = question;
  const setting = effective(policy.loadBalancer, service);
  if (setting === undefined || endpoints.length === 0) return undefined;
  const { failover, failoverPriority, distribute, force, zoneAware } = setting;
  if (distribute.length > 0) {
    const all = groupsOf(endpoints);
    const groups = distributed(all, place.locality, distribute);
    return { by: groups === undefined ? 'elsewhere' : 'distribute', weighted: true, groups: groups ?? all };
  }
  if (!force && policy.outlierDetection === undefined) return undefined;
  const all = groupsOf(endpoints);
  if (zoneAware) {
    const ordered = failoverPriority.length > 0 ? prioritised(question, all, { ...setting, failover: [] }).groups : all;
    return { by: 'zoneAware', weighted: false, groups: byRegion(ordered, place.locality, failover) };
  }
  if (failoverPriority.length > 0) return prioritised(question, all, setting);
  const by = failover.length > 0 ? 'failover' : 'near';
  return { by, weighted: failover.length > 0, groups: byDistance(all, place.locality, failover) };
}

/** What of a caller's place a policy looks at: its locality where endpoints have one, its locality always, also its labels. */
export type Looks = 'nothing' | 'localities' | 'place' | 'labels';

const ORDER: readonly Looks[] = ['nothing', 'localities', 'place', 'labels'];
const more = (a: Looks, b: Looks): Looks => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b);

/** What a traffic policy as written, its ports' included, may look at. */
export function looksAt(policy: JsonObject | undefined): Looks {
  if (policy === undefined) return 'nothing';
  const loadBalancer = objectAt(policy, 'loadBalancer');
  const block = objectAt(loadBalancer, 'zoneAwareLbSetting') ?? objectAt(loadBalancer, 'localityLbSetting');
  let own: Looks = objectAt(policy, 'outlierDetection') === undefined && block === undefined ? 'nothing' : 'localities';
  if (objectsAt(block, 'distribute').length > 0) own = 'place';
  if (stringsAt(block, 'failoverPriority').length > 0) own = 'labels';
  return objectsAt(policy, 'portLevelSettings').reduce((all, entry) => more(all, looksAt(entry)), own);
}

/** The widest of several looks. */
export function widest(looks: readonly Looks[]): Looks {
  return looks.reduce(more, 'nothing');
}
