import { isIpAddress } from '../../istio/names.ts';
import type { JsonObject } from '../../yaml/types.ts';
import { clusterTls } from './cluster-tls.ts';
import type { ClusterInputs, ClusterTls } from './cluster-tls.ts';
import { hostsSwapped } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { isWildcard } from './hosts.ts';
import { keepBy, keepLast, keepPer, placesBefore } from '../../base/keep.ts';
import { sameItems } from '../../base/lists.ts';
import type { KnownPlace } from './caller-place.ts';
import { localitiesOf, looksAt, widest } from './locality.ts';
import type { CallerPlace, Localities, Looks } from './locality.ts';
import { listOf } from './imported-services.ts';
import type { DestinationRule, Endpoint, Port, Resolution, Service, Subset } from './model.ts';
import { mutualTlsOf } from './peer-authentication.ts';
import type { MutualTls } from './peer-authentication.ts';
import { policyForPort, policyForSubset } from './policy.ts';
import type { Policy } from './policy.ts';
import { durationAt, enumAt, labelsFit, numberAt, objectAt, stringAt } from './read.ts';
import { allEndpointsOf, endpointsOf } from './registry.ts';
import type { Endpoints, Registry } from './registry.ts';
import type { Scope } from './sidecar-scope.ts';
import { localityText } from './topology.ts';

export type ClusterType =
  'EDS' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'ORIGINAL_DST' | 'envoy.clusters.dynamic_forward_proxy';

export interface OutlierDetection {
  readonly consecutive5xx: number | undefined;
  readonly consecutiveGatewayErrors: number | undefined;
  readonly intervalMs: number;
  readonly baseEjectionMs: number;
  readonly maxEjectionPercent: number | undefined;
  readonly minHealthPercent: number;
  readonly splitLocalErrors: boolean;
  readonly consecutiveLocalErrors: number;
}

/** An outbound cluster as a proxy has it. Limits of 0 mean none. */
export interface Cluster {
  readonly name: string;
  readonly type: ClusterType;
  readonly lb: string;
  readonly service: Service;
  readonly port: Port;
  readonly subset: string;
  readonly endpoints: readonly Endpoint[];
  /** The endpoints by place; absent where nothing looks at places. */
  readonly localities: Localities | undefined;
  readonly connectTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  readonly maxRetries: number;
  readonly outlierDetection: OutlierDetection | undefined;
  readonly tls: ClusterTls;
  readonly rule: DestinationRule | undefined;
  /** As it is for this port and subset, as written. */
  readonly policy: Policy;
}

const SIMPLE = ['UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'];
const TYPES: Readonly<Record<Exclude<Resolution, 'passthrough' | 'alias'>, ClusterType>> = {
  static: 'EDS',
  dns: 'STRICT_DNS',
  dnsRoundRobin: 'LOGICAL_DNS',
  dynamicDns: 'EDS',
};

/** What clusters of one service and port have in common. */
interface Site {
  readonly push: ClusterInputs;
  readonly gateway: boolean;
  readonly service: Service;
  readonly port: Port;
  readonly rule: DestinationRule | undefined;
  readonly place: CallerPlace;
}

function typeOf(service: Service, gateway: boolean): ClusterType {
  if (service.resolution === 'passthrough') return gateway ? 'EDS' : 'ORIGINAL_DST';
  return service.resolution === 'alias' ? 'EDS' : TYPES[service.resolution];
}

function passesThrough(loadBalancer: JsonObject | undefined): boolean {
  return enumAt(loadBalancer, 'simple', SIMPLE) === 'PASSTHROUGH';
}

function balancer(loadBalancer: JsonObject | undefined): string {
  const hash = objectAt(loadBalancer, 'consistentHash');
  if (hash !== undefined) return objectAt(hash, 'maglev') === undefined ? 'RING_HASH' : 'MAGLEV';
  const simple = enumAt(loadBalancer, 'simple', SIMPLE);
  return simple === 'RANDOM' || simple === 'ROUND_ROBIN' ? simple : 'LEAST_REQUEST';
}

function positive(from: JsonObject | undefined, key: string): number {
  return Math.max(0, numberAt(from, key) ?? 0);
}

function outlierOf(block: JsonObject | undefined): OutlierDetection | undefined {
  if (block === undefined) return undefined;
  const percent = positive(block, 'maxEjectionPercent');
  return {
    consecutive5xx: numberAt(block, 'consecutive5xxErrors'),
    consecutiveGatewayErrors: numberAt(block, 'consecutiveGatewayErrors'),
    intervalMs: durationAt(block, 'interval') ?? 0,
    baseEjectionMs: durationAt(block, 'baseEjectionTime') ?? 0,
    maxEjectionPercent: percent > 0 ? percent : undefined,
    minHealthPercent: positive(block, 'minHealthPercent'),
    splitLocalErrors: block['splitExternalLocalOriginErrors'] === true,
    consecutiveLocalErrors: positive(block, 'consecutiveLocalOriginFailures'),
  };
}

