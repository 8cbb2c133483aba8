import type { FilterChain, TcpAction } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Outcome, Request } from '../types.ts';
import { clusterState, hidden } from './forward.ts';
import type { Result } from './reply.ts';

/** How a client sees a connection that is closed before anything came back. */
export function closedError(request: Request, chain: FilterChain | undefined): string {
  const tls = request.protocol === 'tls' || request.protocol === 'https';
  return tls && chain?.tls !== true ? 'tls handshake failed' : 'connection closed';
}

/** An HTTP request that a proxy passes on without looking into it. */
function passedOn(request: Request): Result {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {}))
    if (!hidden(name.toLowerCase())) headers[name.toLowerCase()] = value.trim();
  const upstream = {
    method: request.method || 'GET',
    path: request.path || '/',
    host: request.host ?? '',
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
  return { status: request.upstreamStatus || 200, upstream };
}

function reach(proxy: CompiledProxy, cluster: string, request: Request, chain: FilterChain): Result {
  const state = clusterState(proxy, cluster);
  if (state === 'missing') return { status: 0, flags: 'NC', error: closedError(request, chain) };
  if (state === 'empty') return { cluster, status: 0, flags: 'UH', error: closedError(request, chain) };
  const http = request.protocol === undefined || request.protocol === 'http' || request.protocol === 'https';
  if (http && !/^$|^\//.test(request.path ?? '')) return { cluster, status: 0, error: closedError(request, chain) };
  return { cluster, ...(http ? passedOn(request) : { status: 0 }) };
}

/** Where a connection goes, by the weights of its destinations. */
export function decideTcp(
  proxy: CompiledProxy,
  action: TcpAction,
  request: Request,
  chain: FilterChain,
): readonly Outcome[] {
  const total = action.clusters.reduce((sum, c) => sum + c.weight, 0);
  return action.clusters.map((choice) => ({
    probability: action.clusters.length === 1 ? 1 : choice.weight / total,
    ...(choice.destination < 0 ? {} : { destination: choice.destination }),
    ...reach(proxy, choice.cluster, request, chain),
  }));
}
