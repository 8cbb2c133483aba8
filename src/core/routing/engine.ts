import type { Resource } from '../istio/types.ts';
import type { Mesh } from '../mesh/types.ts';
import { clusterSummaries } from './clusters-summary.ts';
import { assumptionsOf, NOTHING_ASSUMED } from './compile/assumed.ts';
import { dialledAddresses } from './compile/dial.ts';
import { compileProxy } from './compile/proxy.ts';
import type { CompiledProxy } from './compile/proxy.ts';
import { buildPush } from './compile/push.ts';
import { decide } from './decide/decide.ts';
import { explain } from './explain/explain.ts';
import { findWitness } from './witness/witness.ts';
import type { Decision, Engine, MeshOptions, Proxy, Request } from './types.ts';

/** One text for one proxy, whatever the order of its labels. */
function keyOf(proxy: Proxy): string {
  const labels = Object.entries(proxy.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([proxy.type, proxy.namespace, proxy.ip ?? '', labels]);
}

const isMesh = (given: readonly Resource[] | Mesh): given is Mesh => !Array.isArray(given);

/**
 * An engine over the resources (or a mesh with its assumed services). What is common to all proxies is derived at once, a proxy when it
 * is first asked for. Bad input never throws: what istiod would leave out is left out, what Envoy would refuse is an outcome's `error`.
 */
export function createEngine(
  given: readonly Resource[] | Mesh,
  options: MeshOptions = {},
): Engine & { readonly compiled: (proxy: Proxy) => CompiledProxy } {
  const resources = isMesh(given) ? given.resources : given;
  const assumed =
    isMesh(given) && (options.registry ?? given.registry) === 'assumed' ? assumptionsOf(given) : NOTHING_ASSUMED;
  const push = buildPush(resources, options.outboundTrafficPolicy ?? 'ALLOW_ANY', assumed);
  const addressFor = dialledAddresses(push.registry, resources);
  const byProxy = new WeakMap<Proxy, CompiledProxy>();
  const byKey = new Map<string, CompiledProxy>();
  const compiled = (proxy: Proxy): CompiledProxy => {
    const found = byProxy.get(proxy);
    if (found !== undefined) return found;
    const key = keyOf(proxy);
    const made = byKey.get(key) ?? compileProxy(push, proxy, options.asRecorded ?? false);
    byKey.set(key, made);
    byProxy.set(proxy, made);
    return made;
  };
  const dialled = (proxy: Proxy, request: Request): string => request.address || addressFor(proxy, request);
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
    compiled,
    decide: decided,
    clustersOf: (proxy) => clusterSummaries(compiled(proxy).clusters),
    witness: (proxy, rule) => findWitness(compiled(proxy), rule, (request) => decided(proxy, request)),
    explain: (proxy, request) =>
      explain(push, compiled(proxy), request, dialled(proxy, request), decided(proxy, request)),
  };
}
