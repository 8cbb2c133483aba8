import type { Resource } from '../../istio/types.ts';
import type { Proxy, Request } from '../types.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import { keepLast } from '../../base/keep.ts';
import type { Service } from './model.ts';
import { allEndpointsOf } from './registry.ts';
import type { Directory, Endpoints, Registry } from './registry.ts';
import { stringsAt } from './read.ts';

/** Whom a client reaches where DNS says nothing that we know. */
const ELSEWHERE = '203.0.113.10';

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  if (colon < 0) return host;
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']'));
  return host.indexOf(':') === colon ? host.slice(0, colon) : host;
}

/** Addresses by each name that clients know a host by; of a headless service the service, whose pods come and go. */
type Names = ReadonlyMap<string, string | Service>;

function namesOf(directory: Directory, resources: readonly Resource[]): Names {
  const names = new Map<string, string | Service>();
  for (const service of directory.services) {
    if (!service.kubernetes) continue;
    const there = service.address === NO_ADDRESS ? service : service.address;
    const { name, namespace } = service;
    for (const called of [service.hostname, `${name}.${namespace}.svc`, `${name}.${namespace}`, `${namespace}/${name}`])
      names.set(called, there);
  }
  for (const entry of resources) {
    const address = entry.kind === 'ServiceEntry' ? stringsAt(entry.spec, 'addresses')[0]?.split('/')[0] : undefined;
    if (address !== undefined)
      for (const host of stringsAt(entry.spec, 'hosts')) if (!names.has(host)) names.set(host, address);
  }
  return names;
}

/**
 * Tells, edit after edit, which address a client dials for a host: the service's; for a headless one its first pod; the first address of
 * a ServiceEntry that has some. Clients of a gateway always dial the gateway.
 */
export function dialMaker(): (
  registry: Registry,
  resources: readonly Resource[],
) => (proxy: Proxy, request: Request) => string {
  const namesFor = keepLast(namesOf);
  const dial =
    (names: () => Names, endpoints: Endpoints) =>
    (proxy: Proxy, request: Request): string => {
      if (proxy.type === 'gateway') return ELSEWHERE;
      const host = withoutPort(request.host ?? '') || (request.sni ?? '');
      const addressOf = (name: string): string => {
        const there = names().get(name) ?? '';
        return typeof there === 'string' ? there : (allEndpointsOf(endpoints, there)[0]?.address ?? '');
      };
      return addressOf(host) || (host.includes('.') ? '' : addressOf(`${proxy.namespace}/${host}`)) || ELSEWHERE;
    };
  return keepLast((registry, resources) => {
    // Names cost more than most edits, and many an engine is never asked for one.
    let names: Names | undefined;
    return dial(() => (names ??= namesFor(registry.directory, resources)), registry.endpoints);
  });
}
