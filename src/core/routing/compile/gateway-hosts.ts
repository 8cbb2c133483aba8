import type { Route, RouteConfig, VirtualHost } from './envoy.ts';
import { hostsForNamespace, intersectHosts } from '../../istio/names.ts';
import { routesFor } from './http-route.ts';
import { keepBy, keepLast, keepList, keepMap } from '../../base/keep.ts';
import { layoutMaker } from './layout.ts';
import type { Slot } from './layout.ts';
import type { GatewayServer, Labels, Service, VirtualService, VirtualServiceHead } from './model.ts';
import type { Push } from './push.ts';
import { isVisible } from './registry.ts';
import type { Scope } from './sidecar-scope.ts';
import { hostsMaker, NOTHING, servedMaker, touchedMaker } from './virtual-hosts.ts';
import type { Place, Served } from './virtual-hosts.ts';
import { virtualServicesFor } from './virtual-services.ts';

/** A VirtualService bound to a server, and the hosts that they have in common. */
interface Link extends Place {
  readonly server: GatewayServer;
  /** Lower case. */
  readonly hosts: readonly string[];
  /** Servers of the same Gateway that the VirtualService is bound to too, up to this one. */
  readonly servers: readonly GatewayServer[];
}

/** The service of a host for a VirtualService at a gateway: that of its own namespace if it may be seen, else the gateway's. */
function serviceFinder(push: Push, scope: Scope): (host: string, vs: VirtualService) => Service | undefined {
  return (host, vs) => {
    const own = push.registry.directory.byHost.get(host)?.get(vs.namespace);
    return own !== undefined && isVisible(own, scope.namespace) ? own : scope.services.get(host);
  };
}

type LinksMaker = (servers: readonly GatewayServer[], heads: readonly VirtualServiceHead[]) => readonly Link[];

/** Hosts that VirtualServices have in common with one server, edit after edit. */
const commonHostsMaker = (): ((
  heads: readonly VirtualServiceHead[],
  server: GatewayServer,
) => readonly (readonly string[])[]) =>
  keepMap((head: VirtualServiceHead, server: GatewayServer | undefined) => {
    const common = intersectHosts(hostsForNamespace(server?.hosts ?? [], head.namespace), head.hosts);
    return common.map((host) => host.toLowerCase());
  });

/** Binds VirtualServices to servers, edit after edit: a link of the same two and the same servers before is the same object. */
function linksMaker(namespace: string): LinksMaker {
  const makers = new WeakMap<GatewayServer, ReturnType<typeof commonHostsMaker>>();
  const known = keepBy<VirtualServiceHead, Link>();
  const keep = keepList<Link>();
  return keepLast((servers, heads) => {
    const gateways = new Map<string, Map<VirtualServiceHead, readonly GatewayServer[]>>();
    const links: Link[] = [];
    for (const server of servers) {
      const { number: port, gatewayName: gateway } = server;
      const bound = gateways.get(gateway) ?? new Map<VirtualServiceHead, readonly GatewayServer[]>();
      gateways.set(gateway, bound);
      const all = virtualServicesFor(heads, namespace, gateway);
      const maker = makers.get(server) ?? commonHostsMaker();
      makers.set(server, maker);
      const common = maker(all, server);
      for (const [i, head] of all.entries()) {
        const hosts = common[i] ?? [];
        if (hosts.length === 0) continue;
        const together = [...(bound.get(head) ?? []), server];
        bound.set(head, together);
        links.push(known(head, together, () => ({ head, port, gateway, server, hosts, servers: together })));
      }
    }
    return keep(links);
  });
}

/** A link with routes, or a server whose hosts are all sent to TLS. */
type Item = Link | GatewayServer;

const isLink = (item: Item): item is Link => 'servers' in item;
const redirects = (server: GatewayServer): boolean => server.tls?.httpsRedirect === true;

