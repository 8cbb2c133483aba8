import { grouped } from '../base/lists.ts';
import type { Resource } from '../istio/types.ts';
import type { Mesh } from '../mesh/types.ts';
import { clusterSummaries } from './clusters-summary.ts';
import { assumptionsMaker, NOTHING_ASSUMED } from './compile/assumed.ts';
import { proxyMaker } from './compile/proxy.ts';
import type { CompiledProxy, ProxyMaker } from './compile/proxy.ts';
import { pushMaker } from './compile/push.ts';
import { decide } from './decide/decide.ts';
import { endpointShares } from './decide/endpoints.ts';
import { explain } from './explain/explain.ts';
import { standingConnections } from './explain/l4-rules.ts';
import type { StandingConnections } from './explain/l4-rules.ts';
import { findWitness } from './witness/witness.ts';
import type { Decision, Engine, MeshOptions, Proxy, Request } from './types.ts';

/** One text for one proxy, whatever the order of its labels. */
function keyOf(proxy: Proxy): string {
  const labels = Object.entries(proxy.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([proxy.type, proxy.namespace, proxy.ip, proxy.locality, proxy.node, labels]);
}

const isMesh = (given: readonly Resource[] | Mesh): given is Mesh => !Array.isArray(given);

const byKindOf = (resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> =>
  grouped(resources, ({ kind }) => kind);

/** Proxies that are kept ready for the next edit at most: of more the one that was asked for longest ago is forgotten. */
const MOST_PROXIES = 256;

/** What engines of one mesh hand on from edit to edit. Nothing in it decides an answer: it only saves making again what is there. */
class Makers {
  readonly push = pushMaker();
  readonly assumptions = assumptionsMaker();
  private readonly proxies = new Map<string, ProxyMaker>();

  proxy(proxy: Proxy, asRecorded: boolean): ProxyMaker {
    const key = `${String(asRecorded)} ${keyOf(proxy)}`;
    const maker = this.proxies.get(key) ?? proxyMaker(proxy, asRecorded);
    this.proxies.delete(key);
    this.proxies.set(key, maker);
    const [oldest] = this.proxies.keys();
    if (this.proxies.size > MOST_PROXIES && oldest !== undefined) this.proxies.delete(oldest);
    return maker;
  }
}

/** An engine that shows what it compiled, and from which the one after the next edit can be made. */
export interface RoutingEngine extends Engine {
  readonly compiled: (proxy: Proxy) => CompiledProxy;
  /** The tls and tcp rules that a proxy has a place for. */
  readonly connections: (proxy: Proxy) => readonly StandingConnections[];
  readonly makers: Makers;
}

/**
 * An engine over the resources (or a mesh with its assumed services). What is common to all proxies is derived at once, a proxy when it
 * is first asked for. Bad input never throws: what istiod would leave out is left out, what Envoy would refuse is an outcome's `error`.
 * With the engine of before an edit the work is in what the edit touches, as far as resources that did not change are the same objects;
 * the answers are those of an engine made from scratch.
 */
export function createEngine(
  given: readonly Resource[] | Mesh,
  options: MeshOptions = {},
  previous?: RoutingEngine,
): RoutingEngine {
  const makers = previous?.makers ?? new Makers();
  const read = isMesh(given) ? given : { resources: given, byKind: byKindOf(given) };
  const assumed =
    isMesh(given) && (options.registry ?? given.registry) === 'assumed'
      ? makers.assumptions(given.services)
      : NOTHING_ASSUMED;
  const push = makers.push(read, options.outboundTrafficPolicy ?? 'ALLOW_ANY', assumed);
  const byProxy = new WeakMap<Proxy, CompiledProxy>();
  const compiled = (proxy: Proxy): CompiledProxy => {
    const found = byProxy.get(proxy);
    if (found !== undefined) return found;
    const made = makers.proxy(proxy, options.asRecorded ?? false)(push);
    byProxy.set(proxy, made);
    return made;
  };
  const dialled = (proxy: Proxy, request: Request): string => request.address || push.addressFor(proxy, request);
  // Only the last one is remembered, for who asks about it again (`explain`). A WeakMap of all of them cost 20 µs a request: its entries are
  // looked through at every collection of garbage.
  let last: { readonly at: CompiledProxy; readonly request: Request; readonly decision: Decision } | undefined;
  const decided = (proxy: Proxy, request: Request): Decision => {
    const at = compiled(proxy);
    if (last?.request === request && last.at === at) return last.decision;
    const decision = decide(at, request, dialled(proxy, request));
    last = { at, request, decision };
    return decision;
  };
  return {
    makers,
    compiled,
    connections: (proxy) => standingConnections(push, compiled(proxy)),
    decide: decided,
    endpointsOf: (proxy, name) => {
      const cluster = compiled(proxy).clusters.get(name);
      return cluster === undefined ? [] : endpointShares(cluster);
    },
    clustersOf: (proxy) => clusterSummaries(compiled(proxy).clusters.all()),
    witness: (proxy, rule) => findWitness(compiled(proxy), rule, (request) => decided(proxy, request)),
    explain: (proxy, request) =>
      explain(push, compiled(proxy), request, dialled(proxy, request), decided(proxy, request)),
  };
}
