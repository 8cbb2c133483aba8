import { sameItems } from '../../base/lists.ts';
import type { DirectAction, ForwardAction, Route, RouteConfig, VirtualHost } from './envoy.ts';
import { NO_OPS } from './envoy.ts';
import { hashForService, hashKey } from './hash.ts';
import { hostsMatch, isIpAddress } from '../../istio/names.ts';
import { isWildcard } from './hosts.ts';
import { routesFor } from './http-route.ts';
import { keepLast, keepList, keepMap, keepPer } from '../../base/keep.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import type { Labels, Port, Service, VirtualServiceHead, VirtualServices } from './model.ts';
import { isHttpOrAuto } from './protocols.ts';
import { unknownCluster } from './unknown-hosts.ts';
import { DEFAULT_RETRY } from './retry.ts';
import { translateMatch } from './route-match.ts';
import type { ScopedListener } from './imported-services.ts';
import type { Scope } from './sidecar-scope.ts';
import { hostsMaker, servedMaker } from './virtual-hosts.ts';
import type { Place, Served, Slot } from './virtual-hosts.ts';

/** A VirtualService on a port, with its hosts: some of the registry, some that only it names. */
interface Group extends Place {
  readonly hosts: readonly string[];
  readonly services: readonly Service[];
}

/** What the virtual hosts of a port are made of, before any rule is looked at. */
interface Plan {
  readonly services: ReadonlyMap<string, Service>;
  readonly groups: readonly Group[];
}

/** The virtual hosts of a port without their routes. Places beyond the plan's groups are those of services that no VirtualService serves. */
interface Layout {
  readonly slots: readonly Slot[];
  readonly rest: readonly Service[];
}

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

const atPort = keepPer((service: Service, port: Port, hostname: string): Service => ({
  ...service,
  hostname,
  ports: [port],
}));

/** Makes the services that have the port, cut down to it, with hosts in lower case, edit after edit. */
function onPortMaker(port: number): (services: readonly Service[]) => readonly Service[] {
  const cut = keepMap((service: Service): Service | undefined => {
    const at = service.ports.find((p) => p.number === port);
    return at && atPort(service, at, service.hostname.toLowerCase());
  });
  const having = keepLast((all: readonly (Service | undefined)[]) => all.filter((one) => one !== undefined));
  return (services) => having(cut(services));
}

/** Services by host; of several addresses of one entry the first. */
function byHostname(services: readonly Service[]): ReadonlyMap<string, Service> {
  const out = new Map<string, Service>();
  for (const service of services) {
    const before = out.get(service.hostname);
    if (before === undefined || before.resource !== service.resource) out.set(service.hostname, service);
  }
  return out;
}

type Bound = Pick<ScopedListener, 'virtualServices' | 'assigned'>;

/** VirtualServices with a host that some service has; on port 80 all of them. */
function virtualServicesOnPort(
  listener: Bound,
  services: ReadonlyMap<string, Service>,
  port: number,
): readonly VirtualServiceHead[] {
  if (port === 80) return listener.virtualServices;
  const wild = [...services.keys()].filter(isWildcard);
  return listener.virtualServices.filter((vs) =>
    vs.hosts.some((written) => {
      const host = written.toLowerCase();
      if (services.has(host)) return true;
      return isWildcard(host)
        ? [...services.keys()].some((name) => hostsMatch(host, name))
        : wild.some((name) => hostsMatch(host, name));
    }),
  );
}

/** A VirtualService's hosts that are services (wildcards: those assigned to it) and those that are not (istiod: `separateVSHostsAndServices`). */
function separate(
  vs: VirtualServiceHead,
  services: ReadonlyMap<string, Service>,
  listener: Bound,
): { readonly hosts: readonly string[]; readonly services: readonly Service[] } {
  const hosts: string[] = [];
  const found: Service[] = [];
  for (const written of vs.hosts.filter((h) => !isWildcard(h))) {
    const service = services.get(written.toLowerCase());
    if (service === undefined) hosts.push(written);
    else found.push(service);
  }
  for (const written of vs.hosts.filter(isWildcard)) {
    const matching = [...services.values()].filter((service) => hostsMatch(service.hostname, written.toLowerCase()));
    for (const service of matching) {
      const owner = listener.assigned.get(service.hostname);
      if (owner !== undefined && owner.name === vs.name && owner.namespace === vs.namespace) found.push(service);
    }
    if (matching.length === 0) hosts.push(written.toLowerCase());
  }
  return { hosts, services: found };
}

function planOf(onPort: readonly Service[], listener: Bound, placeOf: VirtualServices['placeOf'], port: number): Plan {
  const services = byHostname(onPort);
  const groups = virtualServicesOnPort(listener, services, port).flatMap((head): readonly Group[] => {
    const parts = separate(head, services, listener);
    const served = parts.services.filter((s) => s.ports.some((p) => isHttpOrAuto(p.protocol)));
    const at = placeOf.get(head) ?? -1;
    return served.length > 0 || port === 80
      ? [{ at, port, gateway: 'mesh', hosts: parts.hosts, services: served }]
      : [];
  });
  return { services, groups };
}

function samePlan(a: Plan, b: Plan): boolean {
  return (
    sameItems([...a.services.values()], [...b.services.values()]) &&
    a.groups.length === b.groups.length &&
    a.groups.every((group, i) => {
      const other = b.groups[i];
      return group.at === other?.at && sameItems(group.hosts, other.hosts) && sameItems(group.services, other.services);
    })
  );
}

