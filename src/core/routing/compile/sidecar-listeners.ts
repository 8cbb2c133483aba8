import { ANY } from './envoy.ts';
import type { ChainMatch, FilterChain, Listener, TcpAction } from './envoy.ts';
import { hostsMatch, isIpAddress } from '../../istio/names.ts';
import { isWildcard } from './hosts.ts';
import { sameItems } from '../../base/lists.ts';
import { keepMap, keepPer } from '../../base/keep.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import { l4Action, l4Fits, plainAction } from './l4.ts';
import type { Labels, Port, Protocol, Service, VirtualServiceHead } from './model.ts';
import { isHttp, isTcp, isTls } from './protocols.ts';
import { endpointsOf } from './registry.ts';
import type { Endpoints } from './registry.ts';
import type { ScopedListener } from './imported-services.ts';
import type { Reach } from './sidecar-scope.ts';
import { shortNames } from './sidecar-hosts.ts';
import { unknownCluster } from './unknown-hosts.ts';

const PLAIN_HTTP: ChainMatch = { ...ANY, transport: 'raw_buffer', alpn: ['http/1.0', 'http/1.1', 'h2c'] };

/** A listener in the making. `protocol` becomes `auto` when several share it. */
interface Draft {
  readonly address: string;
  readonly port: number;
  protocol: Protocol;
  locked: boolean;
  chains: FilterChain[];
}

interface Making {
  readonly endpoints: Endpoints;
  readonly scope: Reach;
  readonly labels: Labels;
  readonly drafts: Map<string, Draft>;
}

/** A service's port at an address, with the VirtualServices of its egress listener. */
interface Place {
  readonly service: Service;
  readonly port: Port;
  readonly bind: string;
  readonly cidrs: readonly string[];
  readonly virtualServices: readonly VirtualServiceHead[];
}

function tcpChain(match: ChainMatch, tcp: TcpAction): FilterChain {
  return { match, tls: false, clientCertificate: false, http: undefined, tcp, entries: [] };
}

function ownCluster(place: Place): TcpAction {
  const port =
    place.service.ports.length === 1 ? (place.service.ports[0]?.number ?? place.port.number) : place.port.number;
  return plainAction(`outbound|${port}||${place.service.hostname}`);
}

/** VirtualServices that say something of connections: few do. */
const withConnections = keepPer((all: readonly VirtualServiceHead[]) =>
  all.filter(({ tls, tcp }) => tls.length + tcp.length > 0),
);

/** VirtualServices by the hosts that they name, with their places in the list; those with a wildcard apart. */
const byHosts = keepPer((all: readonly VirtualServiceHead[]) => {
  const exact = new Map<string, Set<number>>();
  const wild: number[] = [];
  for (const [place, vs] of all.entries()) {
    if (vs.hosts.some(isWildcard)) wild.push(place);
    else for (const host of vs.hosts) exact.set(host, (exact.get(host) ?? new Set()).add(place));
  }
  return { exact, wild };
});

/** The VirtualServices with rules for connections that name the place's service, in their order. */
function servedBy({ virtualServices: all, service: { hostname } }: Place): readonly VirtualServiceHead[] {
  const virtualServices = withConnections(all);
  const names = (vs: VirtualServiceHead | undefined): boolean =>
    vs?.hosts.some((host) => hostsMatch(host, hostname)) === true;
  if (isWildcard(hostname)) return virtualServices.filter(names);
  const { exact, wild } = byHosts(virtualServices);
  const places = [...(exact.get(hostname) ?? []), ...wild.filter((place) => names(virtualServices[place]))];
  return places.sort((a, b) => a - b).flatMap((place) => virtualServices[place] ?? []);
}

/** Chains for a TLS port: one for each entry that fits, else one for the service itself (istiod: `buildSidecarOutboundTLSFilterChainOpts`). */
function tlsChains(making: Making, place: Place): readonly FilterChain[] {
  const { scope, labels } = making;
  const out: FilterChain[] = [];
  const handled = new Set<string>();
  let cidrs = place.cidrs;
  for (const vs of servedBy(place)) {
    for (const rule of vs.tls) {
      for (const match of rule.route.length === 0 ? [] : rule.match) {
        if (!l4Fits(match, labels, scope.namespace, place.port.number)) continue;
        if (match.destinationSubnets.length > 0) cidrs = match.destinationSubnets;
        const key = `${match.sniHosts.join(',')}|${match.destinationSubnets.join(',')}`;
        if (!handled.has(key))
          out.push(
            tcpChain(
              { ...ANY, sni: match.sniHosts.includes('*') ? [] : match.sniHosts, cidrs },
              l4Action(vs, rule, scope, place.port.number),
            ),
          );
        handled.add(key);
      }
    }
  }
  if (out.length > 0) return out;
  const { service } = place;
  const address = service.address.includes('/') ? '' : service.address;
  const byName =
    cidrs.length > 0 ||
    address === '' ||
    (address === NO_ADDRESS && place.bind === NO_ADDRESS) ||
    (isWildcard(service.hostname) && service.resolution === 'dynamicDns');
  const sni = byName
    ? [service.hostname, ...service.aliases.flatMap((alias) => [alias, ...shortNames(alias, scope.namespace)])]
    : [];
  return [tcpChain({ ...ANY, sni, cidrs }, ownCluster(place))];
}

