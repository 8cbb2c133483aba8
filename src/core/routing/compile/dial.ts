import type { Resource } from '../../istio/types.ts';
import type { Proxy, Request } from '../types.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import type { Registry } from './registry.ts';
import { stringsAt } from './read.ts';

/** Whom a client reaches where DNS says nothing that we know. */
const ELSEWHERE = '203.0.113.10';

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  if (colon < 0) return host;
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']'));
  return host.indexOf(':') === colon ? host.slice(0, colon) : host;
}

/**
 * Which address a client dials for a host: the service's; for a headless one its first pod; the first address of a ServiceEntry that has
 * some. Clients of a gateway always dial the gateway.
 */
export function dialledAddresses(
  registry: Registry,
  resources: readonly Resource[],
): (proxy: Proxy, request: Request) => string {
  const addresses = new Map<string, string>();
  for (const service of registry.services) {
    if (!service.kubernetes) continue;
    const first = registry.endpoints.get(`${service.namespace}/${service.hostname}`)?.[0]?.address ?? '';
    const address = service.address === NO_ADDRESS ? first : service.address;
    for (const name of [
      service.hostname,
      `${service.name}.${service.namespace}.svc`,
      `${service.name}.${service.namespace}`,
    ])
      addresses.set(name, address);
    addresses.set(`${service.namespace}/${service.name}`, address);
  }
  for (const entry of resources) {
    const address = entry.kind === 'ServiceEntry' ? stringsAt(entry.spec, 'addresses')[0]?.split('/')[0] : undefined;
    if (address !== undefined)
      for (const host of stringsAt(entry.spec, 'hosts')) if (!addresses.has(host)) addresses.set(host, address);
  }
  return (proxy, request) => {
    if (proxy.type === 'gateway') return ELSEWHERE;
    const host = withoutPort(request.host ?? '') || (request.sni ?? '');
    return addresses.get(host) || (host.includes('.') ? '' : addresses.get(`${proxy.namespace}/${host}`)) || ELSEWHERE;
  };
}