/** Services that no VirtualService with rules serves. */
function restOf(plan: Plan, groups: readonly Group[]): readonly Service[] {
  const served = new Set(groups.flatMap((group) => group.services.map((service) => service.hostname)));
  return [...plan.services.values()].filter((service) => {
    const port = service.ports[0];
    const alone = !served.has(service.hostname) && service.resolution !== 'alias';
    return alone && port !== undefined && isHttpOrAuto(port.protocol);
  });
}

const plainRoutes = keepPer((service: Service, port: number, hash: string | undefined): readonly Route[] => {
  const action = forwardTo(`outbound|${port}||${service.hostname}`, {
    retry: DEFAULT_RETRY,
    hash: hash === undefined ? [] : [hash],
  });
  return [plainRoute('default', action)];
});

/** What stands in the place of a service that no VirtualService serves. */
function servedAlone(service: Service, scope: Scope | undefined, before: Served | undefined): Served {
  const port = service.ports[0]?.number ?? 0;
  const routes = plainRoutes(service, port, hashKey(hashForService(scope?.ruleFor(service.hostname), port)));
  return before?.routes === routes ? before : { routes, virtualService: undefined, source: undefined };
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
  (service: Service, namespace: string): { readonly all: readonly string[]; readonly short: ReadonlySet<string> } => {
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

/** Lays out virtual hosts; a name or domain belongs to the first that has it, and no shortened one hides a real one. */
function layoutOf(plan: Plan, groups: readonly Group[], namespace: string): Layout {
  const rest = restOf(plan, groups);
  const slots = new Map<string, Slot & { readonly ignored: number[] }>();
  const domains = new Set<string>();
  const known = new Set([...groups.flatMap((group) => group.services), ...rest].map((service) => service.hostname));
  const add = (host: string, port: number, place: number, all: readonly string[], short: ReadonlySet<string>): void => {
    const name = `${host}:${port}`;
    const taken = slots.get(name);
    if (taken !== undefined) {
      if (place < plan.groups.length) taken.ignored.push(place);
      return;
    }
    const kept: string[] = [];
    for (const domain of all) {
      const lower = domain.toLowerCase();
      if (domains.has(lower) || (short.has(domain) && known.has(domain))) continue;
      domains.add(lower);
      kept.push(lower);
    }
    slots.set(name, { name, domains: kept, requireTls: false, by: [place], ignored: [] });
  };
  const addService = (service: Service, port: number, place: number): void => {
    const { all, short } = domainsOf(service, namespace);
    add(service.hostname, port, place, all, short);
  };
  const places = new Map(plan.groups.map((group, place) => [group, place]));
  for (const group of groups) {
    const place = places.get(group) ?? 0;
    for (const host of group.hosts) add(host.toLowerCase(), group.port, place, [host.toLowerCase()], new Set());
    for (const service of group.services) addService(service, group.port, place);
  }
  for (const [i, service] of rest.entries()) addService(service, service.ports[0]?.number ?? 0, plan.groups.length + i);
  return { slots: [...slots.values()].filter((slot) => slot.domains.length > 0), rest };
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
  readonly slots: readonly Slot[];
}

/** Makes the virtual hosts of a port for a proxy, edit after edit (istiod: `BuildSidecarOutboundVirtualHosts`). */
function portMaker(
  port: number,
  labels: Labels,
): (scope: Scope, all: VirtualServices, listener: ScopedListener) => PortHosts {
  let last: Plan | undefined;
  const onPort = onPortMaker(port);
  const planFor = keepLast(
    (
      services: readonly Service[],
      virtualServices: Bound['virtualServices'],
      assigned: Bound['assigned'],
      placeOf: VirtualServices['placeOf'],
    ): Plan => {
      const now = planOf(services, { virtualServices, assigned }, placeOf, port);
      return (last = last !== undefined && samePlan(last, now) ? last : now);
    },
  );
  const serve = servedMaker<Group>();
  const serveAlone = keepMap(servedAlone);
  const keepGroups = keepList<Group>();
  const layout = keepLast(layoutOf);
  const fill = hostsMaker();
  return keepLast((scope, all, listener) => {
    const plan = planFor(onPort(listener.services), listener.virtualServices, listener.assigned, all.placeOf);
    const { namespace, ruleFor } = scope;
    const serviceFor = (host: string): Service | undefined => plan.services.get(host);
    const context = { namespace, labels, port, gateway: 'mesh', tls: false, serviceFor, ruleFor };
    const served = serve(plan.groups, all, scope, (_, vs) => routesFor(vs, context), [serviceFor, ruleFor]);
    const groups = keepGroups(plan.groups.filter((_, place) => served[place]?.routes.length !== 0));
    const { slots, rest } = layout(plan, groups, namespace);
    return { hosts: fill(slots, [...served, ...serveAlone(rest, scope)]), slots };
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
    return keepLast(({ hosts, slots }, everybody) => ({ name, virtualHosts: [...hosts, everybody], shape: slots }));
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
    const hosts = ports.get(port) ?? portMaker(port, labels);
    ports.set(port, hosts);
    const config = configs.get(name) ?? configMaker(name);
    configs.set(name, config);
    return config(hosts(scope, all, listener), everybody(scope.outboundMode, unknownCluster(scope)));
  };
}
