import type { DirectAction, ForwardAction, Route, RouteConfig, VirtualHost } from './envoy.ts';
import { NO_OPS } from './envoy.ts';
import { hashForService, hashKey } from './hash.ts';
import { isIpAddress } from '../../istio/names.ts';
import { routesFor } from './http-route.ts';
import { keepLast, keepList, keepPer, placesBefore } from '../../base/keep.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import { layoutMaker } from './layout.ts';
import type { Asking, Slot } from './layout.ts';
import type { Labels, VirtualServices } from './model.ts';
import { isHttpOrAuto } from './protocols.ts';
import { unknownCluster } from './unknown-hosts.ts';
import { DEFAULT_RETRY } from './retry.ts';
import { translateMatch } from './route-match.ts';
import { listOf } from './imported-services.ts';
import type { ScopedListener } from './imported-services.ts';
import { groupsMaker, onPortMaker } from './sidecar-groups.ts';
import type { Group, PortService, PortServices } from './sidecar-groups.ts';
import type { Scope } from './sidecar-scope.ts';
import { hostsMaker, servedMaker, touchedMaker } from './virtual-hosts.ts';
import type { Served, Touched } from './virtual-hosts.ts';

const EVERYTHING = translateMatch(undefined);

/** A route that no rule made. */
function plainRoute(name: string, action: ForwardAction | DirectAction): Route {
  return {
    name,
    config: '',
    rule: undefined,
    root: undefined,
    ...EVERYTHING,
    action,
    fault: undefined,
    cors: undefined,
    request: NO_OPS,
    response: NO_OPS,
  };
}

function forwardTo(cluster: string, rest: Partial<ForwardAction>): ForwardAction {
  const clusters = [{ cluster, weight: 100, destination: -1, request: NO_OPS, response: NO_OPS, hostRewrite: '' }];
  return {
    kind: 'forward',
    clusters,
    weighted: false,
    timeoutMs: 0,
    retry: undefined,
    mirrors: [],
    prefixRewrite: '',
    regexRewrite: undefined,
    hostRewrite: '',
    hash: [],
    ...rest,
  };
}

/** Services that no VirtualService with rules serves. */
function restOf(services: PortServices, groups: readonly Group[]): readonly PortService[] {
  const served = new Set<string>();
  for (const group of groups) for (const { hostname } of group.services) served.add(hostname);
  const out: PortService[] = [];
  for (const service of services.values())
    if (!served.has(service.hostname) && service.resolution !== 'alias' && isHttpOrAuto(service.port.protocol))
      out.push(service);
  return out;
}

const plainRoutes = keepPer((service: PortService, hash: string | undefined): readonly Route[] => {
  const action = forwardTo(`outbound|${service.port.number}||${service.hostname}`, {
    retry: DEFAULT_RETRY,
    hash: hash === undefined ? [] : [hash],
  });
  return [plainRoute('default', action)];
});

/** Makes what stands in the places of services that no VirtualService serves, edit after edit. */
function aloneMaker(): (
  services: readonly PortService[],
  ruleFor: Scope['ruleFor'],
  touched: Touched,
) => readonly Served[] {
  let before: readonly PortService[] = [];
  let served: readonly Served[] = [];
  return (services, ruleFor, touched) => {
    const where = services === before ? undefined : placesBefore(before, services);
    if (where === undefined && touched?.size === 0) return served;
    served = services.map((service, i) => {
      const old = served[where === undefined ? i : (where[i] ?? -1)];
      if (old !== undefined && touched?.has(service.hostname) === false) return old;
      const hash = hashKey(hashForService(ruleFor(service.hostname), service.port.number));
      const routes = plainRoutes(service, hash);
      return old?.routes === routes ? old : { routes, virtualService: undefined, source: undefined };
    });
    before = services;
    return served;
  };
}

/** Shorter names by which a proxy of `namespace` may call a host (istiod: `GenerateAltVirtualHosts`). */
export function shortNames(hostname: string, namespace: string): readonly string[] {
  const out = isIpAddress(hostname) ? [] : [`${hostname}.`];
  const at = hostname.indexOf('.svc.');
  if (at <= 0 || !hostname.endsWith('.svc.cluster.local')) return out;
  const dot = hostname.indexOf('.');
  const place = hostname.slice(dot + 1, at);
  if (dot + 1 > at) return out;
  if (place === namespace)
    return [...out, hostname.slice(0, dot), `${hostname.slice(0, at)}.svc`, hostname.slice(0, at)];
  return [...out, hostname.slice(0, at), `${hostname.slice(0, at)}.svc`];
}