/** Endpoints that a cluster of this type can hold: one that is told of them takes addresses only. */
function endpointsFor(site: Site, type: ClusterType, labels: Readonly<Record<string, string>>): readonly Endpoint[] {
  if (type === 'ORIGINAL_DST' || type === 'envoy.clusters.dynamic_forward_proxy') return [];
  const fitting = endpointsOf(site.push.registry.endpoints, site.service, site.port).filter((e) =>
    labelsFit(labels, e.labels),
  );
  return type === 'EDS' ? fitting.filter((e) => isIpAddress(e.address)) : fitting;
}

function clusterOf(site: Site, given: ClusterType, policy: Policy, subset: Subset | undefined): Cluster | undefined {
  const { service, port, rule } = site;
  const dynamic = given === 'envoy.clusters.dynamic_forward_proxy';
  const endpoints = endpointsFor(site, given, subset?.labels ?? {});
  if ((given === 'STRICT_DNS' || given === 'LOGICAL_DNS') && endpoints.length === 0) return undefined;
  const type = !dynamic && passesThrough(policy.loadBalancer) ? 'ORIGINAL_DST' : given;
  const pool = policy.connectionPool;
  const http = objectAt(pool, 'http');
  const tcp = objectAt(pool, 'tcp');
  const name = subset?.name ?? '';
  const told = type === 'ORIGINAL_DST' || dynamic ? [] : endpoints;
  const localities = localitiesOf({
    service,
    policy,
    endpoints: told,
    place: site.place,
    dns: type === 'STRICT_DNS' || type === 'LOGICAL_DNS',
    subset: subset !== undefined,
  });
  const written = subset === undefined ? rule?.policy : subset.policy;
  return {
    name: `outbound|${port.number}|${name}|${service.hostname}`,
    type,
    lb: type === 'ORIGINAL_DST' || dynamic ? 'CLUSTER_PROVIDED' : balancer(policy.loadBalancer),
    service,
    port,
    subset: name,
    endpoints: localities?.by === 'distribute' ? localities.groups.flatMap((group) => group.endpoints) : told,
    localities,
    connectTimeoutMs: durationAt(tcp, 'connectTimeout') ?? 10_000,
    maxConnections: positive(tcp, 'maxConnections'),
    maxPendingRequests: positive(http, 'http1MaxPendingRequests'),
    maxRequests: positive(http, 'http2MaxRequests'),
    maxRetries: positive(http, 'maxRetries'),
    outlierDetection: outlierOf(policy.outlierDetection),
    tls: clusterTls({
      push: site.push,
      service,
      port,
      subset: name,
      tls: policy.tls,
      written,
      originalDst: type === 'ORIGINAL_DST',
      gateway: site.gateway,
      selected: rule?.selector !== undefined,
    }),
    rule,
    policy,
  };
}

function clustersOn(site: Site): readonly Cluster[] {
  const { service, port, rule } = site;
  const base = policyForPort(rule?.policy, port.number);
  if (isWildcard(service.hostname) && service.resolution === 'dynamicDns') {
    if (!['HTTP', 'TLS', 'GRPC', 'HTTP2'].includes(port.protocol)) return [];
    const only = clusterOf(site, 'envoy.clusters.dynamic_forward_proxy', base, undefined);
    return only === undefined ? [] : [only];
  }
  const main = clusterOf(site, typeOf(service, site.gateway), base, undefined);
  if (main === undefined) return [];
  const out = [main];
  for (const subset of rule?.subsets ?? []) {
    // A destination that passes connections through makes all its subsets do so, whatever they say themselves.
    const given =
      stringAt(objectAt(subset.policy, 'loadBalancer'), 'simple') === 'PASSTHROUGH' ? 'ORIGINAL_DST' : main.type;
    const cluster = clusterOf(site, given, policyForSubset(base, subset.policy, port.number), subset);
    if (cluster !== undefined) out.push(cluster);
  }
  return out;
}

/** The outbound clusters of a proxy, made when they are asked for. */
export interface Clusters {
  readonly get: (name: string) => Cluster | undefined;
  readonly has: (name: string) => boolean;
  readonly all: () => readonly Cluster[];
}

/** Whose clusters they are. */
interface Caller {
  readonly scope: Scope;
  readonly gateway: boolean;
  readonly place: KnownPlace;
}

const keepClusters = keepBy<Service, readonly Cluster[]>();

/** What a rule, its subsets included, looks at of a caller's place. */
const looksOf = keepPer(({ policy, subsets }: DestinationRule): Looks =>
  widest([looksAt(policy), ...subsets.map((subset) => looksAt(subset.policy))]),
);

