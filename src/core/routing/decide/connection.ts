import type { ChainMatch, FilterChain, Listener } from '../compile/envoy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';

/** A connection as a listener sees it. */
export interface Connection {
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  readonly sni: string;
  /** Told by the client (ALPN), or by looking at the bytes. */
  readonly protocols: readonly string[];
  readonly http: boolean;
}

function bitsOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((p) => p >= 0 && p <= 255)
    ? parts.reduce((all, p) => all * 256 + p, 0)
    : undefined;
}

/** How many bits of a range fit an address; -1 where it is not in it. */
export function prefixLength(range: string, address: string): number {
  const [base = '', bits = '32'] = range.split('/');
  const a = bitsOf(base);
  const b = bitsOf(address);
  if (a === undefined || b === undefined) return range === address ? 128 : -1;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(a / size) === Math.floor(b / size) ? Number(bits) : -1;
}

/** How well a server name fits: exact best, then the longest wildcard, then a chain that names none; -1 for no fit. */
export function nameRank(names: readonly string[], sni: string): number {
  if (names.length === 0) return 0;
  let best = -1;
  const given = sni.toLowerCase();
  for (const name of names.map((n) => n.toLowerCase())) {
    if (name === given && given !== '') return 10_000;
    if (name.startsWith('*.') && given.length > name.length - 1 && given.endsWith(name.slice(1)))
      best = Math.max(best, name.length);
  }
  return best;
}

const NONE: readonly FilterChain[] = [];

/** Keeps the chains that fit best; none where none fits. */
function best(chains: readonly FilterChain[], rank: (match: ChainMatch) => number): readonly FilterChain[] {
  let top = -1;
  let all = true;
  for (let i = 0; i < chains.length; i++) {
    const one = chains[i];
    const its = one === undefined ? -1 : rank(one.match);
    if (its !== top && i > 0) all = false;
    top = Math.max(top, its);
  }
  if (top < 0) return NONE;
  return all ? chains : chains.filter((chain) => rank(chain.match) === top);
}

/** The chain that takes a connection: sieved by address, name, transport and protocol, without looking back. */
export function chainFor(listener: Listener, connection: Connection): FilterChain | undefined {
  const sni = listener.seesTls && connection.tls ? connection.sni : '';
  const transport = listener.seesTls && connection.tls ? 'tls' : 'raw_buffer';
  const told = connection.tls ? listener.seesTls : listener.seesHttp && connection.http;
  const protocols = told ? connection.protocols : [];
  let chains: readonly FilterChain[] = listener.chains;
  chains = best(chains, (m) =>
    m.cidrs.length === 0 ? 0 : Math.max(...m.cidrs.map((range) => prefixLength(range, connection.address))),
  );
  chains = best(chains, (m) => nameRank(m.sni, sni));
  chains = best(chains, (m) => (m.transport === '' ? 0 : m.transport === transport ? 1 : -1));
  chains = best(chains, (m) => (m.alpn.length === 0 ? 0 : m.alpn.some((name) => protocols.includes(name)) ? 1 : -1));
  return chains[0] ?? listener.defaultChain;
}

const ports = new WeakMap<readonly Listener[], Map<number, Listener[]>>();

/** The listeners by port: a mesh of 1,000 services has as many. */
function byPort(listeners: readonly Listener[]): ReadonlyMap<number, readonly Listener[]> {
  const known = ports.get(listeners);
  if (known !== undefined) return known;
  const made = new Map<number, Listener[]>();
  for (const listener of listeners) {
    const others = made.get(listener.port);
    if (others === undefined) made.set(listener.port, [listener]);
    else others.push(listener);
  }
  ports.set(listeners, made);
  return made;
}

/** The listener that takes a connection: that of its address and port, else that of the port. */
export function listenerFor(proxy: CompiledProxy, connection: Connection): Listener | undefined {
  const onPort = byPort(proxy.listeners).get(connection.port);
  return onPort?.find((l) => l.address === connection.address) ?? onPort?.find((l) => l.address === '0.0.0.0');
}
