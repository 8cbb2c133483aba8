import { describe, expect, it } from 'vitest';
import { ANY } from '../compile/envoy.ts';
import type { ChainMatch, FilterChain, Listener } from '../compile/envoy.ts';
import { plainAction } from '../compile/l4.ts';
import { chainFor } from './connection.ts';

const chain = (name: string, match: Partial<ChainMatch>): FilterChain => ({
  match: { ...ANY, ...match },
  tls: false,
  clientCertificate: false,
  http: undefined,
  tcp: plainAction(name),
  entries: [],
});
const listener: Listener = {
  address: '0.0.0.0',
  port: 443,
  seesTls: true,
  seesHttp: true,
  chains: [
    chain('exact', { sni: ['a.com'] }),
    chain('wide', { sni: ['*.com'] }),
    chain('narrow', { sni: ['*.b.com'] }),
    chain('range', { cidrs: ['10.0.0.0/8'], sni: ['r.com'] }),
    chain('smaller', { cidrs: ['10.1.0.0/16'], sni: ['s.com'] }),
    chain('http', { transport: 'raw_buffer', alpn: ['http/1.1'] }),
  ],
  defaultChain: chain('default', {}),
};
const taken = (address: string, sni: string, tls = true, http = false): string | undefined =>
  chainFor(listener, { address, port: 443, tls, sni, protocols: http ? ['http/1.1'] : [], http })?.tcp?.clusters[0]
    ?.cluster;

describe('the filter chain of a connection', () => {
  it('[R-223] names: exact, then the longest wildcard', () => {
    expect(['a.com', 'A.com', 'x.com', 'x.b.com', 'b.com', 'org'].map((sni) => taken('1.2.3.4', sni))).toEqual([
      'exact',
      'exact',
      'wide',
      'narrow',
      'wide',
      'default',
    ]);
  });
  it('[R-223] the smallest range decides first, and nothing looks back', () => {
    expect(taken('10.2.0.1', 'r.com')).toBe('range');
    expect(taken('10.1.0.1', 's.com')).toBe('smaller');
    expect(taken('10.1.0.1', 'r.com')).toBe('default');
  });
  it('[R-411] plain HTTP is told by looking, all else takes the default', () => {
    expect(taken('1.2.3.4', '', false, true)).toBe('http');
    expect(taken('1.2.3.4', '', false, false)).toBe('default');
  });
});
