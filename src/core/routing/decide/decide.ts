import type { Entry, FilterChain, Listener } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Decision, Request } from '../types.ts';
import { chainFor, listenerFor } from './connection.ts';
import type { Connection } from './connection.ts';
import { decideHttp } from './http.ts';
import { closedError, decideTcp } from './tcp.ts';
import { hostOnly } from './virtual-host.ts';

const HTTP: readonly string[] = ['http/1.1'];
const NO_HTTP: readonly string[] = [];

function connectionOf(request: Request, address: string): Connection {
  const protocol = request.protocol ?? 'http';
  const tls = protocol === 'https' || protocol === 'tls';
  // A target that begins with no slash is no HTTP to who looks at the bytes.
  const http = (protocol === 'http' || protocol === 'https') && (!request.path || request.path.startsWith('/'));
  return { address, port: request.port, tls, sni: request.sni ?? '', protocols: http ? HTTP : NO_HTTP, http };
}

/** Which server a request entered by: of several that share a port, the one whose hosts it names. */
function entryFor(chain: FilterChain, proxy: CompiledProxy, request: Request): Entry | undefined {
  if (chain.entries.length <= 1) return chain.entries[0];
  const host = hostOnly(request.host ?? '');
  const rank = (entry: Entry): number =>
    Math.max(
      -1,
      ...(proxy.serverHosts(entry) ?? []).map((name) =>
        name === host ? 10_000 : name.startsWith('*') && host.endsWith(name.slice(1)) ? name.length : -1,
      ),
    );
  return chain.entries.reduce<Entry | undefined>(
    (best, entry) => (best === undefined || rank(entry) > rank(best) ? entry : best),
    undefined,
  );
}

/** Bytes that are no HTTP, on a listener that speaks it. */
const NOT_HTTP = { flags: 'DPE', details: 'http1.codec_error' } as const;

const REFUSED: Decision = { outcomes: [{ probability: 1, status: 0, error: 'connection refused' }] };

function throughChain(proxy: CompiledProxy, chain: FilterChain, request: Request, connection: Connection): Decision {
  const entry = entryFor(chain, proxy, request);
  const entered = entry === undefined ? {} : { gateway: entry.gateway, server: entry.server };
  if (chain.tls && !connection.tls)
    return { ...entered, outcomes: [{ probability: 1, status: 0, error: 'connection closed' }] };
  if (chain.tcp !== undefined) {
    const { rule } = chain.tcp;
    return {
      ...entered,
      ...(rule === undefined ? {} : { rule }),
      outcomes: decideTcp(proxy, chain.tcp, request, chain),
    };
  }
  if (chain.http === undefined) return REFUSED;
  if (connection.tls && !chain.tls)
    return {
      ...entered,
      outcomes: [{ probability: 1, status: 0, ...NOT_HTTP, error: 'tls handshake failed' }],
    };
  if (!connection.http) return { ...entered, outcomes: [{ probability: 1, status: 0, ...NOT_HTTP }] };
  const decision = decideHttp(proxy, proxy.routeConfig(chain.http.routeConfig), request, chain.tls);
  if (entry === undefined) return decision;
  decision.gateway = entry.gateway;
  decision.server = entry.server;
  return decision;
}

/** How a connection enters: the listener and the filter chain that take it, as far as there are some. */
export interface Trace {
  readonly connection: Connection;
  readonly listener: Listener | undefined;
  readonly chain: FilterChain | undefined;
}

/** Follows a request that a client dials to `address` to the filter chain that takes its connection. */
export function traceConnection(proxy: CompiledProxy, request: Request, address: string): Trace {
  const connection = connectionOf(request, address);
  const listener = listenerFor(proxy, connection);
  return { connection, listener, chain: listener === undefined ? proxy.fallback : chainFor(listener, connection) };
}

/** What becomes of a request that a client dials to `address`: listener, filter chain, then HTTP or plain bytes. */
export function decide(proxy: CompiledProxy, request: Request, address: string): Decision {
  const { connection, listener, chain } = traceConnection(proxy, request, address);
  if (chain !== undefined) return throughChain(proxy, chain, request, connection);
  if (listener === undefined) return REFUSED;
  return { outcomes: [{ probability: 1, status: 0, error: closedError(request, undefined) }] };
}
