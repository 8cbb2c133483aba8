import { resolveHost, shortHost } from '../istio/index.ts';
import type { Projection } from '../workspace/types.ts';
import type { Json, JsonObject } from '../yaml/types.ts';
import { valueAt } from '../yaml/model.ts';
import type { GestureOf } from './types.ts';

type Kind = GestureOf<'addResource'>['resourceKind'];

/** What a new resource is about: its namespace, the host where one was given, the subsets that are asked for. */
export interface Wish {
  readonly namespace: string;
  readonly host?: string | undefined;
  readonly subsets?: readonly string[];
}

/** A name (not yet free) and a spec that Istio takes as it stands. */
export interface Template {
  readonly name: string;
  readonly spec: JsonObject;
}

/** The template of a kind, fitted to what the workspace holds: hosts that need one, the ingress that its gateways select. */
export function templateOf(projection: Projection, kind: Kind, wish: Wish): Template {
  switch (kind) {
    case 'Gateway':
      return gateway(projection, wish);
    case 'VirtualService':
      return virtualService(projection, wish);
    case 'DestinationRule':
      return destinationRule(projection, wish);
    case 'ServiceEntry':
      return serviceEntry(projection, wish);
  }
}

function gateway(projection: Projection, { host }: Wish): Template {
  const [other] = projection.mesh.byKind.get('Gateway') ?? [];
  const selector: Json = valueAt(other?.value, ['spec', 'selector']) ?? { istio: 'ingressgateway' };
  const server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [host ?? '*'] };
  return {
    name: host === undefined || host.startsWith('*') ? 'gateway' : nameOf(host),
    spec: { selector, servers: [server] },
  };
}

function virtualService(projection: Projection, { host, namespace }: Wish): Template {
  const taken = hostsOf(projection, 'VirtualService', ['spec', 'hosts', 0]);
  const own = hostFor(projection, namespace, host, taken);
  return { name: nameOf(own), spec: { hosts: [own], http: [{ route: [{ destination: { host: own } }] }] } };
}

function destinationRule(projection: Projection, { host, namespace, subsets }: Wish): Template {
  const taken = hostsOf(projection, 'DestinationRule', ['spec', 'host']);
  const own = hostFor(projection, namespace, host, taken);
  const service = projection.mesh.services.get(resolveHost(own, namespace));
  const missing = service?.subsets.filter((subset) => subset.missing).map((subset) => subset.name) ?? [];
  const names = [...new Set([...(subsets ?? []), ...missing])];
  if (names.length === 0) names.push('v1');
  return {
    name: nameOf(own),
    spec: { host: own, subsets: names.map((name) => ({ name, labels: { version: name } })) },
  };
}

function serviceEntry(projection: Projection, wish: Wish): Template {
  let host = wish.host ?? 'api.example.com';
  for (let next = 2; wish.host === undefined && projection.mesh.services.has(host); next += 1)
    host = `api-${next}.example.com`;
  const ports = [{ number: 443, name: 'https', protocol: 'HTTPS' }];
  // Names that can be looked up are; a wildcard can't be.
  const resolution = host.startsWith('*') ? 'NONE' : 'DNS';
  return { name: nameOf(host), spec: { hosts: [host], location: 'MESH_EXTERNAL', ports, resolution } };
}

/** The host that was given, else the first service that has no such resource yet, else the first service. */
function hostFor(
  projection: Projection,
  namespace: string,
  host: string | undefined,
  taken: ReadonlySet<string>,
): string {
  if (host !== undefined) return shortHost(resolveHost(host, namespace), namespace);
  const services = [...projection.mesh.services.values()].filter((service) => !service.host.includes('*'));
  const near = services.filter((service) => service.namespace === namespace);
  const free = [...near, ...services].find((service) => !taken.has(service.host)) ?? near[0] ?? services[0];
  return free === undefined ? 'my-service' : shortHost(free.host, namespace);
}

function hostsOf(projection: Projection, kind: string, path: readonly (string | number)[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { value, namespace } of projection.mesh.byKind.get(kind) ?? []) {
    const host = valueAt(value, path);
    if (typeof host === 'string') hosts.add(resolveHost(host, namespace));
  }
  return hosts;
}

/** A name that Kubernetes takes, made of a host: its first label, all of it for hosts outside of the cluster. */
function nameOf(host: string): string {
  const inside = /^([^.]+)(\.[^.]+\.svc\.cluster\.local)?$/.exec(host)?.[1];
  const plain = (inside ?? host)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'any' : plain;
}
