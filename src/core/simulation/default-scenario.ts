import { keepBy, keepPer } from '../base/keep.ts';
import type { AnyResource, Gateway, HTTPMatchRequest, Resource, Server, VirtualService } from '../istio/index.ts';
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
import type { Mesh, MeshPort } from '../mesh/types.ts';
import type { Proxy, Request } from '../routing/types.ts';
import { sampleOf } from './sample.ts';
import type { Scenario, ScenarioCaller } from './types.ts';

type Labels = Readonly<Record<string, string>>;
/** Requests a second of a caller that is made up, and how many kinds of requests it sends at most. */
const RATE = 20;
const MOST_REQUESTS = 2000;

/** A request that somebody is made up to send, and texts by which callers and requests are told apart. */
interface Sending {
  readonly name: string;
  readonly proxy: Proxy;
  readonly from: string;
  readonly request: Request;
  readonly text: string;
}

type Add = (name: string, proxy: Proxy, request: Request) => void;
type Gateways = ReadonlyMap<string, readonly Gateway[]>;

const gatewaysByName = keepPer((resources: readonly Resource[]): Gateways => {
  const byName = new Map<string, Gateway[]>();
  for (const resource of resources) {
    const any: AnyResource = resource;
    if (!isGateway(any)) continue;
    const name = `${any.namespace}/${any.name}`;
    byName.set(name, [...(byName.get(name) ?? []), any]);
  }
  return byName;
});

const keepSendings = keepBy<VirtualService, readonly Sending[]>();
const NO_GATEWAYS: readonly Resource[] = [];

/** What is sent for one VirtualService: the same requests, as long as neither it changes nor its Gateways and service do. */
function sendingsFor(resource: VirtualService, mesh: Mesh): readonly Sending[] {
  const names = resource.spec.gateways?.length ? resource.spec.gateways : [MESH_GATEWAY];
  const byName = gatewaysByName(mesh.byKind.get('Gateway') ?? NO_GATEWAYS);
  const gateways = [...new Set(names.map((one) => resolveGateway(one, resource.namespace)))].flatMap(
    (name): readonly (Gateway | undefined)[] => (name === MESH_GATEWAY ? [undefined] : (byName.get(name) ?? [])),
  );
  const service = mesh.services.get(resolveHost(resource.spec.hosts?.[0] ?? '', resource.namespace));
  return keepSendings(resource, [service, ...gateways], () => {
    const out: Sending[] = [];
    const add: Add = (name, proxy, request) => {
      const from = JSON.stringify([proxy.type, proxy.namespace, proxy.labels]);
      out.push({ name, proxy, from, request, text: JSON.stringify(request) });
    };
    for (const gateway of gateways) {
      if (gateway === undefined) addWorkloads(service?.ports ?? [], resource, add);
      else addInternet(resource, gateway, add);
    }
    return out;
  });
}

/**
 * Traffic for a mesh that has no Scenario: for every gateway selector a stream from the internet, and for every namespace with rules for
 * the mesh (and every source that a rule asks for) a workload; each sends, in equal shares, one kind of request for every rule. What an
 * edit leaves alone are the same request objects.
 */
export function defaultScenario(mesh: Mesh): Scenario {
  const callers = new Map<string, { name: string; proxy: Proxy; requests: Map<string, Request> }>();
  for (const resource of mesh.byKind.get('VirtualService') ?? []) {
    if (!isVirtualService(resource) || !resource.spec.hosts?.length) continue;
    for (const { name, proxy, from, request, text } of sendingsFor(resource, mesh)) {
      let caller = callers.get(from);
      if (!caller) callers.set(from, (caller = { name, proxy, requests: new Map() }));
      if (caller.requests.size < MOST_REQUESTS && !caller.requests.has(text)) caller.requests.set(text, request);
    }
  }
  const made = [...callers.values()].map(({ name, proxy, requests }): ScenarioCaller => {
    return { name, proxy, rate: RATE, requests: [...requests.values()].map((request) => ({ request, share: 1 })) };
  });
  return { seed: 1, registry: mesh.registry, outboundTrafficPolicy: 'ALLOW_ANY', callers: made };
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

function addInternet(resource: VirtualService, gateway: Gateway, add: Add): void {
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
      for (const request of httpRequests(resource, { protocol, host, port }, fits)) add('Internet', proxy, request);
    } else {
      for (const request of layer4Requests(resource, { protocol, host, port })) add('Internet', proxy, request);
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

function addWorkloads(ports: readonly MeshPort[], resource: VirtualService, send: Add): void {
  const written = resource.spec.hosts?.[0] ?? '';
  const host = resolveHost(written, resource.namespace);
  const named = concrete(written);
  const add = (source: { namespace: string; labels: Labels }, request: Request): void => {
    const name = Object.values(source.labels)[0] ?? 'any workload';
    // Outside of its namespace a short name means another service.
    const full =
      source.namespace === resource.namespace || request.host !== named
        ? request
        : { ...request, host: concrete(host) };
    send(name, { type: 'sidecar', namespace: source.namespace, labels: source.labels }, full);
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
