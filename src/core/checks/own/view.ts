import { grouped } from '../../base/lists.ts';
import type { ResourceId } from '../../base/ids.ts';
import { isDestinationRule, isGateway, isVirtualService } from '../../istio/index.ts';
import type { AnyResource, Gateway, VirtualService } from '../../istio/index.ts';
import { bindsMesh, boundServers } from '../../mesh/index.ts';
import type { Mesh } from '../../mesh/index.ts';
import type { createEngine, CompiledProxy, Proxy } from '../../routing/index.ts';
import type { RouteConfig, VirtualHost } from '../../routing/compile/envoy.ts';
import { refusal } from '../../routing/decide/refusal.ts';
import type { CheckProblem } from '../problems.ts';

export type OwnEngine = ReturnType<typeof createEngine>;
type Labels = Readonly<Record<string, string>>;

/** Somebody who sends, and the others who might be meant: what is said of one must be true of all of them. */
export interface Caller {
  readonly proxy: Proxy;
  readonly compiled: CompiledProxy;
}

/** A virtual host of a caller with VirtualServices in it, or of a gateway, on a port. */
export interface Site {
  readonly caller: Caller;
  readonly config: RouteConfig;
  readonly host: VirtualHost;
  readonly port: number;
  /** What is dialled; `''` where any address will do. */
  readonly address: string;
  readonly tls: boolean;
}

/** All that the checks look at. */
export interface View {
  readonly mesh: Mesh;
  readonly engine: OwnEngine;
  /** The documents are the whole mesh: what they don't declare is not there. */
  readonly complete: boolean;
  readonly virtualServices: readonly VirtualService[];
  readonly gateways: readonly Gateway[];
  readonly callers: readonly Caller[];
  readonly sites: readonly Site[];
  /** The callers that a Gateway's pods may be. */
  readonly gatewayCallers: (gateway: Gateway) => readonly Caller[];
  /** A caller within the mesh that sees what a namespace declares. */
  readonly sidecarOf: (namespace: string) => Caller | undefined;
  /** Whether one of these codes is said of the place, or of one around it. */
  readonly said: (resource: ResourceId, path: readonly (string | number)[], codes: RegExp) => boolean;
}

const STOCK: Labels = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
/** More namespaces with rules of their own than these are not asked one by one. */
const MOST_NAMESPACES = 12;

/** The labels that a gateway's pod has at least: the stock one has two. */
function podLabels(selector: Labels): Labels {
  const entries = Object.entries(selector);
  return entries.length > 0 && entries.every(([key, value]) => STOCK[key] === value) ? STOCK : selector;
}

/** True where a namespace's place makes no difference to a caller: nothing is private, no Sidecar, no rule away from its service. */
function isUniform(mesh: Mesh): boolean {
  if ((mesh.byKind.get('Sidecar') ?? []).length > 0) return false;
  return mesh.resources.every((resource: AnyResource) => {
    if (resource.annotations['networking.istio.io/exportTo'] !== undefined) return false;
    const { spec } = resource;
    if (typeof spec === 'object' && spec !== null && 'exportTo' in spec) return false;
    if (!isDestinationRule(resource)) return true;
    const host = resource.spec.host ?? '';
    return !host.includes('.') || host.endsWith(`.${resource.namespace}.svc.cluster.local`);
  });
}

/** True for a host that has rules on port 80 as all have, and is a service without that port: nobody calls it there. */
function isClosed({ compiled }: Caller, host: VirtualHost, port: number): boolean {
  const service = host.domains.flatMap((domain) => compiled.scope.services.get(domain) ?? [])[0];
  return service !== undefined && !service.ports.some((one) => one.number === port);
}

