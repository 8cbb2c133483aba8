import type { Proxy } from '../types.ts';
import { compileClusters } from './clusters.ts';
import type { Cluster } from './clusters.ts';
import type { Entry, FilterChain, Listener, RouteConfig } from './envoy.ts';
import { gatewayRouteConfig } from './gateway-hosts.ts';
import { gatewayListeners } from './gateway-listeners.ts';
import { mergeGateways } from './gateway-merge.ts';
import type { DroppedServer } from './gateway-merge.ts';
import type { Labels } from './model.ts';
import { outboundDefault, sidecarListeners } from './sidecar-listeners.ts';
import { sidecarRouteConfig } from './sidecar-hosts.ts';
import { gatewayScope, sidecarScope } from './sidecar-scope.ts';
import type { Scope } from './sidecar-scope.ts';
import type { Push } from './push.ts';

/** A proxy's configuration as istiod would send it. Route configurations are made when they are asked for. */
export interface CompiledProxy {
  readonly proxy: Proxy;
  readonly scope: Scope;
  readonly listeners: readonly Listener[];
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly routeConfig: (name: string) => RouteConfig;
  /** What takes connections to ports that no listener has; absent at gateways, which refuse them. */
  readonly fallback: FilterChain | undefined;
  readonly dropped: readonly DroppedServer[];
  /** The hosts of a Gateway's server, without namespaces. */
  readonly serverHosts: (entry: Entry) => readonly string[] | undefined;
}

const OWN_ADDRESS = '10.244.200.1';

function remembering(make: (name: string) => RouteConfig): (name: string) => RouteConfig {
  const made = new Map<string, RouteConfig>();
  return (name) => {
    const config = made.get(name) ?? make(name);
    made.set(name, config);
    return config;
  };
}

function hostsOfServers(push: Push): (entry: Entry) => readonly string[] | undefined {
  const hosts = new Map(
    push.gateways.flatMap((g) =>
      g.servers.map(
        (s) => [`${s.gateway} ${s.index}`, s.hosts.map((h) => h.slice(h.indexOf('/') + 1).toLowerCase())] as const,
      ),
    ),
  );
  return (entry) => hosts.get(`${entry.gateway} ${entry.server}`);
}

/** Names of single services' route configurations that several listeners share: see `MeshOptions.asRecorded`. */
function askedTwice(listeners: readonly Listener[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const chain of listeners.flatMap((listener) => listener.chains)) {
    const name = chain.http?.routeConfig;
    if (name === undefined || !name.includes(':')) continue;
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return twice;
}

/** Compiles a gateway's pod or a client's sidecar. */
export function compileProxy(push: Push, proxy: Proxy, asRecorded = false): CompiledProxy {
  const labels: Labels = proxy.labels ?? {};
  if (proxy.type === 'gateway') {
    const scope = gatewayScope(push, proxy.namespace, labels);
    const merged = mergeGateways(push.gateways, labels);
    return {
      proxy,
      scope,
      listeners: gatewayListeners(push, scope, merged),
      clusters: compileClusters(push, scope, true),
      routeConfig: remembering((name) =>
        gatewayRouteConfig(push, scope, labels, name, merged.byRouteConfig.get(name) ?? []),
      ),
      fallback: undefined,
      dropped: merged.dropped,
      serverHosts: hostsOfServers(push),
    };
  }
  const scope = sidecarScope(push, proxy.namespace, labels);
  const listeners = sidecarListeners(push, scope, labels, proxy.ip ?? OWN_ADDRESS);
  const twice = asRecorded ? askedTwice(listeners) : new Set<string>();
  return {
    proxy,
    scope,
    listeners,
    clusters: compileClusters(push, scope, false),
    routeConfig: remembering((name) =>
      twice.has(name) ? { name, virtualHosts: [] } : sidecarRouteConfig(scope, labels, name),
    ),
    fallback: outboundDefault(scope),
    dropped: [],
    serverHosts: () => undefined,
  };
}