/** What of a caller's place makes a service's clusters other than another caller's; `undefined` where nothing does. */
function placeInput(
  service: Service,
  rule: DestinationRule | undefined,
  endpoints: readonly Endpoint[],
  { text, locality }: KnownPlace,
): string | undefined {
  const looks = widest([
    service.trafficDistribution === '' ? 'nothing' : 'labels',
    rule === undefined ? 'nothing' : looksOf(rule),
  ]);
  if (looks === 'nothing' || (looks === 'localities' && endpoints.every((endpoint) => endpoint.locality === '')))
    return undefined;
  return looks === 'labels' ? text : localityText(locality);
}

/** The clusters of a service: one for each port, and one for each subset of it; of ports with one number the first one's. */
function clustersOf(push: ClusterInputs, { scope, gateway, place }: Caller, service: Service): readonly Cluster[] {
  if (service.resolution === 'alias') return [];
  const rule = scope.ruleFor(service.hostname);
  const endpoints = allEndpointsOf(push.registry.endpoints, service);
  const inputs = [
    rule,
    endpoints,
    mutualTlsOf(push.mutualTls, service.namespace),
    gateway,
    placeInput(service, rule, endpoints, place),
  ];
  return keepClusters(service, inputs, () => {
    const out = new Map<string, Cluster>();
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      for (const cluster of clustersOn({ push, gateway, service, port, rule, place }))
        if (!out.has(cluster.name)) out.set(cluster.name, cluster);
    }
    return [...out.values()];
  });
}

/** What lots were made of. Ids stand for what would be kept else. */
interface LotsOf {
  readonly endpoints: Endpoints;
  readonly rules: object;
  readonly mutualTls: MutualTls;
  readonly place: KnownPlace;
}

/** The hosts that an edit may have given other clusters, as far as their services are the same; `undefined` where it may be any. */
function touched(last: LotsOf | undefined, now: LotsOf, rules: DestinationRules): ReadonlySet<string> | undefined {
  if (last === undefined || last.place !== now.place || last.mutualTls !== now.mutualTls) return undefined;
  const byEndpoints = now.endpoints.changedSince(last.endpoints);
  const byRules = hostsSwapped(last.rules, rules);
  return byEndpoints && byRules && new Set([...byEndpoints, ...byRules]);
}

/** The places of hosts' services in a list. */
function placesOfHosts(
  list: readonly Service[],
  services: Scope['services'],
  hosts: ReadonlySet<string>,
): ReadonlySet<number> {
  const places = new Set<number>();
  for (const host of hosts) {
    const service = services.get(host);
    if (service !== undefined) places.add(list.indexOf(service));
  }
  return places;
}

/** What lists hold, in one: for thousands of them faster than the method of that name. */
function flat(lots: readonly (readonly Cluster[])[]): readonly Cluster[] {
  const all: Cluster[] = [];
  for (const lot of lots) for (const cluster of lot) all.push(cluster);
  return all;
}

/** Makes the clusters of all services of a proxy, edit after edit: only services of which something changed are looked into. */
function allMaker(): (push: ClusterInputs, caller: Caller) => readonly Cluster[] {
  let services: readonly Service[] = [];
  let lots: readonly (readonly Cluster[])[] = [];
  let all: readonly Cluster[] = [];
  let last: LotsOf | undefined;
  return (push, caller) => {
    const { scope, place } = caller;
    const of = { endpoints: push.registry.endpoints, rules: scope.rules.id, mutualTls: push.mutualTls, place };
    const hosts = touched(last, of, scope.rules);
    const list = listOf(scope.services);
    const where = placesBefore(services, list);
    const again = hosts && placesOfHosts(list, scope.services, hosts);
    const now: (readonly Cluster[])[] = [];
    for (const [i, service] of list.entries()) {
      const old = lots[where[i] ?? -1];
      now.push(old !== undefined && again?.has(i) === false ? old : clustersOf(push, caller, service));
    }
    if (!sameItems(lots, now)) all = flat(now);
    services = list;
    lots = now;
    last = of;
    return all;
  };
}

/** Makes the clusters of a proxy, edit after edit: all of those in its scope (istiod: `buildOutboundClusters`). */
export function clustersMaker(gateway: boolean): (push: ClusterInputs, scope: Scope, place: KnownPlace) => Clusters {
  const allOf = allMaker();
  const table = keepLast((registry: Registry, mutualTls: MutualTls, scope: Scope, place: KnownPlace): Clusters => {
    const push = { registry, mutualTls };
    const caller = { scope, gateway, place };
    let all: readonly Cluster[] | undefined;
    const get = (name: string): Cluster | undefined => {
      const service = scope.services.get(name.split('|').slice(3).join('|'));
      return service && clustersOf(push, caller, service).find((cluster) => cluster.name === name);
    };
    return {
      get,
      has: (name) => get(name) !== undefined,
      all: () => (all ??= allOf(push, caller)),
    };
  });
  return (push, scope, place) => table(push.registry, push.mutualTls, scope, place);
}
