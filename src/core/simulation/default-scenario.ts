import type { Gateway, HTTPMatchRequest, Server, VirtualService } from '../istio/index.ts';
import {
  hostsForNamespace,
  hostsMatch,
  isGateway,
  isVirtualService,
  MESH_GATEWAY,
  resolveGateway,
  resolveHost,
  sanitizeServerHosts,
} from '../istio/index.ts';
import type { Mesh } from '../mesh/types.ts';
import type { Proxy, Request } from '../routing/types.ts';
import { sampleOf } from './sample.ts';
import type { Scenario, ScenarioCaller } from './types.ts';

type Labels = Readonly<Record<string, string>>;
/** Requests a second of a caller that is made up, and how many kinds of requests it sends at most. */
const RATE = 20;
const MOST_REQUESTS = 2000;

/** Callers in the making: by proxy, each with its requests. */
class Callers {
  private readonly byKey = new Map<string, { name: string; proxy: Proxy; requests: Map<string, Request> }>();

  add(name: string, proxy: Proxy, request: Request): void {
    const key = JSON.stringify([proxy.type, proxy.namespace, proxy.labels]);
    let caller = this.byKey.get(key);
    if (!caller) this.byKey.set(key, (caller = { name, proxy, requests: new Map() }));
    if (caller.requests.size < MOST_REQUESTS) caller.requests.set(JSON.stringify(request), request);
  }

  list(): ScenarioCaller[] {
    return [...this.byKey.values()].map(({ name, proxy, requests }) => ({
      name,
      proxy,
      rate: RATE,
      requests: [...requests.values()].map((request) => ({ request, share: 1 })),
    }));
  }
}

/**
 * Traffic for a mesh that has no Scenario: for every gateway selector a stream from the internet, and for every namespace with rules for
 * the mesh (and every source that a rule asks for) a workload; each sends, in equal shares, one kind of request for every rule.
 */
export function defaultScenario(mesh: Mesh): Scenario {
  const callers = new Callers();
  for (const resource of mesh.byKind.get('VirtualService') ?? []) {
    if (!isVirtualService(resource) || !resource.spec.hosts?.length) continue;
    const names = resource.spec.gateways?.length ? resource.spec.gateways : [MESH_GATEWAY];
    for (const name of new Set(names.map((one) => resolveGateway(one, resource.namespace)))) {
      if (name === MESH_GATEWAY) addWorkloads(mesh, resource, callers);
      else for (const gateway of gatewaysNamed(mesh, name)) addInternet(resource, gateway, callers);
    }
  }
  return { seed: 1, registry: mesh.registry, outboundTrafficPolicy: 'ALLOW_ANY', callers: callers.list() };
}

function gatewaysNamed(mesh: Mesh, name: string): Gateway[] {
  return (mesh.byKind.get('Gateway') ?? []).flatMap((resource) =>
    isGateway(resource) && `${resource.namespace}/${resource.name}` === name ? [resource] : [],
  );
}

/** A name that a wildcard host stands for. */
function concrete(host: string): string {
  if (host === '*') return 'example.com';
  return host.startsWith('*.') ? `www${host.slice(1)}` : host.replace('*', 'www');
}

/** The host that a request through this server carries: the narrower of the server's and the VirtualService's. */
function hostThrough(resource: VirtualService, gateway: Gateway, server: Server): string | undefined {
  const open = hostsForNamespace(sanitizeServerHosts(server.hosts ?? [], gateway.namespace), resource.namespace);
  for (const written of resource.spec.hosts ?? []) {
    const host = resolveHost(written, resource.namespace);
    const fit = open.find((one) => hostsMatch(one, host));
    if (fit !== undefined) return concrete(host.startsWith('*') && fit.length > host.length ? fit : host);
  }
  return undefined;
}

function addInternet(resource: VirtualService, gateway: Gateway, callers: Callers): void {
  const proxy: Proxy = { type: 'gateway', namespace: 'istio-system', labels: gateway.spec.selector ?? {} };
  for (const server of gateway.spec.servers ?? []) {
    const host = hostThrough(resource, gateway, server);
    const port = server.port?.number;
    if (host === undefined || port === undefined) continue;
    const written = (server.port?.protocol ?? '').toUpperCase();
    const passes =
      server.tls !== undefined && ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(server.tls.mode ?? 'PASSTHROUGH');
    const isHttp = written === 'HTTPS' ? !passes : /^(HTTP|GRPC)/.test(written);
    const protocol =
      written === 'HTTPS' && !passes ? 'https' : isHttp ? 'http' : passes || written === 'TLS' ? 'tls' : 'tcp';
    const fits = (match: { readonly port?: number }): boolean => !match.port || match.port === port;
    if (isHttp) {
      for (const request of httpRequests(resource, { protocol, host, port }, fits))
        callers.add('Internet', proxy, request);
    } else {
      for (const request of layer4Requests(resource, { protocol, host, port })) callers.add('Internet', proxy, request);
    }
  }
}