function sitesOf(caller: Caller): readonly Site[] {
  const seen = new Set<string>();
  const gateway = caller.proxy.type === 'gateway';
  return caller.compiled.listeners.flatMap(({ address, port, chains, defaultChain }) =>
    [...chains, ...(defaultChain === undefined ? [] : [defaultChain])].flatMap(({ http, tls }) => {
      if (http === undefined || seen.has(http.routeConfig)) return [];
      seen.add(http.routeConfig);
      const config = caller.compiled.routeConfig(http.routeConfig);
      // Envoy keeps what it had before instead of one that it refuses: nothing can be said then.
      if (refusal(config) !== undefined) return [];
      const dialled = address === '0.0.0.0' ? '' : address;
      return config.virtualHosts
        .filter((host) => gateway || (host.sources.length > 0 && !isClosed(caller, host, port)))
        .map((host) => ({ caller, config, host, port, address: dialled, tls }));
    }),
  );
}

/** What was said before, by resource. */
function sayings(problems: readonly CheckProblem[], mesh: Mesh): View['said'] {
  const byResource = grouped(problems, ({ resource }) => resource);
  return (resource, path, codes) => {
    const start = mesh.byId.get(resource)?.source.path.length ?? 0;
    return (byResource.get(resource) ?? []).some(({ code, istioCode, source }) => {
      const at = source.path.slice(start);
      return (
        (codes.test(code) || (istioCode !== undefined && codes.test(istioCode))) &&
        at.length <= path.length &&
        at.every((key, index) => key === path[index])
      );
    });
  };
}

/** The objects of a kind; of several with one name the last one, as the cluster would have it. */
export function latestOf(mesh: Mesh, kind: string): readonly AnyResource[] {
  const list = mesh.byKind.get(kind) ?? [];
  const last = new Map(list.map((resource) => [`${resource.namespace}/${resource.name}`, resource]));
  return last.size === list.length ? list : list.filter((one) => last.get(`${one.namespace}/${one.name}`) === one);
}

const isUsable = (resource: AnyResource): boolean => !resource.stale && resource.shape.length === 0;

/** Looks at a mesh through an engine. `problems`: what others say of it. */
export function viewOf(mesh: Mesh, engine: OwnEngine, problems: readonly CheckProblem[], complete: boolean): View {
  const all = (kind: string): readonly AnyResource[] => latestOf(mesh, kind).filter(isUsable);
  const virtualServices = all('VirtualService').filter(isVirtualService);
  const gateways = all('Gateway').filter(isGateway);
  const made = new Map<string, Caller>();
  const callerFor = (proxy: Proxy): Caller => {
    const key = JSON.stringify(proxy);
    const caller = made.get(key) ?? { proxy, compiled: engine.compiled(proxy) };
    made.set(key, caller);
    return caller;
  };
  const uniform = isUniform(mesh);
  const gatewayCallers = (gateway: Gateway): readonly Caller[] => {
    const places = uniform ? ['istio-system'] : [...new Set(['istio-system', gateway.namespace])];
    const labels = podLabels(gateway.spec.selector ?? {});
    return places.map((namespace) => callerFor({ type: 'gateway', namespace, labels }));
  };
  const named = [...new Set(virtualServices.filter(bindsMesh).map(({ namespace }) => namespace))];
  const namespaces = uniform ? named.slice(0, 1) : named.slice(0, MOST_NAMESPACES);
  const sidecarOf = (namespace: string): Caller | undefined => {
    const place = uniform ? (namespaces[0] ?? namespace) : namespace;
    return uniform || namespaces.length === 0 || namespaces.includes(place)
      ? callerFor({ type: 'sidecar', namespace: place })
      : undefined;
  };
  // A Gateway without a VirtualService says nothing of requests.
  const used = new Set(virtualServices.flatMap((vs) => boundServers(mesh, vs).map(({ gateway }) => gateway)));
  for (const gateway of gateways) if (used.has(gateway)) gatewayCallers(gateway);
  for (const namespace of namespaces) sidecarOf(namespace);
  const callers = [...made.values()];
  return {
    mesh,
    engine,
    complete,
    virtualServices,
    gateways,
    callers,
    sites: callers.flatMap(sitesOf),
    gatewayCallers,
    sidecarOf,
    said: sayings(problems, mesh),
  };
}
