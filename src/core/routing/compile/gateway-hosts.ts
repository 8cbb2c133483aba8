import type { Route, RouteConfig, RouteSource, VirtualHost } from './envoy.ts';
import { hostsForNamespace, intersectHosts } from '../../istio/names.ts';
import { compileRules } from './http-route.ts';
import type { Labels, Service, VirtualService } from './model.ts';
import type { GatewayServer } from './model.ts';
import type { Push } from './push.ts';
import { isVisible } from './registry.ts';
import { isCatchAll } from './route-match.ts';
import type { Scope } from './sidecar-scope.ts';
import { virtualServicesFor } from './virtual-services.ts';

interface Draft {
  readonly name: string;
  readonly domain: string;
  readonly routes: Route[];
  readonly sources: RouteSource[];
  requireTls: boolean;
}

/** The service of a host for a VirtualService at a gateway: that of its own namespace if it may be seen, else the gateway's. */
function serviceFinder(push: Push, scope: Scope, vs: VirtualService): (host: string) => Service | undefined {
  return (host) => {
    const own = push.registry.byHost.get(host)?.get(vs.namespace);
    return own !== undefined && isVisible(own, scope.namespace) ? own : scope.services.get(host);
  };
}

/** Routes that take everything go to the end; all others keep their order. */
function catchAllLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((r) => !isCatchAll(r)), ...routes.filter((r) => isCatchAll(r))];
}

/** Compiles a route configuration of a gateway, whose servers are given in the order in which they were joined (istiod: `buildGatewayHTTPRouteConfig`). */
export function gatewayRouteConfig(
  push: Push,
  scope: Scope,
  labels: Labels,
  name: string,
  servers: readonly GatewayServer[],
): RouteConfig {
  const drafts = new Map<string, Draft>();
  const compiled = new Map<string, readonly Route[]>();
  const draftFor = (host: string, server: GatewayServer): Draft => {
    const found = drafts.get(host) ?? {
      name: `${host}:${server.number}`,
      domain: host,
      routes: [],
      sources: [],
      requireTls: false,
    };
    drafts.set(host, found);
    return found;
  };
  for (const server of servers) {
    const redirects = server.tls?.httpsRedirect === true;
    for (const vs of virtualServicesFor(push.virtualServices, scope.namespace, server.gatewayName)) {
      const hosts = intersectHosts(hostsForNamespace(server.hosts, vs.namespace), vs.hosts);
      if (hosts.length === 0) continue;
      const key = `${server.gatewayName}|${vs.namespace}/${vs.name}`;
      const context = {
        namespace: scope.namespace,
        labels,
        port: server.number,
        gateway: server.gatewayName,
        tls: server.tls !== undefined,
        serviceFor: serviceFinder(push, scope, vs),
        ruleFor: scope.ruleFor,
      };
      const routes = compiled.get(key) ?? compileRules(vs, context);
      if (routes.length === 0) continue;
      compiled.set(key, routes);
      for (const host of hosts) {
        const draft = draftFor(host.toLowerCase(), server);
        draft.routes.push(...routes);
        draft.sources.push({ virtualService: vs, port: server.number, gateway: server.gatewayName });
        if (redirects) draft.requireTls = true;
      }
    }
    if (redirects) for (const host of server.hosts) draftFor(host.toLowerCase(), server).requireTls = true;
  }
  const virtualHosts: VirtualHost[] = [...drafts.values()].map((d) => ({
    name: d.name,
    domains: [d.domain],
    routes: catchAllLast(d.routes),
    requireTls: d.requireTls,
    sources: d.sources,
    ignored: [],
  }));
  if (virtualHosts.length === 0)
    virtualHosts.push({
      name: `blackhole:${servers[0]?.number ?? 0}`,
      domains: ['*'],
      routes: [],
      requireTls: false,
      sources: [],
      ignored: [],
    });
  return { name, virtualHosts };
}
