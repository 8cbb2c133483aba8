import type { Proxy } from '../types.ts';
import { placeMaker } from './caller-place.ts';
import type { KnownPlace } from './caller-place.ts';
import { clustersMaker } from './clusters.ts';
import type { Clusters } from './clusters.ts';
import type { Entry, FilterChain, Listener, RouteConfig } from './envoy.ts';
import { gatewayRoutes } from './gateway-hosts.ts';
import { gatewayListeners } from './gateway-listeners.ts';
import { mergeGateways } from './gateway-merge.ts';
import type { DroppedServer } from './gateway-merge.ts';
import { keepLast } from '../../base/keep.ts';
import { PatchedMap } from '../../base/patched-map.ts';
import type { Gateway, Labels } from './model.ts';
import { listensAtPods, outboundDefault, sidecarListenersMaker } from './sidecar-listeners.ts';
import { sidecarRoutes } from './sidecar-hosts.ts';
import { gatewayReach, scopeMaker, sidecarReachMaker } from './sidecar-scope.ts';
import type { Scope } from './sidecar-scope.ts';
import type { Push } from './push.ts';
import type { Directory, Endpoints } from './registry.ts';

/** A proxy's configuration as istiod would send it. Route configurations are made when they are asked for. */
export interface CompiledProxy {
  readonly proxy: Proxy;
  readonly scope: Scope;
  readonly place: KnownPlace;
  readonly listeners: readonly Listener[];
  readonly clusters: Clusters;
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

function hostsOfServers(gateways: readonly Gateway[]): (entry: Entry) => readonly string[] | undefined {
  const hosts = new Map(
    gateways.flatMap((g) =>
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

/** Compiles one proxy, edit after edit: for the same push it is the same object, and parts that no edit touched stay the same. */
export type ProxyMaker = (push: Push) => CompiledProxy;

function gatewayMaker(proxy: Proxy, labels: Labels, asRecorded: boolean): ProxyMaker {
  const placeOf = placeMaker(proxy, !asRecorded);
  const reachOf = keepLast((directory: Directory) => gatewayReach(directory, proxy.namespace));
  const scoped = scopeMaker(labels);
  const mergedOf = keepLast((gateways: readonly Gateway[]) => mergeGateways(gateways, labels));
  const listenersOf = keepLast(gatewayListeners);
  const serverHosts = keepLast(hostsOfServers);
  const clusters = clustersMaker(true);
  const routes = gatewayRoutes(labels);
  return keepLast((push) => {
    const scope = scoped(reachOf(push.registry.directory), push.destinationRules);
    const place = placeOf(push.registry.workloads);
    const merged = mergedOf(push.gateways);
    return {
      proxy,
      scope,
      place,
      listeners: listenersOf(push.virtualServices.heads, scope, merged),
      clusters: clusters(push, scope, place),
      routeConfig: remembering((name) => routes(push, scope, name, merged.byRouteConfig.get(name))),
      fallback: undefined,
      dropped: merged.dropped,
      serverHosts: serverHosts(push.gateways),
    };
  });
}

const NOBODY: Endpoints = new PatchedMap(new Map());

function sidecarMaker(proxy: Proxy, labels: Labels, asRecorded: boolean): ProxyMaker {
  const placeOf = placeMaker(proxy, !asRecorded);
  const reachOf = sidecarReachMaker(proxy.namespace, labels);
  const scoped = scopeMaker(labels);
  const listenersOf = sidecarListenersMaker(labels, proxy.ip ?? OWN_ADDRESS);
  const atPods = keepLast(listensAtPods);
  const fallback = keepLast(outboundDefault);
  const clusters = clustersMaker(false);
  const routes = sidecarRoutes(labels);
  return keepLast((push) => {
    const { registry, virtualServices } = push;
    const reach = reachOf(push);
    const scope = scoped(reach, push.destinationRules);
    const place = placeOf(registry.workloads);
    const listeners = listenersOf(atPods(reach) ? registry.endpoints : NOBODY, reach);
    const twice = asRecorded ? askedTwice(listeners) : new Set<string>();
    return {
      proxy,
      scope,
      place,
      listeners,
      clusters: clusters(push, scope, place),
      routeConfig: remembering((name) =>
        twice.has(name) ? { name, virtualHosts: [] } : routes(scope, virtualServices, name),
      ),
      fallback: fallback(reach),
      dropped: [],
      serverHosts: () => undefined,
    };
  });
}

/** A maker for a gateway's pod or a client's sidecar. */
export function proxyMaker(proxy: Proxy, asRecorded: boolean): ProxyMaker {
  const labels = proxy.labels ?? {};
  return proxy.type === 'gateway' ? gatewayMaker(proxy, labels, asRecorded) : sidecarMaker(proxy, labels, asRecorded);
}
