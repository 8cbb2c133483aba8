import type { Route, RouteConfig, VirtualHost } from './envoy.ts';
import { hostsForNamespace, intersectHosts } from '../../istio/names.ts';
import { routesFor } from './http-route.ts';
import { keepLast, keepList } from '../../base/keep.ts';
import type { GatewayServer, Labels, Service, VirtualService, VirtualServiceHead, VirtualServices } from './model.ts';
import type { Push } from './push.ts';
import { isVisible } from './registry.ts';
import type { Scope } from './sidecar-scope.ts';
import { hostsMaker, servedMaker } from './virtual-hosts.ts';
import type { Place, Slot } from './virtual-hosts.ts';
import { virtualServicesFor } from './virtual-services.ts';

/** A VirtualService bound to a server, and the hosts that they have in common. */
interface Link extends Place {
  readonly server: GatewayServer;
  readonly hosts: readonly string[];
  /** Servers of the same Gateway that the VirtualService is bound to too, up to this one. */
  readonly servers: readonly GatewayServer[];
}

/** Servers of a route configuration, and who is bound to each. */
interface Plan {
  readonly servers: readonly GatewayServer[];
  readonly links: readonly Link[];
}

/** The service of a host for a VirtualService at a gateway: that of its own namespace if it may be seen, else the gateway's. */
function serviceFinder(push: Push, scope: Scope): (host: string, vs: VirtualService) => Service | undefined {
  return (host, vs) => {
    const own = push.registry.directory.byHost.get(host)?.get(vs.namespace);
    return own !== undefined && isVisible(own, scope.namespace) ? own : scope.services.get(host);
  };
}

function planOf(
  servers: readonly GatewayServer[],
  heads: readonly VirtualServiceHead[],
  placeOf: VirtualServices['placeOf'],
  namespace: string,
): Plan {
  const bound = new Map<string, readonly GatewayServer[]>();
  const links: Link[] = [];
  for (const server of servers) {
    const { number: port, gatewayName: gateway } = server;
    for (const head of virtualServicesFor(heads, namespace, gateway)) {
      const hosts = intersectHosts(hostsForNamespace(server.hosts, head.namespace), head.hosts);
      if (hosts.length === 0) continue;
      const at = placeOf.get(head) ?? -1;
      const all = [...(bound.get(`${gateway} ${at}`) ?? []), server];
      bound.set(`${gateway} ${at}`, all);
      links.push({ at, port, gateway, server, hosts: hosts.map((host) => host.toLowerCase()), servers: all });
    }
  }
  return { servers, links };
}

/** A virtual host in the making. */
type Draft = { -readonly [Key in keyof Slot]: Slot[Key] } & { readonly by: number[] };

/** Lays out the virtual hosts of the links that have routes, whose places are given. */
function layoutOf({ servers, links }: Plan, places: readonly number[]): readonly Slot[] {
  const drafts = new Map<string, Draft>();
  const draftFor = (domain: string, server: GatewayServer): Draft => {
    const found = drafts.get(domain);
    if (found !== undefined) return found;
    const name = `${domain}:${server.number}`;
    const made: Draft = { name, domains: [domain], requireTls: false, by: [], ignored: [] };
    drafts.set(domain, made);
    return made;
  };
  let next = 0;
  for (const server of servers) {
    const redirects = server.tls?.httpsRedirect === true;
    for (let place = places[next]; place !== undefined && links[place]?.server === server; place = places[next]) {
      for (const host of links[place]?.hosts ?? []) {
        const draft = draftFor(host, server);
        draft.by.push(place);
        if (redirects) draft.requireTls = true;
      }
      next += 1;
    }
    if (redirects) for (const host of server.hosts) draftFor(host.toLowerCase(), server).requireTls = true;
  }
  return [...drafts.values()];
}

function nobody(servers: readonly GatewayServer[]): VirtualHost {
  const name = `blackhole:${servers[0]?.number ?? 0}`;
  return { name, domains: ['*'], routes: [], requireTls: false, sources: [], ignored: [] };
}

/** Makes a route configuration of a gateway, edit after edit; its servers are given in the order in which they were joined. */
type ConfigMaker = (push: Push, scope: Scope, servers: readonly GatewayServer[]) => RouteConfig;

function configMaker(name: string, labels: Labels): ConfigMaker {
  const plan = keepLast(planOf);
  const serve = servedMaker<Link>();
  const keepPlaces = keepList<number>();
  const layout = keepLast(layoutOf);
  const fill = hostsMaker();
  const config = keepLast((shape: readonly Slot[], virtualHosts: readonly VirtualHost[]) => {
    return { name, shape, virtualHosts };
  });
  return (push, scope, servers) => {
    const { namespace, ruleFor } = scope;
    const { heads, placeOf } = push.virtualServices;
    const bound = plan(servers, heads, placeOf, namespace);
    const find = serviceFinder(push, scope);
    // Of one VirtualService at one Gateway the first server's routes count, where it has some.
    const routesOf = (link: Link, vs: VirtualService): readonly Route[] => {
      const serviceFor = (host: string): Service | undefined => find(host, vs);
      for (const { number: port, gatewayName: gateway, tls } of link.servers) {
        const context = { namespace, labels, port, gateway, tls: tls !== undefined, serviceFor, ruleFor };
        const routes = routesFor(vs, context);
        if (routes.length > 0) return routes;
      }
      return [];
    };
    const served = serve(bound.links, push.virtualServices, scope, routesOf, [find, ruleFor]);
    const places = bound.links.flatMap((_, place) => (served[place]?.routes.length === 0 ? [] : [place]));
    const slots = layout(bound, keepPlaces(places));
    if (slots.length === 0) return { name, virtualHosts: [nobody(servers)] };
    return config(slots, fill(slots, served));
  };
}

const NO_SERVERS: readonly GatewayServer[] = [];

/** Makes the route configurations of a gateway's pod, edit after edit (istiod: `buildGatewayHTTPRouteConfig`). */
export function gatewayRoutes(
  labels: Labels,
): (push: Push, scope: Scope, name: string, servers: readonly GatewayServer[] | undefined) => RouteConfig {
  const makers = new Map<string, ConfigMaker>();
  return (push, scope, name, servers) => {
    const maker = makers.get(name) ?? configMaker(name, labels);
    makers.set(name, maker);
    return maker(push, scope, servers ?? NO_SERVERS);
  };
}
