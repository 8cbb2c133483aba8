import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareSpecific,
  durationMs,
  hostIsWithin,
  hostsForNamespace,
  hostsMatch,
  intersectHosts,
  isIpAddress,
  isVisible,
  mostSpecificMatch,
  resolveGateway,
  resolveHost,
  sanitizeServerHosts,
  serviceOfHost,
  servicePortProtocol,
  shortHost,
} from './index.ts';

describe('names', () => {
  it('[R-103] completes names without a dot only', () => {
    expect(resolveHost('reviews', 'prod')).toBe('reviews.prod.svc.cluster.local');
    for (const host of ['', '*', 'reviews.prod', '10.0.0.1', '::1', '*.com'])
      expect(resolveHost(host, 'prod')).toBe(host);
  });

  it('shortens what it completed', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'b-c'), fc.constantFrom('x', 'y'), (name, ns) => {
        expect(shortHost(resolveHost(name, ns), ns)).toBe(name);
        expect(serviceOfHost(resolveHost(name, ns))).toEqual({ name, namespace: ns });
      }),
    );
    expect(shortHost('a.x.svc.cluster.local', 'y')).toBe('a.x.svc.cluster.local');
    expect(serviceOfHost('*.x.svc.cluster.local')).toBeUndefined();
  });

  it('[R-106] resolves gateways', () => {
    expect(
      ['mesh', 'gw', './gw', 'b/gw', 'gw.istio-system.svc.cluster.local'].map((name) => resolveGateway(name, 'a')),
    ).toEqual(['mesh', 'a/gw', 'a/gw', 'b/gw', 'istio-system/gw']);
  });

  it('[R-108] matches by plain suffix', () => {
    expect(hostsMatch('*foo.com', 'barfoo.com')).toBe(true);
    expect(hostsMatch('*.foo.com', 'foo.com')).toBe(false);
    expect(hostsMatch('*.com', '*.foo.com')).toBe(true);
    expect(hostsMatch('*', 'x')).toBe(true);
    expect(hostIsWithin('*.foo.com', '*.com')).toBe(true);
    expect(hostIsWithin('*.com', '*.foo.com')).toBe(false);
    expect(hostIsWithin('*', 'a')).toBe(false);
  });

  it('matches in both directions, and whatever lies within another matches it', () => {
    const host = fc.constantFrom('*', '*.com', '*.a.com', 'a.com', 'b.a.com', '*a.com', 'x');
    fc.assert(
      fc.property(host, host, (a, b) => {
        expect(hostsMatch(a, b)).toBe(hostsMatch(b, a));
        if (hostIsWithin(a, b)) expect(hostsMatch(a, b)).toBe(true);
        expect(Math.sign(compareSpecific(a, b))).toBe(-Math.sign(compareSpecific(b, a)) + 0);
      }),
    );
  });

  it('[R-109] finds the most specific host', () => {
    expect(mostSpecificMatch('b.a.com', ['*', '*.com', '*.a.com'])).toBe('*.a.com');
    expect(mostSpecificMatch('b.a.com', ['*.a.com', 'b.a.com'])).toBe('b.a.com');
    expect(mostSpecificMatch('x', ['y'])).toBeUndefined();
  });

  it('[R-202, R-230, R-231] narrows the hosts of a server to those of a VirtualService', () => {
    expect(sanitizeServerHosts(['./a.com', '*/b.com', 'ns/c.com', 'd.com'], 'own')).toEqual([
      'own/a.com',
      'b.com',
      'ns/c.com',
      'd.com',
    ]);
    expect(sanitizeServerHosts(['a.com', '*/*'], 'own')).toEqual(['*']);
    expect(hostsForNamespace(['own/a.com', 'b.com'], 'other')).toEqual(['b.com']);
    expect(intersectHosts(['*'], ['*.x.com'])).toEqual(['*.x.com']);
    expect(intersectHosts(['a.x.com', '*.y.com'], ['*', '*.x.com'])).toEqual(['a.x.com', '*.y.com']);
    expect(intersectHosts(['*.x.com'], ['*.y.com'])).toEqual([]);
  });

  it('[R-110] reads exportTo', () => {
    expect(isVisible(undefined, 'a', 'b')).toBe(true);
    expect(isVisible(['.'], 'a', 'b')).toBe(false);
    expect(isVisible(['.'], 'a', 'a')).toBe(true);
    expect(isVisible(['b', '*'], 'a', 'c')).toBe(true);
    expect(isVisible(['~'], 'a', 'a')).toBe(false);
  });

  it('knows addresses', () => {
    expect(['1.2.3.4', '::1', 'fe80::1%eth0'].every(isIpAddress)).toBe(true);
    expect(['1.2.3', '256.1.1.1', '01.2.3.4', 'a:b', 'reviews'].some(isIpAddress)).toBe(false);
  });

  it('[R-1101] selects protocols', () => {
    const protocol = (name?: string, appProtocol?: string, port = 80) =>
      servicePortProtocol({
        port,
        ...(name === undefined ? {} : { name }),
        ...(appProtocol === undefined ? {} : { appProtocol }),
      });
    expect([
      protocol('http-web'),
      protocol('grpc-web-x'),
      protocol('web'),
      protocol(),
      protocol('x', 'kubernetes.io/h2c'),
    ]).toEqual(['HTTP', 'GRPC-WEB', 'auto', 'auto', 'HTTP2']);
    expect([
      protocol('tcp', 'https'),
      protocol(undefined, undefined, 3306),
      servicePortProtocol({ protocol: 'UDP', name: 'http' }),
    ]).toEqual(['HTTPS', 'TCP', 'UDP']);
  });

  it('reads durations as Go does', () => {
    expect(['5s', '1.5s', '100ms', '1h30m', '0', '-2s', '.5m'].map(durationMs)).toEqual([
      5000, 1500, 100, 5_400_000, 0, -2000, 30_000,
    ]);
    expect(['5', '5 s', 's', '', '1d', '1s2'].map(durationMs)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
