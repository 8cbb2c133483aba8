import type { ResourceId } from '../base/ids.ts';
import type { YamlPath } from '../yaml/types.ts';

/** Who sends: a gateway's pod or a client's sidecar. Shapes are those of the oracle's cases (`conformance/README.md`). */
export interface Proxy {
  readonly type: 'gateway' | 'sidecar';
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** That of a Pod: its labels and its Node's tell where the caller runs. */
  readonly ip?: string;
  /** `region/zone/subzone`, where the labels say nothing. */
  readonly locality?: string;
  /** The name of the Node that it runs on. */
  readonly node?: string;
}

export interface MeshOptions {
  readonly outboundTrafficPolicy?: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  readonly registry?: 'assumed' | 'declared';
  /**
   * As the recordings were made: the recorder asks istiod for a route configuration once for each listener that names it, and istiod's
   * second answer for a service whose protocol is told by looking is empty. Envoy asks once. So a headless service with several pods and
   * such a port answers 404 in the recordings, and works in a mesh.
   */
  readonly asRecorded?: boolean;
}

export interface Request {
  readonly id?: string;
  readonly protocol?: 'http' | 'https' | 'tls' | 'tcp';
  readonly address?: string;
  readonly port: number;
  readonly sni?: string;
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly upstreamStatus?: number;
  readonly upstreamDelayMs?: number;
  /** In a case: how many more times the recorder sends it to see which endpoints take it. */
  readonly spread?: number;
}

/** One thing that may become of a request. Field by field as `answer` writes it (DESIGN, Contracts). */
export interface Outcome {
  readonly probability: number;
  readonly cluster?: string;
  readonly status?: number;
  readonly flags?: string;
  readonly details?: string;
  readonly attempts?: number;
  readonly location?: string;
  readonly body?: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly upstream?: {
    readonly method: string;
    readonly path: string;
    readonly host: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly mirrors?: readonly string[];
  readonly error?: string;
  /** Place in the rule's `route` of the destination that chance took; absent where no rule chose. */
  readonly destination?: number;
}

/** The static content of a route, as `answer` writes it. */
export interface RouteSummary {
  readonly config?: string;
  readonly name?: string;
  readonly virtualHost?: string;
  readonly destinations?: readonly { readonly cluster: string; readonly weight: number }[];
  readonly timeoutMs?: number;
  readonly retry?: {
    readonly attempts: number;
    readonly on: string;
    readonly statusCodes?: readonly number[];
    readonly perTryTimeoutMs?: number;
  };
  readonly mirrors?: readonly { readonly cluster: string; readonly percent: number }[];
  readonly abort?: { readonly percent: number; readonly httpStatus?: number; readonly grpcStatus?: number };
  readonly delay?: { readonly percent: number; readonly ms: number };
  readonly hash?: readonly string[];
  readonly cors?: boolean;
}

/** A cluster as `answer` writes it under `clusters`. Limits and fields that are not set are absent. */
export interface ClusterSummary {
  readonly name: string;
  readonly type: string;
  readonly lb?: string;
  readonly endpoints: readonly {
    readonly address: string;
    readonly port: number;
    readonly weight?: number;
    readonly locality?: string;
    readonly priority?: number;
  }[];
  readonly connectTimeoutMs?: number;
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
  readonly maxRetries?: number;
  readonly outlierDetection?: {
    readonly consecutive5xx?: number;
    readonly consecutiveGatewayErrors?: number;
    readonly intervalMs?: number;
    readonly baseEjectionMs?: number;
    readonly maxEjectionPercent?: number;
  };
  readonly tls?: string;
  readonly sni?: string;
  readonly config?: string;
  /** Where Envoy picks a locality by weight before it picks an endpoint: the localities' weights. */
  readonly localityWeights?: readonly {
    readonly locality?: string;
    readonly priority?: number;
    readonly weight: number;
  }[];
}

/** An endpoint that a request to a cluster may go to now, and how often it does. All of a cluster's shares add up to 1. */
export interface EndpointShare {
  readonly address: string;
  readonly port: number;
  /** `region/zone/subzone`, `''` where unknown. */
  readonly locality: string;
  readonly share: number;
}

/** The rule that took a request: which resource, and where in its object (`['spec', 'http', 1]`). */
export interface RuleRef {
  readonly resource: ResourceId;
  readonly path: YamlPath;
  readonly match?: number;
}

/** The way of a request. `gateway` and `server` say where it entered; `rule` is absent where a default route or none was taken. */
export interface Decision {
  readonly gateway?: ResourceId;
  readonly server?: number;
  readonly virtualHost?: string;
  readonly rule?: RuleRef;
  /** The root's rule, where a delegate's took its place. */
  readonly root?: RuleRef;
  /** The static route as `answer` writes it under `route`; absent where none was found. */
  readonly route?: RouteSummary;
  /** Probabilities add up to 1. */
  readonly outcomes: readonly Outcome[];
}

/** A place in a resource's object: `rangeOfPath` gives its text. */
export interface Place {
  readonly resource: ResourceId;
  readonly path: YamlPath;
}

/** A short sentence and what it speaks of. */
export interface Reason {
  readonly text: string;
  readonly place?: Place;
}

/**
 * What became of a rule (of one of its `match` entries, where it has some). `taken`: this one. `later`: it stands behind the one that was
 * taken. `failed`: a condition does not hold. `off`: it does not exist for this caller and port, or a rule before it takes everything.
 */
export interface RuleVerdict {
  readonly rule: RuleRef;
  readonly root?: RuleRef;
  readonly name: string;
  readonly verdict: 'taken' | 'later' | 'failed' | 'off';
  /** A sentence without the rule's name; what is quoted stands between backticks: ``header `a` is `B`, the rule wants exactly `b` ``. */
  readonly text: string;
  /** What decides: the condition that failed, else the rule. */
  readonly place: Place;
  /** The rule that stands in front. */
  readonly by?: RuleRef;
}

/** Why a request is decided as it is: how it came in, every rule of the virtual host, and where it goes. */
export interface Explanation {
  readonly decision: Decision;
  readonly entry: readonly Reason[];
  readonly rules: readonly RuleVerdict[];
  readonly exit: readonly Reason[];
}

/** The smallest request that reaches a rule (`proven`: every request there is was looked at, and none does); or the rule that takes what ought to reach it; or why it can't be reached at all. */
export type Witness =
  | { readonly kind: 'request'; readonly request: Request }
  | {
      readonly kind: 'eaten';
      readonly request?: Request;
      readonly by?: RuleRef;
      readonly proven?: true;
      readonly why: string;
    }
  | { readonly kind: 'unreachable'; readonly why: string };

/** The seam between the engine and everybody else: for a proxy, what becomes of a request. Same mesh, same answers. */
export interface Engine {
  decide(proxy: Proxy, request: Request): Decision;
  /** Every outbound cluster that the proxy has, sorted by name. */
  clustersOf(proxy: Proxy): readonly ClusterSummary[];
  /** The endpoints that requests to a cluster go to while all are healthy. */
  endpointsOf(proxy: Proxy, cluster: string): readonly EndpointShare[];
  /** The decision with its reasons. */
  explain(proxy: Proxy, request: Request): Explanation;
  /** A request that reaches a rule from the proxy. */
  witness(proxy: Proxy, rule: RuleRef): Witness;
}