const domainsOf = keepPer(
  (
    service: PortService,
    namespace: string,
  ): { readonly all: readonly string[]; readonly short: ReadonlySet<string> } => {
    const short: string[] = [];
    let all: string[] = [];
    for (const host of [service.hostname, ...service.aliases]) {
      const names = shortNames(host, namespace);
      short.push(...names);
      all.push(host, ...names);
    }
    if (service.resolution === 'passthrough' && service.kubernetes) all = [...all, ...all.map((name) => `*.${name}`)];
    if (service.address !== '' && service.address !== NO_ADDRESS) all.push(service.address);
    return { all, short: new Set(short) };
  },
);

/** A VirtualService with rules, or a service that none serves. */
type Item = Group | PortService;

const isGroup = (item: Item): item is Group => 'head' in item;
const servicesOf = (item: Item): readonly PortService[] => (isGroup(item) ? item.services : [item]);
const NOT_SHORT: ReadonlySet<string> = new Set();

/** Lays out virtual hosts; a name or domain belongs to the first that has it, and no shortened one hides a real one. */
function slotsOf(items: readonly Item[], namespace: string): readonly (readonly Slot<Item>[])[] {
  const taken = new Map<string, { readonly ignored: Item[] }>();
  const domains = new Set<string>();
  const known = new Set(items.flatMap(servicesOf).map((service) => service.hostname));
  return items.map((item) => {
    const slots: Slot<Item>[] = [];
    const add = (host: string, port: number, all: readonly string[], short: ReadonlySet<string>): void => {
      const name = `${host}:${port}`;
      const owner = taken.get(name);
      if (owner !== undefined) {
        if (isGroup(item)) owner.ignored.push(item);
        return;
      }
      const kept: string[] = [];
      for (const domain of all) {
        const lower = domain.toLowerCase();
        if (domains.has(lower) || (short.has(domain) && known.has(domain))) continue;
        domains.add(lower);
        kept.push(lower);
      }
      const slot = { name, domains: kept, requireTls: false, by: [item], ignored: [] };
      taken.set(name, slot);
      if (kept.length > 0) slots.push(slot);
    };
    if (isGroup(item)) for (const host of item.hosts) add(host, item.port, [host], NOT_SHORT);
    for (const service of servicesOf(item)) {
      const { all, short } = domainsOf(service, namespace);
      add(service.hostname, service.port.number, all, short);
    }
    return slots;
  });
}

/** How VirtualServices and services come to virtual hosts for a proxy of a namespace. */
function asking(namespace: string): Asking<Item> {
  return {
    keysOf: (item) => [
      ...(isGroup(item) ? item.hosts : []),
      ...servicesOf(item).flatMap((service) => domainsOf(service, namespace).all.map((name) => name.toLowerCase())),
    ],
    slotsOf: (items) => slotsOf(items, namespace),
  };
}

/** What becomes of a host that nobody serves (istiod: `buildCatchAllVirtualHost`). */
function everybodyElse(mode: string, cluster: string): VirtualHost {
  const host = (name: string, action: ForwardAction | DirectAction): VirtualHost => ({
    name,
    domains: ['*'],
    routes: [plainRoute(name, action)],
    requireTls: false,
    sources: [],
    ignored: [],
  });
  if (mode === 'ALLOW_ANY_DYNAMIC_DNS')
    return host('allow_any_dynamic_dns', forwardTo('AllowAnyDynamicDNSCluster', {}));
  if (mode !== 'ALLOW_ANY') return host('block_all', { kind: 'direct', status: 502, body: '' });
  return host('allow_any', forwardTo(cluster, {}));
}

/** The virtual hosts of a port without the one for everybody else, and where their domains stand. */
interface PortHosts {
  readonly hosts: readonly VirtualHost[];
  readonly shape: object;
}

