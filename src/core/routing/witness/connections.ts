import type { FilterChain, Listener } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Request, RuleRef } from '../types.ts';

const ANYWHERE = '0.0.0.0';

/** A name that a pattern of server names takes. */
const named = (pattern: string): string => (pattern.startsWith('*.') ? `a${pattern.slice(1)}` : pattern);

/** The host whose clients dial an address. */
function hostAt(proxy: CompiledProxy, address: string): string | undefined {
  for (const service of proxy.scope.services.values()) if (service.address === address) return service.hostname;
  return undefined;
}

function requestsTo(proxy: CompiledProxy, listener: Listener, chain: FilterChain): readonly Request[] {
  const { sni, transport, cidrs } = chain.match;
  const tls = sni.length > 0 || transport === 'tls' || chain.tls;
  const range = cidrs[0]?.split('/')[0];
  const address = range ?? (listener.address === ANYWHERE ? undefined : listener.address);
  const host = address === undefined ? undefined : (hostAt(proxy, address) ?? address);
  const common = { port: listener.port, ...(address === undefined ? {} : { address }) };
  const anyName = host ?? 'any.example.com';
  if (!tls) return [{ protocol: 'tcp', ...common, host: anyName }];
  return (sni.length === 0 ? [anyName] : sni.map(named)).map((name) => ({
    protocol: 'tls' as const,
    ...common,
    host: name,
    sni: name,
  }));
}

/** Connections that ought to be taken by a `tls` or `tcp` rule: one for each filter chain that it became. */
export function connectionsFor(proxy: CompiledProxy, isRule: (rule: RuleRef) => boolean): readonly Request[] {
  return proxy.listeners.flatMap((listener) => {
    const all = listener.defaultChain === undefined ? listener.chains : [...listener.chains, listener.defaultChain];
    return all.flatMap((chain) =>
      chain.tcp?.rule !== undefined && isRule(chain.tcp.rule) ? requestsTo(proxy, listener, chain) : [],
    );
  });
}