interface Base {
  readonly protocol: NonNullable<Request['protocol']>;
  readonly host: string;
  readonly port: number;
}

/** One request for each rule: for the first of its condition sets that `fits`. */
function httpRequests(resource: VirtualService, base: Base, fits: (match: HTTPMatchRequest) => boolean): Request[] {
  return (resource.spec.http ?? []).flatMap((rule) => {
    const matches = rule.match?.length ? rule.match : [{}];
    const match = matches.find(fits);
    return match ? [httpRequest(base, match)] : [];
  });
}

function httpRequest({ protocol, host, port }: Base, match: HTTPMatchRequest): Request {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(match.headers ?? {})) {
    if (!name.startsWith(':') && !name.startsWith('@')) headers[name] = sampleOf(value);
  }
  const query = Object.entries(match.queryParams ?? {}).map(([name, value]) => `${name}=${sampleOf(value)}`);
  const path = match.uri && Object.keys(match.uri).length > 0 ? sampleOf(match.uri) : '/';
  return {
    protocol,
    port,
    host: match.authority ? sampleOf(match.authority) : host,
    ...(protocol === 'https' && { sni: host }),
    method: match.method ? sampleOf(match.method) : 'GET',
    path: `${path.startsWith('/') ? path : `/${path}`}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

function layer4Requests(resource: VirtualService, base: Base): Request[] {
  if (base.protocol === 'tcp') return (resource.spec.tcp ?? []).length > 0 ? [base] : [];
  const names = (resource.spec.tls ?? []).flatMap((rule) =>
    (rule.match ?? []).flatMap(({ sniHosts }) => sniHosts?.[0] ?? []),
  );
  return names.map((sni) => ({ ...base, host: concrete(sni), sni: concrete(sni) }));
}

function addWorkloads(mesh: Mesh, resource: VirtualService, callers: Callers): void {
  const written = resource.spec.hosts?.[0] ?? '';
  const host = resolveHost(written, resource.namespace);
  const service = mesh.services.get(host);
  const ports = service?.ports ?? [];
  const named = concrete(written);
  const add = (source: { namespace: string; labels: Labels }, request: Request): void => {
    const name = Object.values(source.labels)[0] ?? 'any workload';
    // Outside of its namespace a short name means another service.
    const full =
      source.namespace === resource.namespace || request.host !== named
        ? request
        : { ...request, host: concrete(host) };
    callers.add(name, { type: 'sidecar', namespace: source.namespace, labels: source.labels }, full);
  };
  for (const rule of resource.spec.http ?? []) {
    const match = (rule.match?.length ? rule.match : [{}]).find(
      ({ gateways }) => !gateways?.length || gateways.includes(MESH_GATEWAY),
    );
    if (!match) continue;
    const http = ports.find(({ protocol }) => /^(HTTP|GRPC|$)/.test(protocol) && protocol !== 'HTTPS') ?? ports[0];
    const port = match.port ?? http?.number ?? 80;
    add(sourceOf(match, resource), httpRequest({ protocol: 'http', host: named, port }, match));
  }
  for (const rule of resource.spec.tls ?? []) {
    const [match] = rule.match ?? [];
    const sni = concrete(match?.sniHosts?.[0] ?? named);
    const port = match?.port ?? ports.find(({ protocol }) => /^(TLS|HTTPS)/.test(protocol))?.number ?? 443;
    add(sourceOf(match ?? {}, resource), { protocol: 'tls', port, host: sni, sni });
  }
  for (const rule of resource.spec.tcp ?? []) {
    const [match] = rule.match ?? [];
    add(sourceOf(match ?? {}, resource), { protocol: 'tcp', port: match?.port ?? ports[0]?.number ?? 80, host: named });
  }
}

function sourceOf(
  match: { readonly sourceLabels?: Labels; readonly sourceNamespace?: string },
  resource: VirtualService,
): { namespace: string; labels: Labels } {
  return { namespace: match.sourceNamespace || resource.namespace, labels: match.sourceLabels ?? {} };
}