/** Links by the server that they are bound to, each server that redirects behind its own. */
function itemsOf(servers: readonly GatewayServer[], links: readonly Link[]): readonly Item[] {
  const items: Item[] = [];
  let next = 0;
  for (const server of servers) {
    for (let link = links[next]; link?.server === server; link = links[next]) {
      items.push(link);
      next += 1;
    }
    if (redirects(server)) items.push(server);
  }
  return items;
}

const hostsOf = (item: Item): readonly string[] =>
  isLink(item) ? item.hosts : item.hosts.map((host) => host.toLowerCase());

/** A virtual host in the making. */
type Draft = { -readonly [Key in keyof Slot<Item>]: Slot<Item>[Key] } & { readonly by: Item[] };

/** Lays out virtual hosts: one for each host, with the routes of all that have it. */
function slotsOf(items: readonly Item[]): readonly (readonly Slot<Item>[])[] {
  const drafts = new Map<string, Draft>();
  return items.map((item) => {
    const server = isLink(item) ? item.server : item;
    const opened: Draft[] = [];
    for (const domain of hostsOf(item)) {
      const name = `${domain}:${server.number}`;
      const draft = drafts.get(domain) ?? { name, domains: [domain], requireTls: false, by: [], ignored: [] };
      if (!drafts.has(domain)) opened.push(draft);
      drafts.set(domain, draft);
      if (isLink(item)) draft.by.push(item);
      if (redirects(server)) draft.requireTls = true;
    }
    return opened;
  });
}

function nobody(servers: readonly GatewayServer[]): VirtualHost {
  const name = `blackhole:${servers[0]?.number ?? 0}`;
  return { name, domains: ['*'], routes: [], requireTls: false, sources: [], ignored: [] };
}

/** Makes a route configuration of a gateway, edit after edit; its servers are given in the order in which they were joined. */
type ConfigMaker = (push: Push, scope: Scope, servers: readonly GatewayServer[]) => RouteConfig;

function configMaker(name: string, namespace: string, labels: Labels): ConfigMaker {
  const linksFor = linksMaker(namespace);
  const serve = servedMaker<Link>();
  const touchedBy = touchedMaker();
  const keepLinks = keepList<Link>();
  const withRoutes = keepLast((links: readonly Link[], served: readonly Served[]) => {
    const some = (_: unknown, place: number): boolean => served[place]?.routes.length !== 0;
    return { links: keepLinks(links.filter(some)), served: served.filter(({ routes }) => routes.length > 0) };
  });
  const servedBy = keepLast((items: readonly Item[], served: readonly Served[]) => {
    let next = 0;
    return items.map((item) => (isLink(item) ? (served[next++] ?? NOTHING) : NOTHING));
  });
  const itemsFor = keepLast(itemsOf);
  const layoutFor = layoutMaker<Item>({ keysOf: hostsOf, slotsOf });
  const fill = hostsMaker<Item>();
  const config = keepLast((shape: object, virtualHosts: readonly VirtualHost[]) => ({ name, shape, virtualHosts }));
  return (push, scope, servers) => {
    const { ruleFor } = scope;
    const links = linksFor(servers, push.virtualServices.heads);
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
    const touched = touchedBy([push.registry.directory.services], scope.rules);
    const served = withRoutes(links, serve(links, push.virtualServices, routesOf, touched));
    const items = itemsFor(servers, served.links);
    const layout = layoutFor(items);
    const hosts = fill(layout, servedBy(items, served.served));
    return hosts.length === 0 ? { name, virtualHosts: [nobody(servers)] } : config(layout.slots, hosts);
  };
}

const NO_SERVERS: readonly GatewayServer[] = [];

/** Makes the route configurations of a gateway's pod, edit after edit (istiod: `buildGatewayHTTPRouteConfig`). */
export function gatewayRoutes(
  labels: Labels,
): (push: Push, scope: Scope, name: string, servers: readonly GatewayServer[] | undefined) => RouteConfig {
  const makers = new Map<string, ConfigMaker>();
  return (push, scope, name, servers) => {
    const maker = makers.get(name) ?? configMaker(name, scope.namespace, labels);
    makers.set(name, maker);
    return maker(push, scope, servers ?? NO_SERVERS);
  };
}
