import { ANY } from './envoy.ts';
import type { ChainMatch, FilterChain, Listener } from './envoy.ts';
import { passesThrough, routeConfigName, terminatesHttps } from './gateway-merge.ts';
import type { MergedGateways, MergedPort } from './gateway-merge.ts';
import { hostIsWithin, hostsMatch } from '../../istio/names.ts';
import { l4Action, plainAction } from './l4.ts';
import type { GatewayServer, L4Match, VirtualServiceHead } from './model.ts';
import { isHttp } from './protocols.ts';
import type { Scope } from './sidecar-scope.ts';
import { virtualServicesFor } from './virtual-services.ts';

const MTLS_ALPN = ['istio-peer-exchange', 'istio', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/** Which SNI host was taken on a port by whom (by bind). */
type TakenNames = Map<string, string>;

function entryOf(server: GatewayServer): FilterChain['entries'] {
  return [{ gateway: server.gateway, server: server.index }];
}

/** SNI hosts of a server, sorted, each once; none where one of them is `*`. */
function serverNames(server: GatewayServer): readonly string[] {
  const names = [...new Set(server.hosts.map((host) => host.slice(host.indexOf('/') + 1)))].sort();
  return names.includes('*') ? [] : names;
}

/** True where a VirtualService and a server have a host in common that the VirtualService's namespace may serve. */
export function bound(server: GatewayServer, vs: VirtualServiceHead): boolean {
  return vs.hosts.some((host) =>
    server.hosts.some((own) => {
      const slash = own.indexOf('/');
      return (slash < 0 || own.slice(0, slash) === vs.namespace) && hostsMatch(own.slice(slash + 1), host);
    }),
  );
}

/** At a gateway only the port and the gateway of an entry count (istiod: `l4SingleMatch`). */
function fits(match: L4Match, server: GatewayServer): boolean {
  return (
    (match.port === 0 || match.port === server.number) &&
    (match.gateways.length === 0 || match.gateways.includes(server.gatewayName))
  );
}

function tcpChain(
  heads: readonly VirtualServiceHead[],
  scope: Scope,
  server: GatewayServer,
  match: ChainMatch,
  tls: boolean,
): readonly FilterChain[] {
  for (const vs of virtualServicesFor(heads, scope.namespace, server.gatewayName)) {
    if (!bound(server, vs)) continue;
    for (const rule of vs.tcp) {
      if (rule.route.length === 0 || !(rule.match.length === 0 || rule.match.some((m) => fits(m, server)))) continue;
      return [
        {
          match,
          tls,
          clientCertificate: false,
          http: undefined,
          tcp: l4Action(vs, rule, scope, server.number),
          entries: entryOf(server),
        },
      ];
    }
  }
  return [];
}

function passthroughChains(
  heads: readonly VirtualServiceHead[],
  scope: Scope,
  server: GatewayServer,
  taken: TakenNames,
): readonly FilterChain[] {
  const out: FilterChain[] = [];
  for (const vs of virtualServicesFor(heads, scope.namespace, server.gatewayName)) {
    if (!bound(server, vs)) continue;
    for (const rule of vs.tls) {
      for (const match of rule.route.length === 0 ? [] : rule.match) {
        if (!fits(match, server) || match.sniHosts.some((name) => taken.get(name) === server.bind)) continue;
        for (const name of match.sniHosts) taken.set(name, server.bind);
        const sni = match.sniHosts.includes('*') ? [] : match.sniHosts;
        out.push({
          match: { ...ANY, sni },
          tls: false,
          clientCertificate: false,
          http: undefined,
          tcp: l4Action(vs, rule, scope, server.number),
          entries: entryOf(server),
        });
      }
    }
  }
  return out;
}

/** East-west traffic: the name asked for is that of a cluster. */
function autoPassthroughChains(scope: Scope, server: GatewayServer): readonly FilterChain[] {
  const names = server.hosts.map((host) => host.slice(host.indexOf('/') + 1));
  const out: FilterChain[] = [];
  for (const service of scope.services.values()) {
    if (service.external || !names.some((name) => hostIsWithin(service.hostname, name))) continue;
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      for (const subset of ['', ...(scope.ruleFor(service.hostname)?.subsets ?? []).map((s) => s.name)]) {
        const cluster = `outbound_.${port.number}_.${subset}_.${service.hostname}`;
        out.push({
          match: { ...ANY, sni: [cluster], alpn: MTLS_ALPN },
          tls: false,
          clientCertificate: false,
          http: undefined,
          tcp: plainAction(cluster),
          entries: entryOf(server),
        });
      }
    }
  }
  return out;
}

function serverChains(
  heads: readonly VirtualServiceHead[],
  scope: Scope,
  port: MergedPort,
  server: GatewayServer,
  taken: TakenNames,
): readonly FilterChain[] {
  const clientCertificate = server.tls?.mode === 'MUTUAL' || server.tls?.mode === 'ISTIO_MUTUAL';
  if (terminatesHttps(server)) {
    return [
      {
        match: { ...ANY, sni: serverNames(server) },
        tls: true,
        clientCertificate,
        http: { routeConfig: routeConfigName(server, port.port) },
        tcp: undefined,
        entries: entryOf(server),
      },
    ];
  }
  if (server.tls === undefined) return tcpChain(heads, scope, server, ANY, false);
  if (!passesThrough(server)) return tcpChain(heads, scope, server, { ...ANY, sni: serverNames(server) }, true);
  return server.tls.mode === 'AUTO_PASSTHROUGH'
    ? autoPassthroughChains(scope, server)
    : passthroughChains(heads, scope, server, taken);
}

function portChains(
  heads: readonly VirtualServiceHead[],
  scope: Scope,
  port: MergedPort,
  taken: TakenNames,
): readonly FilterChain[] {
  if (isHttp(port.protocol)) {
    const entries = port.servers.flatMap((server) => entryOf(server));
    return [
      {
        match: ANY,
        tls: false,
        clientCertificate: false,
        http: { routeConfig: port.routeConfig },
        tcp: undefined,
        entries,
      },
    ];
  }
  return port.servers.flatMap((server) => serverChains(heads, scope, port, server, taken));
}

/** The listeners of a gateway's pod. A port without any filter chain is not opened (istiod: `buildGatewayListeners`). */
export function gatewayListeners(
  heads: readonly VirtualServiceHead[],
  scope: Scope,
  merged: MergedGateways,
): readonly Listener[] {
  const taken = new Map<number, TakenNames>();
  const byAddress = new Map<string, { address: string; port: number; chains: FilterChain[] }>();
  for (const port of merged.ports) {
    const names = taken.get(port.port) ?? new Map<string, string>();
    taken.set(port.port, names);
    const address = port.bind === '' ? '0.0.0.0' : port.bind;
    const listener = byAddress.get(`${address}_${port.port}`) ?? { address, port: port.port, chains: [] };
    byAddress.set(`${address}_${port.port}`, listener);
    listener.chains.push(...portChains(heads, scope, port, names));
  }
  return [...byAddress.values()]
    .filter((l) => l.chains.length > 0)
    .map((l) => ({
      ...l,
      defaultChain: undefined,
      seesHttp: false,
      seesTls: l.chains.some((c) => c.match.sni.length > 0 || c.tls),
    }));
}
