import type { Engine, MeshOptions, Outcome, Proxy, Request, RouteSummary, ClusterSummary } from './types.ts';

/** A routing case as the recordings have it (`conformance/README.md`); `config` is read by the caller. */
export interface RoutingCase {
  readonly name: string;
  readonly config: string;
  readonly mesh?: { readonly outboundTrafficPolicy?: string };
  readonly proxies: Readonly<Record<string, Proxy>>;
  readonly requests: readonly (Request & { readonly id: string; readonly from: string })[];
}

/** What `answer` writes for a case. */
export interface RoutingAnswer {
  readonly name: string;
  readonly results: readonly {
    readonly id: string;
    readonly route?: RouteSummary;
    readonly outcomes: readonly Outcome[];
    /** With `spread`: shares by endpoint (`cluster address:port`). */
    readonly endpoints?: Readonly<Record<string, number>>;
  }[];
  readonly clusters: Readonly<Record<string, readonly ClusterSummary[]>>;
}

/** The options that a case sets. */
export function caseOptions(given: RoutingCase): MeshOptions {
  const mode = given.mesh?.outboundTrafficPolicy;
  return {
    registry: 'declared',
    asRecorded: true,
    outboundTrafficPolicy: mode === 'REGISTRY_ONLY' ? 'REGISTRY_ONLY' : 'ALLOW_ANY',
  };
}

/**
 * Outcomes in the form of the recordings. Of a split's branch whose cluster is missing they don't tell which one it was: it comes before
 * the others, and what its route would add to the answer is not said where the missing cluster is what ends the request. Of two branches
 * to one cluster the likelier one comes first.
 */
function recorded(route: RouteSummary | undefined, outcomes: readonly Outcome[]): readonly Outcome[] {
  if ((route?.destinations?.length ?? 0) < 2) return outcomes;
  const delayed = (outcome: Outcome): number => Number(outcome.flags?.includes('DI') ?? false);
  const placed = (outcome: Outcome): number => Number(outcome.cluster !== undefined);
  return outcomes
    .map((outcome) => (outcome.details === 'cluster_not_found' ? { ...outcome, responseHeaders: {} } : outcome))
    .sort((a, b) => placed(a) - placed(b) || delayed(a) - delayed(b) || b.probability - a.probability);
}

/** The endpoints that take a request in one of its outcomes, as `cluster address:port`, and how often each does. */
function reached(engine: Engine, proxy: Proxy, outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const { cluster, probability, upstream } of outcomes) {
    if (cluster === undefined || upstream === undefined) continue;
    for (const { address, port, share } of engine.endpointsOf(proxy, cluster)) {
      const name = `${cluster} ${address}:${port}`;
      shares[name] = (shares[name] ?? 0) + probability * share;
    }
  }
  return shares;
}

/** Answers a case: all requests, and all clusters of each proxy. A request from a proxy that the case does not name is refused. */
export function answerCase(engine: Engine, given: RoutingCase): RoutingAnswer {
  const results = given.requests.map((request) => {
    const proxy = given.proxies[request.from];
    if (proxy === undefined)
      return {
        id: request.id,
        outcomes: [{ probability: 1, status: 0, error: `the case names no proxy ${JSON.stringify(request.from)}` }],
      };
    const { route, outcomes } = engine.decide(proxy, request);
    const told = recorded(route, outcomes);
    return {
      id: request.id,
      ...(route === undefined ? {} : { route }),
      outcomes: told,
      ...(request.spread === undefined ? {} : { endpoints: reached(engine, proxy, told) }),
    };
  });
  const clusters: Record<string, readonly ClusterSummary[]> = {};
  for (const [name, proxy] of Object.entries(given.proxies)) clusters[name] = engine.clustersOf(proxy);
  return { name: given.name, results, clusters };
}
