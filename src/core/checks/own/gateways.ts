import { hostIsWithin, isHttpProtocol, resolveGateway } from '../../istio/index.ts';
import type { Gateway } from '../../istio/index.ts';
import { terminatesHttps } from '../../routing/compile/gateway-merge.ts';
import type { DroppedServer } from '../../routing/compile/gateway-merge.ts';
import type { GatewayServer } from '../../routing/compile/model.ts';
import type { Request } from '../../routing/index.ts';
import { concrete } from './requests.ts';
import type { Say } from './types.ts';
import type { Caller, View } from './view.ts';

const bare = (host: string): string => host.slice(host.indexOf('/') + 1).toLowerCase();

/** A plain request for a host through a server. */
function through(server: GatewayServer, host: string): Request {
  const name = concrete(bare(host));
  const tls = server.tls !== undefined && !isHttpProtocol(server.protocol);
  const protocol = terminatesHttps(server) ? 'https' : tls ? 'tls' : isHttpProtocol(server.protocol) ? 'http' : 'tcp';
  return {
    protocol,
    port: server.number,
    ...(protocol === 'tcp' ? {} : { host: name }),
    ...(tls ? { sni: name } : {}),
    ...(protocol === 'http' || protocol === 'https' ? { method: 'GET', path: '/' } : {}),
  };
}

const nameOf = (server: GatewayServer, from: GatewayServer): string =>
  `server ${server.index + 1}${server.gateway === from.gateway ? '' : ` of ${server.gateway}`}`;

function sayDropped(view: View, caller: Caller, { server, why, by }: DroppedServer, say: Say): void {
  const index = why === 'duplicateHost' ? server.hosts.findIndex((host) => by?.hosts.includes(host) === true) : -1;
  const at = ['spec', 'servers', server.index];
  const path = index < 0 ? [...at, 'port'] : [...at, 'hosts', index];
  if (view.said(server.gateway, [...at, 'hosts', Math.max(index, 0)], /^IST0145$/)) return;
  const owner = by === undefined ? 'an earlier server' : nameOf(by, server);
  const many = server.hosts.length > 1 ? ', with all its hosts' : '';
  const across = by !== undefined && by.gateway !== server.gateway;
  say({
    code: 'MW-SERVER-DROPPED',
    resource: server.gateway,
    path,
    message:
      index < 0
        ? `This server is not served${many}: port ${server.number} belongs to ${owner}, whose protocol it can't share.`
        : `This server is not served${many}: ${owner} has ${bare(server.hosts[index] ?? '')} on port ${server.number} already.`,
    remedy: across
      ? 'Of two Gateways the older one is served. Take the host away from one of them, or use another port.'
      : 'Join the two servers, or use another port.',
    proxy: caller.proxy,
    request: through(server, server.hosts[Math.max(index, 0)] ?? '*'),
    claim: { notServer: { gateway: server.gateway, server: server.index } },
  });
}

/** Servers that istiod leaves out, since one before them has their host or their port. */
export function droppedServers(view: View, say: Say): void {
  const told = new Set<string>();
  for (const gateway of view.gateways) {
    for (const caller of view.gatewayCallers(gateway)) {
      for (const dropped of caller.compiled.dropped) {
        const key = `${dropped.server.gateway} ${dropped.server.index}`;
        if (told.has(key)) continue;
        told.add(key);
        sayDropped(view, caller, dropped, say);
      }
    }
  }
}

/** Hosts that one server serves plainly and another one sends to HTTPS: the second wins for both. */
export function forcedRedirects(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    const { host, caller, port, tls, config } = site;
    if (!host.requireTls || tls || host.sources.length === 0) continue;
    const entries = caller.compiled.listeners
      .flatMap(({ chains, defaultChain }) => [...chains, ...(defaultChain === undefined ? [] : [defaultChain])])
      .filter(({ http }) => http?.routeConfig === config.name)
      .flatMap((chain) => chain.entries);
    const servers = entries.flatMap((entry) => {
      const gateway = view.gateways.find(({ id }) => id === entry.gateway);
      const server = gateway?.spec.servers?.[entry.server];
      return gateway === undefined || server === undefined ? [] : [{ gateway, server, index: entry.server }];
    });
    const [domain = '*'] = host.domains;
    const here = servers.filter(({ server }) => server.hosts?.some((one) => bare(one) === domain) === true);
    const forcing = here.find(({ server }) => server.tls?.httpsRedirect === true);
    if (forcing === undefined) continue;
    for (const { gateway, server, index } of here) {
      if (server.tls?.httpsRedirect === true || told.has(`${gateway.id} ${index}`)) continue;
      told.add(`${gateway.id} ${index}`);
      const name = concrete(domain);
      say({
        code: 'MW-REDIRECT-FORCED',
        resource: gateway.id,
        path: ['spec', 'servers', index, 'hosts', server.hosts?.findIndex((one) => bare(one) === domain) ?? 0],
        message: `No rule is asked for plain requests to ${domain}: server ${forcing.index + 1}${forcing.gateway === gateway ? '' : ` of ${forcing.gateway.id}`} has the host on port ${port} too, and sends all of them to HTTPS.`,
        remedy: 'Take the host away from one of the two servers, or set httpsRedirect alike.',
        proxy: caller.proxy,
        request: { port, host: name, method: 'GET', path: '/' },
        claim: { status: 301, location: `https://${name}/` },
      });
    }
  }
}

