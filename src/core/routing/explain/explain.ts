import type { VirtualHost } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Push } from '../compile/push.ts';
import { traceConnection } from '../decide/decide.ts';
import type { Trace } from '../decide/decide.ts';
import { httpRequest } from '../decide/http-request.ts';
import { routeIndexOf } from '../decide/route-index.ts';
import { virtualHostFor } from '../decide/virtual-host.ts';
import type { Decision, Explanation, Reason, Request } from '../types.ts';
import { clusterReasons } from './exit.ts';
import { ruleVerdicts } from './rules.ts';

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
  if (chain === undefined)
    return [
      {
        text: `No server on port ${connection.port} takes the name ${connection.sni === '' ? 'that the client did not send' : connection.sni} (SNI).`,
      },
    ];
  const entered =
    decision.gateway === undefined || decision.server === undefined
      ? {}
      : { place: { resource: decision.gateway, path: ['spec', 'servers', decision.server] } };
  const how = chain.http === undefined ? 'as a plain connection' : chain.tls ? 'as HTTPS' : 'as HTTP';
  const where = gateway
    ? `Port ${connection.port} is opened by server ${(decision.server ?? 0) + 1} of ${decision.gateway ?? 'a Gateway'}`
    : `The sidecar takes ${listener.address === '0.0.0.0' ? `port ${connection.port}` : `${listener.address}:${connection.port}`}`;
  return [{ text: `${where} ${how}.`, ...entered }];
}

function droppedReasons(proxy: CompiledProxy, port: number): readonly Reason[] {
  return proxy.dropped
    .filter(({ server }) => server.number === port)
    .map(({ server, why, by }) => ({
      text: `Server ${server.index + 1} of ${server.gateway} is not served: ${why === 'duplicateHost' ? 'one of its hosts' : 'the port'} belongs to ${by === undefined ? 'an earlier server' : `server ${by.index + 1} of ${by.gateway}`}.`,
      place: { resource: server.gateway, path: ['spec', 'servers', server.index] },
    }));
}

function hostReasons(host: VirtualHost | undefined, authority: string): readonly Reason[] {
  if (host === undefined)
    return [
      { text: `No virtual host serves ${authority}: no server's hosts and VirtualService's hosts have it in common.` },
    ];
  const names = [...new Set(host.sources.map((s) => s.virtualService.resource))];
  const made =
    names.length === 0
      ? host.name === 'allow_any' || host.name === 'block_all'
        ? 'which stands for all hosts that the mesh does not know'
        : 'with no VirtualService: the service itself'
      : `of ${names.join(' and ')}`;
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
  if (trace.chain === undefined || name === undefined || !trace.connection.http)
    return { decision, entry, rules: [], exit };
  const prepared = httpRequest(request, trace.chain.tls);
  const host = virtualHostFor(proxy.routeConfig(name), prepared.host);
  entry.push(...hostReasons(host, prepared.host));
  if (host === undefined) return { decision, entry, rules: [], exit };
  if (host.requireTls && prepared.scheme !== 'https') {
    entry.push({ text: 'The server sends all plain HTTP to HTTPS (httpsRedirect), before any rule is looked at.' });
    return { decision, entry, rules: [], exit };
  }
  const rules = ruleVerdicts(host, proxy.proxy, prepared, routeIndexOf(host).find(prepared));
  return { decision, entry, rules, exit };
}
