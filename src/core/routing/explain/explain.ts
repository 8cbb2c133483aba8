import type { FilterChain, Listener, VirtualHost } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Push } from '../compile/push.ts';
import { traceConnection } from '../decide/decide.ts';
import type { Trace } from '../decide/decide.ts';
import { httpRequest } from '../decide/http-request.ts';
import { routeIndexOf } from '../decide/route-index.ts';
import { virtualHostFor } from '../decide/virtual-host.ts';
import type { Decision, Explanation, Reason, Request } from '../types.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { clusterReasons } from './exit.ts';
import { l4Verdicts } from './l4-rules.ts';
import { l4Sites } from './l4-sites.ts';
import type { L4Site } from './l4-sites.ts';
import { ruleVerdicts } from './rules.ts';

/** A place in the server by which the request entered; none in the mesh. */
function serverPlace({ gateway, server }: Decision, ...path: YamlPath): Pick<Reason, 'place'> {
  if (gateway === undefined || server === undefined) return {};
  return { place: { resource: gateway, path: ['spec', 'servers', server, ...path] } };
}

/** True where the server itself redirects, not another one that shares its port. */
function redirects({ gateways }: Push, { gateway, server }: Decision): boolean {
  const own = gateways.find(({ resource }) => resource === gateway)?.servers.find(({ index }) => index === server);
  return own?.tls?.httpsRedirect === true;
}

/** As what a filter chain takes a connection. */
function howOf({ connection }: Trace, chain: FilterChain): string {
  if (chain.http !== undefined) return chain.tls ? 'as HTTPS' : 'as HTTP';
  if (chain.tls) return 'as a connection, and ends TLS';
  return connection.tls ? 'as a TLS connection, and does not open it' : 'as a connection, and does not read it';
}

function noServer({ port, sni }: Trace['connection'], listener: Listener): Reason {
  const names = [...new Set(listener.chains.flatMap((chain) => chain.match.sni))];
  const known = names.length === 0 ? '' : `; known there: ${names.map((name) => `\`${name}\``).join(', ')}`;
  const asked = sni === '' ? 'a connection without a server name (SNI)' : `the server name \`${sni}\` (SNI)`;
  return { text: `Port ${port} is open, and no server or tls rule takes ${asked}${known}.` };
}

function listenerReasons(proxy: CompiledProxy, trace: Trace, decision: Decision): readonly Reason[] {
  const { connection, listener, chain } = trace;
  const gateway = proxy.proxy.type === 'gateway';
  if (listener === undefined)
    return [
      {
        text: gateway
          ? `No server of a Gateway that selects this pod opens port ${connection.port}.`
          : `No service of the mesh has port ${connection.port}: the connection is taken as it is.`,
      },
    ];
  if (chain === undefined) return [noServer(connection, listener)];
  const entered = serverPlace(decision);
  const where = gateway
    ? `Port ${connection.port} is opened by server ${(decision.server ?? 0) + 1} of ${decision.gateway ?? 'a Gateway'}`
    : `The sidecar takes ${listener.address === '0.0.0.0' ? `port ${connection.port}` : `${listener.address}:${connection.port}`}`;
  return [{ text: `${where} ${howOf(trace, chain)}.`, ...entered }];
}

function droppedReasons(proxy: CompiledProxy, port: number): readonly Reason[] {
  return proxy.dropped
    .filter(({ server }) => server.number === port)
    .map(({ server, why, by }) => ({
      text: `Server ${server.index + 1} of ${server.gateway} is not served: ${why === 'duplicateHost' ? 'one of its hosts' : 'the port'} belongs to ${by === undefined ? 'an earlier server' : `server ${by.index + 1} of ${by.gateway}`}.`,
      place: { resource: server.gateway, path: ['spec', 'servers', server.index] },
    }));
}

/** Virtual hosts that istiod makes for what nobody declared. */
const NOBODYS: Readonly<Record<string, string>> = {
  allow_any: 'is not known to the mesh: it is called as it is (ALLOW_ANY)',
  allow_any_dynamic_dns: 'is not known to the mesh: it is looked up and called as it is (ALLOW_ANY)',
  block_all: 'is not known to the mesh, and unknown hosts get 502 (REGISTRY_ONLY). A ServiceEntry makes it known',
};