function answers(view: View, gateway: Gateway): boolean {
  const name = `${gateway.namespace}/${gateway.name}`;
  return view.virtualServices.some((vs) =>
    (vs.spec.gateways ?? []).some((written) => resolveGateway(written, vs.namespace) === name),
  );
}

/** Hosts of a Gateway, some of whose hosts VirtualServices answer, that none does. */
export function unansweredHosts(view: View, say: Say): void {
  for (const gateway of view.gateways) {
    if (!answers(view, gateway)) continue;
    const callers = view.gatewayCallers(gateway);
    const [caller] = callers;
    const served = view.sites.filter(({ caller: one, host }) => callers.includes(one) && host.sources.length > 0);
    const name = `${gateway.namespace}/${gateway.name}`;
    for (const [index, server] of (gateway.spec.servers ?? []).entries()) {
      const protocol = (server.port?.protocol ?? '').toUpperCase();
      const passes = (server.tls?.mode ?? 'PASSTHROUGH').endsWith('PASSTHROUGH');
      const https = protocol === 'HTTPS' && server.tls !== undefined && !passes;
      if (caller === undefined || !(https || isHttpProtocol(protocol)) || server.tls?.httpsRedirect === true) continue;
      if (caller.compiled.dropped.some((one) => one.server.gateway === gateway.id && one.server.index === index))
        continue;
      for (const [at, written] of (server.hosts ?? []).entries()) {
        const host = bare(written);
        const port = server.port?.number ?? 0;
        const some = served.some(
          (site) =>
            site.port === port &&
            site.host.domains.some((domain) => hostIsWithin(domain, host) || hostIsWithin(host, domain)),
        );
        if (some) continue;
        const plain = concrete(host);
        say({
          code: 'MW-HOST-UNANSWERED',
          resource: gateway.id,
          path: ['spec', 'servers', index, 'hosts', at],
          message: `No VirtualService that is bound to ${name} has the host ${host}: requests for it get 404.`,
          remedy: 'Add the host to a VirtualService of this gateway, or take it away here.',
          proxy: caller.proxy,
          request: {
            port,
            host: plain,
            method: 'GET',
            path: '/',
            ...(https ? { protocol: 'https', sni: plain } : {}),
          },
          claim: { status: 404, details: 'route_not_found' },
        });
      }
    }
  }
}

/** Server hosts that istiod shortens while it walks along them. */
export function crashes(view: View, say: Say): void {
  for (const gateway of view.gateways) {
    for (const [index, { hosts = [], port }] of (gateway.spec.servers ?? []).entries()) {
      const all = hosts.indexOf('*/*');
      const later = all < 0 ? -1 : hosts.findIndex((host, at) => at > all && /^(\.|\*)\/(?!\*$)/.test(host));
      const [caller] = later < 0 ? [] : view.gatewayCallers(gateway);
      if (caller === undefined) continue;
      const dot = hosts[later]?.startsWith('./') === true;
      say({
        code: 'MW-ISTIOD-CRASH',
        resource: gateway.id,
        path: ['spec', 'servers', index, 'hosts', later],
        message: `istiod crashes on this: */* in front makes its list of hosts one long, and then it writes ${dot ? 'the namespace of' : 'what stands behind the slash of'} ${hosts[later] ?? ''} into place ${later + 1}.`,
        remedy: 'Delete the other hosts (*/* takes them all), or put */* last.',
        proxy: caller.proxy,
        request: { port: port?.number ?? 80, host: concrete(bare(hosts[later] ?? '*')), method: 'GET', path: '/' },
        claim: { crash: true },
      });
    }
  }
}
