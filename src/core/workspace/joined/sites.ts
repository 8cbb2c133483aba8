import type { ResourceId } from '../../base/ids.ts';
import { keepBy, keepPer } from '../../base/keep.ts';
import type { GraphNode } from '../../graph/types.ts';
import { isVirtualService, resolveHost } from '../../istio/index.ts';
import type { VirtualService as VirtualServiceResource } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/types.ts';
import { rulesInOrder } from '../../routing/index.ts';
import type { CompiledProxy, Proxy, RoutingEngine, StandingConnections, StandingRule } from '../../routing/index.ts';
import { valueAt } from '../../yaml/model.ts';

type VirtualHost = ReturnType<CompiledProxy['routeConfig']>['virtualHosts'][number];
type VirtualService = VirtualHost['sources'][number]['virtualService'];

/** A place where rules stand in one list: a virtual host, a server for connections, a service's port for connections. */
export interface Site {
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly isMesh: boolean;
  readonly door: string;
  readonly hosts: readonly string[];
  /** The VirtualServices that serve the hosts, each once. */
  readonly owners: readonly ResourceId[];
  /** Their delegates, by owner. */
  readonly delegates: ReadonlyMap<ResourceId, readonly ResourceId[]>;
  readonly ignored: readonly ResourceId[];
  /** In the order in which Envoy looks at them. */
  readonly rules: () => readonly StandingRule[];
}

/** Whose configuration a caller's requests meet first: the gateways' pods, or its own sidecar. */
export function proxiesOf(mesh: Mesh, { caller }: GraphNode): readonly Proxy[] {
  if (caller?.kind === 'workload') return [{ type: 'sidecar', namespace: caller.namespace, labels: caller.labels }];
  const proxies = new Map<string, Proxy>();
  for (const gateway of mesh.byKind.get('Gateway') ?? []) {
    const selector = valueAt(gateway.value, ['spec', 'selector']);
    if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) continue;
    const labels = Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, String(value)]));
    proxies.set(JSON.stringify(labels), { type: 'gateway', namespace: 'istio-system', labels });
  }
  return [...proxies.values()];
}

/** Whether more than one VirtualService has a say in it. */
export const isShared = ({ owners, delegates, ignored }: Site): boolean =>
  owners.length + ignored.length > 1 || delegates.size > 0;

/** The places of a proxy where rules of VirtualServices stand. */
export function* sitesOf(engine: RoutingEngine, proxy: Proxy): Iterable<Site> {
  const who = JSON.stringify([proxy.namespace, proxy.labels]);
  for (const host of virtualHostsOf(engine.compiled(proxy)))
    if (host.sources.length > 0) yield keptSites(host, [who], () => siteOfHost(host, proxy));
  for (const one of engine.connections(proxy)) yield siteOfConnections(one, proxy);
}

function* virtualHostsOf(compiled: CompiledProxy): Iterable<VirtualHost> {
  const seen = new Set<string>();
  for (const { chains, defaultChain } of compiled.listeners) {
    for (const chain of [...chains, ...(defaultChain ? [defaultChain] : [])]) {
      const name = chain.http?.routeConfig;
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      yield* compiled.routeConfig(name).virtualHosts;
    }
  }
}

const delegatesKept = new WeakMap<VirtualService, readonly ResourceId[]>();

/** The VirtualServices whose rules stand in the place of rules of this one. */
function delegatesOf(vs: VirtualService): readonly ResourceId[] {
  const known = delegatesKept.get(vs);
  if (known) return known;
  const own = new Set(vs.http.flatMap(({ ref, root }) => (root === undefined ? [] : [ref.resource])));
  const made = [...own];
  delegatesKept.set(vs, made);
  return made;
}

// A virtual host that no edit touched is the same object: its place is told, and its rules are put in order, once for each kind of caller.
const keptSites = keepBy<VirtualHost, Site>();

function siteOfHost(host: VirtualHost, proxy: Proxy): Site {
  const { sources, ignored, name } = host;
  const delegates = new Map<ResourceId, readonly ResourceId[]>();
  for (const { virtualService } of sources) {
    const own = delegatesOf(virtualService);
    if (own.length > 0) delegates.set(virtualService.resource, own);
  }
  const isMesh = proxy.type === 'sidecar';
  let rules: readonly StandingRule[] | undefined;
  return {
    protocol: 'http',
    isMesh,
    door: isMesh ? meshDoor(proxy) : gatewayDoor(sources.map(({ gateway }) => gateway)),
    // Without the port that istiod puts behind it.
    hosts: [name.replace(/:\d+$/, '')],
    owners: ids(sources),
    delegates,
    ignored: ids(ignored),
    rules: () => (rules ??= rulesInOrder(host, proxy)),
  };
}

const ids = (sources: VirtualHost['sources']): readonly ResourceId[] => [
  ...new Set(sources.map(({ virtualService }) => virtualService.resource)),
];

function siteOfConnections(given: StandingConnections, proxy: Proxy): Site {
  const { kind, port, gateway, hosts, virtualServices, rules } = given;
  const isMesh = gateway === 'mesh';
  return {
    protocol: kind,
    isMesh,
    door: `${isMesh ? meshDoor(proxy) : gatewayDoor([gateway])}, ${kind.toUpperCase()} on port ${String(port)}`,
    hosts,
    owners: virtualServices,
    delegates: new Map(),
    ignored: [],
    rules,
  };
}

const gatewayDoor = (gateways: readonly string[]): string => `At Gateway ${[...new Set(gateways)].join(', ')}`;

function meshDoor({ labels, namespace }: Proxy): string {
  const all = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return `Inside the mesh, for ${all.join(', ') || 'any workload'} in ${namespace}`;
}

/** False where surely no VirtualService meets another one: nobody delegates, no host is named twice, no wildcard lies over others. */
export function mayShare(mesh: Mesh): boolean {
  const seen = new Set<string>();
  const all = mesh.byKind.get('VirtualService') ?? [];
  if (all.length < 2) return false;
  return all.some((resource) => {
    if (!isVirtualService(resource)) return false;
    const { delegates, hosts } = saidBy(resource);
    return delegates || hosts.some((host) => host.startsWith('*') || seen.has(host) || !seen.add(host));
  });
}

/** Of a VirtualService: whether it hands over to delegates, and its hosts in full, each once. */
const saidBy = keepPer(({ namespace, spec }: VirtualServiceResource) => ({
  delegates: spec.http?.some(({ delegate }) => delegate !== undefined) === true,
  hosts: [...new Set((spec.hosts ?? []).map((host) => resolveHost(host, namespace).toLowerCase()))],
}));
