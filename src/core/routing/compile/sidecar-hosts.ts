import type { DirectAction, ForwardAction, Route, RouteConfig, RouteSource, VirtualHost } from './envoy.ts';
import { NO_OPS } from './envoy.ts';
import { hashForService, hashKey } from './hash.ts';
import { hostsMatch, isIpAddress } from '../../istio/names.ts';
import { isWildcard } from './hosts.ts';
import { compileRules } from './http-route.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import type { Labels, Service, VirtualService } from './model.ts';
import { isHttpOrAuto } from './protocols.ts';
import { unknownCluster } from './unknown-hosts.ts';
import { DEFAULT_RETRY } from './retry.ts';
import { translateMatch } from './route-match.ts';
import type { Scope, ScopedListener } from './sidecar-scope.ts';

/** Routes with the hosts that they serve: some of the registry, some that only a VirtualService names. */
interface Group {
  readonly hosts: readonly string[];
  readonly services: readonly Service[];
  readonly routes: readonly Route[];
  readonly source: RouteSource | undefined;
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

/** Services of an egress listener that have the port, cut down to it, by host in lower case; of several addresses of one entry the first. */
function servicesOnPort(listener: ScopedListener, port: number): Map<string, Service> {
  const out = new Map<string, Service>();
  for (const service of listener.services) {
    const at = service.ports.find((p) => p.number === port);
    const hostname = service.hostname.toLowerCase();
    const before = out.get(hostname);
    if (at === undefined || (before !== undefined && before.resource === service.resource)) continue;
    out.set(hostname, { ...service, hostname, ports: [at] });
  }
  return out;
}

/** VirtualServices with a host that some service has; on port 80 all of them. */
function virtualServicesOnPort(
  listener: ScopedListener,
  services: ReadonlyMap<string, Service>,
  port: number,
): readonly VirtualService[] {
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
  vs: VirtualService,
  services: ReadonlyMap<string, Service>,
  listener: ScopedListener,
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

function ruleGroups(
  scope: Scope,
  labels: Labels,
  listener: ScopedListener,
  services: ReadonlyMap<string, Service>,
  port: number,
): readonly Group[] {
  const out: Group[] = [];
  for (const vs of virtualServicesOnPort(listener, services, port)) {
    const routes = compileRules(vs, {
      namespace: scope.namespace,
      labels,
      port,
      gateway: 'mesh',
      tls: false,
      serviceFor: (host) => services.get(host),
      ruleFor: scope.ruleFor,
    });
    if (routes.length === 0) continue;
    const parts = separate(vs, services, listener);
    const served = parts.services.filter((s) => s.ports.some((p) => isHttpOrAuto(p.protocol)));
    if (served.length > 0 || port === 80)
      out.push({ hosts: parts.hosts, services: served, routes, source: { virtualService: vs, port, gateway: 'mesh' } });
  }
  return out;
}

function serviceGroups(scope: Scope, services: readonly Service[]): readonly Group[] {
  return services.flatMap((service) => {
    const port = service.ports[0];
    if (service.resolution === 'alias' || port === undefined || !isHttpOrAuto(port.protocol)) return [];
    const hash = hashKey(hashForService(scope.ruleFor(service.hostname), port.number));
    const action = forwardTo(`outbound|${port.number}||${service.hostname}`, {
      retry: DEFAULT_RETRY,
      hash: hash === undefined ? [] : [hash],
    });
    return [{ hosts: [], services: [service], routes: [plainRoute('default', action)], source: undefined }];
  });
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

function domainsOf(
  service: Service,
  namespace: string,
): { readonly all: readonly string[]; readonly short: ReadonlySet<string> } {
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
}

/** A virtual host in the making. */
interface Draft {
  readonly host: VirtualHost;
  readonly ignored: RouteSource[];
}

/** Makes virtual hosts of groups; a name or domain belongs to the first that has it, and no shortened one hides a real one. */
function virtualHostsOf(groups: readonly Group[], namespace: string, port: number): readonly VirtualHost[] {
  const drafts = new Map<string, Draft>();
  const domains = new Set<string>();
  const known = new Set(groups.flatMap((group) => group.services.map((service) => service.hostname)));
  const add = (host: string, group: Group, all: readonly string[], short: ReadonlySet<string>): void => {
    const name = `${host}:${port}`;
    const taken = drafts.get(name);
    if (taken !== undefined) {
      if (group.source !== undefined) taken.ignored.push(group.source);
      return;
    }
    const kept = all.filter((domain) => {
      const lower = domain.toLowerCase();
      if (domains.has(lower) || (short.has(domain) && known.has(domain))) return false;
      domains.add(lower);
      return true;
    });
    const ignored: RouteSource[] = [];
    const sources = group.source === undefined ? [] : [group.source];
    const lower = kept.map((domain) => domain.toLowerCase());
    drafts.set(name, {
      host: { name, domains: lower, routes: group.routes, requireTls: false, sources, ignored },
      ignored,
    });
  };
  for (const group of groups) {
    for (const host of group.hosts) add(host.toLowerCase(), group, [host.toLowerCase()], new Set());
    for (const service of group.services) {
      const { all, short } = domainsOf(service, namespace);
      add(service.hostname, group, all, short);
    }
  }
  return [...drafts.values()].map((draft) => draft.host).filter((host) => host.domains.length > 0);
}

/** What becomes of a host that nobody serves (istiod: `buildCatchAllVirtualHost`). */
function everybodyElse(scope: Scope): VirtualHost {
  const host = (name: string, action: ForwardAction | DirectAction): VirtualHost => ({
    name,
    domains: ['*'],
    routes: [plainRoute(name, action)],
    requireTls: false,
    sources: [],
    ignored: [],
  });
  if (scope.outboundMode === 'ALLOW_ANY_DYNAMIC_DNS')
    return host('allow_any_dynamic_dns', forwardTo('AllowAnyDynamicDNSCluster', {}));
  if (scope.outboundMode !== 'ALLOW_ANY') return host('block_all', { kind: 'direct', status: 502, body: '' });
  return host('allow_any', forwardTo(unknownCluster(scope), {}));
}

/** The virtual hosts of a port, without the one for everybody else (istiod: `BuildSidecarOutboundVirtualHosts`). */
function hostsOnPort(scope: Scope, labels: Labels, listener: ScopedListener, port: number): readonly VirtualHost[] {
  const services = servicesOnPort(listener, port);
  const byRules = ruleGroups(scope, labels, listener, services, port);
  for (const group of byRules) for (const service of group.services) services.delete(service.hostname);
  return virtualHostsOf([...byRules, ...serviceGroups(scope, [...services.values()])], scope.namespace, port);
}

/** Compiles a sidecar's route configuration: `port`, or `host:port` for a service whose protocol is told by looking. */
export function sidecarRouteConfig(scope: Scope, labels: Labels, name: string): RouteConfig {
  const colon = name.lastIndexOf(':');
  const port = Number(name.slice(colon + 1));
  const listener = scope.listeners.find((l) => l.listener.port === undefined || l.listener.port.number === port);
  if (listener === undefined || Number.isNaN(port)) return { name, virtualHosts: [] };
  const hosts = hostsOnPort(scope, labels, listener, port);
  if (colon < 0) return { name, virtualHosts: [...hosts, everybodyElse(scope)] };
  const own = name.slice(0, colon).toLowerCase();
  const [only] = hosts.filter((host) => host.domains.includes(own));
  return { name, virtualHosts: only === undefined ? [] : [{ ...only, domains: ['*'] }] };
}