function hostReasons(
  host: VirtualHost | undefined,
  authority: string,
  entered: Pick<Reason, 'place'>,
): readonly Reason[] {
  if (host === undefined)
    return [
      { text: `No virtual host serves ${authority}: no server's hosts and VirtualService's hosts have it in common.` },
    ];
  const names = [...new Set(host.sources.map((s) => s.virtualService.resource))];
  const nobodys = names.length === 0 ? NOBODYS[host.name] : undefined;
  if (nobodys !== undefined) return [{ text: `${authority} ${nobodys}.` }];
  if (names.length === 0 && host.name.startsWith('blackhole:'))
    return [{ text: `No VirtualService serves ${authority} at this server: every request gets 404.`, ...entered }];
  const made = names.length === 0 ? 'with no VirtualService: the service itself' : `of ${names.join(' and ')}`;
  const [first] = names;
  const served: Reason = {
    text: `${authority} is served by ${host.name}, ${made}.`,
    ...(first === undefined ? {} : { place: { resource: first, path: ['spec', 'hosts'] } }),
  };
  const ignored = host.ignored.map(({ virtualService }) => ({
    text: `${virtualService.resource} names the host too and is ignored: inside the mesh only the oldest counts (then by name).`,
    place: { resource: virtualService.resource, path: ['spec', 'hosts'] },
  }));
  return [served, ...ignored];
}

function exitReasons(push: Push, proxy: CompiledProxy, decision: Decision): readonly Reason[] {
  const named =
    decision.route?.destinations?.map((d) => d.cluster) ?? decision.outcomes.flatMap((o) => o.cluster ?? []);
  return [...new Set(named)].flatMap((name) => clusterReasons(push, proxy, name));
}

/** Why a connection that no rule speaks of goes where it goes: a VirtualService for its host may have rules of another kind only. */
function noRuleReasons(sites: readonly L4Site[]): readonly Reason[] {
  const [site] = sites;
  const [other] = site?.virtualServices ?? [];
  if (site === undefined || other === undefined)
    return [{ text: 'No tls or tcp rule speaks of it: it goes to the service itself.' }];
  return [
    {
      text: `${other.resource} has no ${site.kind} rule, and others do not count for it: it goes to the service itself.`,
      place: { resource: other.resource, path: ['spec', 'hosts'] },
    },
  ];
}

/** Explains a decision: how the request came in, what became of every rule of its virtual host, and why it ends where it ends. */
export function explain(
  push: Push,
  proxy: CompiledProxy,
  request: Request,
  address: string,
  decision: Decision,
): Explanation {
  const trace = traceConnection(proxy, request, address);
  const entry = [...listenerReasons(proxy, trace, decision), ...droppedReasons(proxy, request.port)];
  const exit = exitReasons(push, proxy, decision);
  const name = trace.chain?.http?.routeConfig;
  if (trace.chain === undefined || name === undefined || !trace.connection.http) {
    const rules = l4Verdicts(push, proxy, request, trace, decision);
    if (rules.length === 0 && decision.outcomes.some(({ cluster }) => cluster?.startsWith('outbound|')))
      entry.push(...noRuleReasons(l4Sites(push, proxy, request, trace, decision)));
    return { decision, entry, rules, exit };
  }
  const prepared = httpRequest(request, trace.chain.tls);
  const host = virtualHostFor(proxy.routeConfig(name), prepared.host);
  entry.push(...hostReasons(host, prepared.host, serverPlace(decision, 'hosts')));
  if (host === undefined) return { decision, entry, rules: [], exit };
  if (host.requireTls && prepared.scheme !== 'https') {
    entry.push({
      text: 'The server sends all plain HTTP to HTTPS (httpsRedirect), before any rule is looked at.',
      ...(redirects(push, decision) ? serverPlace(decision, 'tls', 'httpsRedirect') : {}),
    });
    return { decision, entry, rules: [], exit };
  }
  const rules = ruleVerdicts(host, proxy.proxy, prepared, routeIndexOf(host).find(prepared));
  return { decision, entry, rules, exit };
}