/** Makes the virtual hosts of a port for a proxy, edit after edit (istiod: `BuildSidecarOutboundVirtualHosts`). */
function portMaker(
  port: number,
  labels: Labels,
  namespace: string,
): (scope: Scope, all: VirtualServices, listener: ScopedListener) => PortHosts {
  const onPort = onPortMaker(port);
  const groupsFor = groupsMaker(port);
  const serve = servedMaker<Group>();
  const serveAlone = aloneMaker();
  const touchedBy = touchedMaker();
  const listed = keepLast((services: PortServices) => [...services.values()]);
  const keepGroups = keepList<Group>();
  const withRoutes = keepLast((groups: readonly Group[], served: readonly Served[]) => {
    if (served.every(({ routes }) => routes.length > 0)) return { groups, served };
    const some = (_: unknown, place: number): boolean => served[place]?.routes.length !== 0;
    return { groups: keepGroups(groups.filter(some)), served: served.filter(({ routes }) => routes.length > 0) };
  });
  const restFor = keepLast(restOf);
  const together = keepLast((groups: readonly Item[], rest: readonly Item[]) => [...groups, ...rest]);
  const servedBy = keepLast((some: readonly Served[], others: readonly Served[]) => [...some, ...others]);
  const layoutFor = layoutMaker(asking(namespace));
  const fill = hostsMaker<Item>();
  return keepLast((scope, all, listener) => {
    const services = onPort(listener.services);
    const { ruleFor } = scope;
    const touched = touchedBy([listed(services), listOf(scope.services)], scope.rules);
    const serviceFor = (host: string): PortService | undefined => services.get(host);
    const context = { namespace, labels, port, gateway: 'mesh', tls: false, serviceFor, ruleFor };
    const bound = groupsFor(services, listener);
    const { groups, served } = withRoutes(
      bound,
      serve(bound, all, (_, vs) => routesFor(vs, context), touched),
    );
    const rest = restFor(services, groups);
    const layout = layoutFor(together(groups, rest));
    const hosts = fill(layout, servedBy(served, serveAlone(rest, ruleFor, touched)));
    return { hosts, shape: layout.slots };
  });
}

/** Virtual hosts by domain: the first that has it. */
const byDomain = keepPer((hosts: readonly VirtualHost[]): ReadonlyMap<string, VirtualHost> => {
  const out = new Map<string, VirtualHost>();
  for (const host of hosts) for (const domain of host.domains) if (!out.has(domain)) out.set(domain, host);
  return out;
});

/** What a route configuration is made of. */
type ConfigMaker = (hosts: PortHosts, everybody: VirtualHost) => RouteConfig;

function configMaker(name: string): ConfigMaker {
  const colon = name.lastIndexOf(':');
  if (colon < 0)
    return keepLast(({ hosts, shape }, everybody) => ({ name, virtualHosts: [...hosts, everybody], shape }));
  const own = name.slice(0, colon).toLowerCase();
  const alone = keepLast((only: VirtualHost | undefined): RouteConfig => {
    return { name, virtualHosts: only === undefined ? [] : [{ ...only, domains: ['*'] }] };
  });
  return ({ hosts }) => alone(byDomain(hosts).get(own));
}

/**
 * Makes the route configurations of a sidecar, edit after edit: `port`, or `host:port` for a service whose protocol is told by looking.
 * Virtual hosts that no edit touched are the same objects.
 */
export function sidecarRoutes(labels: Labels): (scope: Scope, all: VirtualServices, name: string) => RouteConfig {
  const ports = new Map<number, ReturnType<typeof portMaker>>();
  const configs = new Map<string, ConfigMaker>();
  const everybody = keepLast(everybodyElse);
  return (scope, all, name) => {
    const port = Number(name.slice(name.lastIndexOf(':') + 1));
    const listener = scope.listeners.find((l) => l.listener.port === undefined || l.listener.port.number === port);
    if (listener === undefined || Number.isNaN(port)) return { name, virtualHosts: [] };
    const hosts = ports.get(port) ?? portMaker(port, labels, scope.namespace);
    ports.set(port, hosts);
    const config = configs.get(name) ?? configMaker(name);
    configs.set(name, config);
    return config(hosts(scope, all, listener), everybody(scope.outboundMode, unknownCluster(scope)));
  };
}