/** Chains for a port that is not TLS (istiod: `buildSidecarOutboundTCPFilterChainOpts`). */
function plainChains(making: Making, place: Place): readonly FilterChain[] {
  const { scope, labels } = making;
  const out: FilterChain[] = [];
  const ends = { ...ANY, cidrs: place.cidrs };
  for (const vs of servedBy(place)) {
    for (const rule of vs.tcp) {
      if (rule.route.length === 0) continue;
      const action = l4Action(vs, rule, scope, place.port.number);
      if (rule.match.length === 0) return [...out, tcpChain(ends, action)];
      const subnets: string[] = [];
      for (const match of rule.match) {
        if (!l4Fits(match, labels, scope.namespace, place.port.number)) continue;
        if (match.destinationSubnets.length === 0) return [...out, tcpChain(ends, action)];
        subnets.push(...match.destinationSubnets);
      }
      if (subnets.length > 0) out.push(tcpChain({ ...ANY, cidrs: subnets }, action));
    }
  }
  const same = out.some((chain) => [...chain.match.cidrs].sort().join() === [...place.cidrs].sort().join());
  return same ? out : [...out, tcpChain(ends, ownCluster(place))];
}

function l4Chains(making: Making, place: Place): readonly FilterChain[] {
  return isTls(place.port.protocol) ? tlsChains(making, place) : plainChains(making, place);
}

function httpChain(place: Place, match: ChainMatch): FilterChain {
  const own = place.port.protocol === 'auto' && place.bind !== NO_ADDRESS;
  const routeConfig = own ? `${place.service.hostname}:${place.port.number}` : String(place.port.number);
  return { match, tls: false, clientCertificate: false, http: { routeConfig }, tcp: undefined, entries: [] };
}

function sameMatch(a: ChainMatch, b: ChainMatch): boolean {
  const set = (list: readonly string[]): string => [...new Set(list)].sort().join();
  return (
    a.transport === b.transport &&
    a.alpn.join() === b.alpn.join() &&
    set(a.sni) === set(b.sni) &&
    set(a.cidrs) === set(b.cidrs)
  );
}

function join(draft: Draft, chains: readonly FilterChain[]): void {
  for (const chain of chains)
    if (!draft.chains.some((other) => sameMatch(other.match, chain.match))) draft.chains.push(chain);
}

/** Databases whose server speaks first share a listener with nobody. */
function sharesNot(a: Protocol, b: Protocol): boolean {
  return a !== b && [a, b].some((p) => p === 'MONGO' || p === 'MYSQL');
}

/** Opens or extends the listener for a service's port (istiod: `buildSidecarOutboundListener`). */
function addPlace(making: Making, place: Place): void {
  const { protocol } = place.port;
  if (protocol === 'UDP' || place.service.resolution === 'alias') return;
  const key = `${place.bind}_${place.port.number}`;
  const current = making.drafts.get(key);
  if (current?.locked === true) return;
  const wild = place.bind === NO_ADDRESS;
  const start = (kind: Protocol, chains: readonly FilterChain[]): void =>
    void making.drafts.set(key, {
      address: place.bind,
      port: place.port.number,
      protocol: kind,
      locked: false,
      chains: [...chains],
    });
  const clash = current !== undefined && sharesNot(protocol, current.protocol);
  if (isHttp(protocol)) {
    const chains = [httpChain(place, wild ? PLAIN_HTTP : ANY)];
    if (current === undefined) start(wild && protocol !== 'HTTP_PROXY' ? 'auto' : protocol, chains);
    else if (isTcp(current.protocol) && !clash) {
      join(current, chains);
      current.protocol = 'auto';
    }
    return;
  }
  if (protocol === 'auto') {
    if (current !== undefined && !isTcp(current.protocol) && !isHttp(current.protocol)) return;
    const chains = [...l4Chains(making, place), httpChain(place, PLAIN_HTTP)];
    if (current === undefined || isHttp(current.protocol)) start('auto', chains);
    else if (!clash) {
      join(current, chains);
      current.protocol = 'auto';
    }
    return;
  }
  const chains = l4Chains(making, place);
  if (current === undefined) start(protocol, chains);
  else if (!clash) {
    join(current, chains);
    if (isHttp(current.protocol)) current.protocol = 'auto';
  }
}

/** Where a service's port is listened for: its address; everywhere with a range of addresses; everywhere for HTTP. */
function bindOf(
  service: Service,
  port: Port,
  asked: string,
): { readonly bind: string; readonly cidrs: readonly string[] } {
  if (asked !== '') return { bind: asked, cidrs: [] };
  if (isHttp(port.protocol)) return { bind: NO_ADDRESS, cidrs: [] };
  return service.address.includes('/')
    ? { bind: NO_ADDRESS, cidrs: [service.address] }
    : { bind: service.address, cidrs: [] };
}

