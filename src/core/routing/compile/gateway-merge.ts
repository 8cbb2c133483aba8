import type { Gateway, GatewayServer, Labels, Protocol } from './model.ts';
import { isHttp } from './protocols.ts';
import { labelsFit } from './read.ts';

/** A listener of a gateway's pod in the making: a port with its protocol and address. */
export interface MergedPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly bind: string;
  /** For plain HTTP: the route configuration that all its servers share. */
  readonly routeConfig: string;
  readonly servers: GatewayServer[];
}

/** Why a server is not served. */
export interface DroppedServer {
  readonly server: GatewayServer;
  readonly why: 'duplicateHost' | 'conflict';
  readonly by: GatewayServer | undefined;
}

/** All Gateways that select a pod, joined (istiod: `mergeGateways`). */
export interface MergedGateways {
  readonly ports: readonly MergedPort[];
  readonly byRouteConfig: ReadonlyMap<string, readonly GatewayServer[]>;
  readonly dropped: readonly DroppedServer[];
}

/** True where the server ends no TLS but passes it on. */
export function passesThrough(server: GatewayServer): boolean {
  return server.tls !== undefined && (server.tls.mode === 'PASSTHROUGH' || server.tls.mode === 'AUTO_PASSTHROUGH');
}

/** True where the server speaks TLS (not: HTTP that redirects). */
function isTlsServer(server: GatewayServer): boolean {
  return server.tls !== undefined && !isHttp(server.protocol);
}

/** True where the server ends TLS and speaks HTTP inside. */
export function terminatesHttps(server: GatewayServer): boolean {
  return server.tls !== undefined && server.protocol === 'HTTPS' && !passesThrough(server);
}

function isHttpServer(server: GatewayServer): boolean {
  return isHttp(server.protocol) || (server.protocol === 'HTTPS' && !passesThrough(server));
}

/** The name of a server's route configuration; `''` where it has none (istiod: `gatewayRDSRouteName`). */
export function routeConfigName(server: GatewayServer, port: number): string {
  const bind = server.bind === '' ? '' : `.${server.bind}`;
  if (isHttp(server.protocol)) return `http.${port}${bind}`;
  if (server.protocol !== 'HTTPS' || passesThrough(server)) return '';
  const [namespace = '', name = ''] = server.gatewayName.split('/');
  return `https.${server.number}.${server.portName}.${name}.${namespace}${bind}`;
}

interface State {
  readonly ports: MergedPort[];
  readonly byKey: Map<string, MergedPort>;
  readonly byRouteConfig: Map<string, GatewayServer[]>;
  readonly dropped: DroppedServer[];
  readonly used: Set<number>;
  readonly plain: Map<number, MergedPort>;
  readonly tlsHosts: Map<number, Map<string, { readonly bind: string; readonly server: GatewayServer }>>;
}

function open(state: State, server: GatewayServer, port: number, routeConfig: string): MergedPort {
  const made: MergedPort = { port, protocol: server.protocol, bind: server.bind, routeConfig, servers: [server] };
  state.ports.push(made);
  state.byKey.set(keyOf(server, port), made);
  return made;
}

function keyOf(server: GatewayServer, port: number): string {
  return `${port}|${server.protocol}|${server.bind}`;
}

function addPlain(state: State, server: GatewayServer, port: number, routeConfig: string): void {
  const made = open(state, server, port, routeConfig);
  if (!isTlsServer(server)) state.plain.set(port, made);
  if (isHttpServer(server)) state.byRouteConfig.set(routeConfig, [server]);
}

/** Takes the server's hosts on a port; the one that has one of them already where there is one. */
function claim(state: State, server: GatewayServer, port: number): GatewayServer | undefined {
  const hosts =
    state.tlsHosts.get(port) ?? new Map<string, { readonly bind: string; readonly server: GatewayServer }>();
  state.tlsHosts.set(port, hosts);
  for (const host of server.hosts) {
    const owner = hosts.get(host);
    if (owner !== undefined && owner.bind === server.bind) return owner.server;
  }
  for (const host of server.hosts) hosts.set(host, { bind: server.bind, server });
  return undefined;
}

function joinPlain(state: State, current: MergedPort, server: GatewayServer, port: number, routeConfig: string): void {
  const sameBind = current.bind === server.bind;
  const together = isHttp(server.protocol) && isHttp(current.protocol);
  if (sameBind && (!together || routeConfig === '')) {
    state.dropped.push({ server, why: 'conflict', by: current.servers[0] });
    return;
  }
  if (sameBind) current.servers.push(server);
  else {
    const existing = state.byKey.get(keyOf(server, port));
    if (existing === undefined) {
      addPlain(state, server, port, routeConfig);
      return;
    }
    existing.servers.push(server);
  }
  const list = state.byRouteConfig.get(routeConfig) ?? [];
  state.byRouteConfig.set(routeConfig, [...list, server]);
}

function joinTls(state: State, server: GatewayServer, port: number, routeConfig: string): void {
  if (!isTlsServer(server)) {
    const made = open(state, server, port, routeConfig);
    state.plain.set(port, made);
    if (isHttpServer(server)) state.byRouteConfig.set(routeConfig, [server]);
    return;
  }
  if (isHttpServer(server)) {
    if (routeConfig === '' || state.byRouteConfig.has(routeConfig)) {
      state.dropped.push({ server, why: 'conflict', by: state.byRouteConfig.get(routeConfig)?.[0] });
      return;
    }
    state.byRouteConfig.set(routeConfig, [server]);
  }
  const existing = state.byKey.get(keyOf(server, port));
  if (existing === undefined) open(state, server, port, '');
  else existing.servers.push(server);
}

/** Joins the servers of all Gateways that select the pod. The pod listens on the ports as written: callers dial its Service's ports. */
export function mergeGateways(gateways: readonly Gateway[], labels: Labels): MergedGateways {
  const state: State = {
    ports: [],
    byKey: new Map(),
    byRouteConfig: new Map(),
    dropped: [],
    used: new Set(),
    plain: new Map(),
    tlsHosts: new Map(),
  };
  for (const gateway of gateways) {
    if (!labelsFit(gateway.selector, labels)) continue;
    for (const server of gateway.servers) {
      const port = server.number;
      const routeConfig = routeConfigName(server, port);
      const owner = server.tls === undefined ? undefined : claim(state, server, port);
      if (owner !== undefined) {
        state.dropped.push({ server, why: 'duplicateHost', by: owner });
        continue;
      }
      const current = state.plain.get(port);
      if (!state.used.has(port)) {
        state.used.add(port);
        addPlain(state, server, port, routeConfig);
      } else if (current !== undefined) joinPlain(state, current, server, port, routeConfig);
      else joinTls(state, server, port, routeConfig);
    }
  }
  return { ports: state.ports, byRouteConfig: state.byRouteConfig, dropped: state.dropped };
}
