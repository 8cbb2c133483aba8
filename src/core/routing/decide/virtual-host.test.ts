import { describe, expect, it } from 'vitest';
import type { VirtualHost } from '../compile/envoy.ts';
import { hostOnly, virtualHostFor } from './virtual-host.ts';

const host = (name: string, ...domains: readonly string[]): VirtualHost => ({
  name,
  domains,
  routes: [],
  requireTls: false,
  sources: [],
  ignored: [],
});
const config = {
  name: '80',
  virtualHosts: [
    host('all', '*'),
    host('wide', '*.com'),
    host('narrow', '*.a.com'),
    host('exact', 'x.a.com', '10.0.0.1'),
    host('six', '[::1]'),
  ],
};

describe('the virtual host of an authority', () => {
  it.each([
    ['x.a.com', 'exact'],
    ['X.A.COM:1234', 'exact'],
    ['y.a.com', 'narrow'],
    ['y.z.a.com', 'narrow'],
    ['a.com', 'wide'],
    ['.a.com', 'wide'],
    ['x.a.com.', 'all'],
    ['10.0.0.1:80', 'exact'],
    ['[::1]:80', 'six'],
    ['[::1]', 'six'],
  ])('[R-401] %s is served by %s', (authority, name) => {
    expect(virtualHostFor(config, authority)?.name).toBe(name);
  });
  it('[R-403] nobody serves what no domain fits', () => {
    expect(virtualHostFor({ name: '80', virtualHosts: [host('a', 'a.com')] }, 'b.com')).toBeUndefined();
    expect(hostOnly('A.com:80')).toBe('a.com');
  });
});