function isHeadless(service: Service): boolean {
  return service.resolution === 'passthrough' && service.address === NO_ADDRESS;
}

/** True where listeners depend on who stands behind services: those of a headless one are at its pods' addresses. */
export function listensAtPods(scope: Reach): boolean {
  return scope.listeners.some((listener) => listener.services.some(isHeadless));
}

/** The port of a service that is HTTP and listened for everywhere, if it has no other; -1 for all else. */
const onlyHttpPort = (service: Service): number => {
  const [port, ...more] = service.ports;
  return port !== undefined && more.length === 0 && isHttp(port.protocol) ? port.number : -1;
};

/** `httpPorts`: of each service, as `onlyHttpPort` says. */
function addEgress(making: Making, listener: ScopedListener, own: string, httpPorts: readonly number[]): void {
  const { virtualServices } = listener;
  const asked = listener.listener.port;
  if (asked === undefined) for (const draft of making.drafts.values()) draft.locked = true;
  const adds = new Set<number>();
  const addsNothing = (number: number): boolean => {
    if (adds.has(number)) return true;
    const open = making.drafts.get(`${NO_ADDRESS}_${number}`);
    const nothing = open !== undefined && (open.locked || !isTcp(open.protocol));
    if (nothing) adds.add(number);
    return nothing;
  };
  const everywhere = asked === undefined && listener.listener.bind === '';
  for (let i = 0; i < listener.services.length; i += 1) {
    const number = httpPorts[i] ?? -1;
    // Of all that are listened for everywhere the first opens the listener: thousands more for HTTP add nothing to it.
    if (everywhere && number >= 0 && addsNothing(number)) continue;
    const service = listener.services[i];
    if (service === undefined) continue;
    for (const port of asked === undefined ? service.ports : [asked]) {
      const bound = listener.listener.bind;
      if (everywhere && isHttp(port.protocol) && addsNothing(port.number)) continue;
      const headless =
        asked === undefined &&
        bound === '' &&
        isHeadless(service) &&
        (isTcp(port.protocol) || port.protocol === 'auto');
      const endpoints = headless ? endpointsOf(making.endpoints, service, port) : [];
      if (!headless || (!service.kubernetes && endpoints.length === 0 && service.selector === undefined)) {
        addPlace(making, { service, port, ...bindOf(service, port, bound), virtualServices });
        continue;
      }
      for (const endpoint of endpoints) {
        if (isIpAddress(endpoint.address) && endpoint.address !== own)
          addPlace(making, { service, port, bind: endpoint.address, cidrs: [], virtualServices });
      }
    }
  }
}

function matchesAll(match: ChainMatch): boolean {
  return match.sni.length + match.alpn.length + match.cidrs.length === 0 && match.transport === '';
}

/** What takes connections that no chain takes. */
export function outboundDefault(scope: Reach): FilterChain {
  return tcpChain(ANY, plainAction(unknownCluster(scope)));
}

function finish(draft: Draft, scope: Reach): Listener {
  const all = draft.chains.findLast((chain) => matchesAll(chain.match));
  const rest = draft.chains.filter((chain) => !matchesAll(chain.match));
  const seesTls = draft.chains.some((chain) => chain.match.sni.length > 0);
  const seesHttp = draft.chains.some((chain) => chain.match.alpn.length > 0);
  const place = { address: draft.address, port: draft.port, seesTls, seesHttp };
  if (all !== undefined)
    return rest.length === 0
      ? { ...place, chains: [all], defaultChain: undefined }
      : { ...place, chains: rest, defaultChain: all };
  return { ...place, chains: rest, defaultChain: outboundDefault(scope) };
}

/** Makes the outbound listeners of a client's sidecar, edit after edit (istiod: `buildSidecarOutboundListeners`). VirtualServices that say nothing of connections are none of their business. `own` is the client's address. */
export function sidecarListenersMaker(
  labels: Labels,
  own: string,
): (endpoints: Endpoints, scope: Reach) => readonly Listener[] {
  let last: { readonly inputs: readonly unknown[]; readonly made: readonly Listener[] } | undefined;
  const ports: ((services: readonly Service[]) => readonly number[])[] = [];
  const make = (endpoints: Endpoints, scope: Reach): readonly Listener[] => {
    const making: Making = { endpoints, scope, labels, drafts: new Map() };
    for (const [i, listener] of scope.listeners.entries())
      addEgress(making, listener, own, (ports[i] ??= keepMap(onlyHttpPort))(listener.services));
    return [...making.drafts.values()].map((draft) => finish(draft, scope));
  };
  return (endpoints, scope) => {
    const { namespace, sidecar, outboundMode, listeners, services } = scope;
    const inputs: unknown[] = [endpoints, namespace, sidecar, outboundMode];
    for (const listener of listeners) {
      const heads = withConnections(listener.virtualServices);
      inputs.push(listener.listener, listener.services, heads.length, ...heads);
      // Where connections go is looked up among all services.
      if (heads.length > 0) inputs.push(services);
    }
    if (last === undefined || !sameItems(last.inputs, inputs)) last = { inputs, made: make(endpoints, scope) };
    return last.made;
  };
}
