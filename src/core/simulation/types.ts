import type { ResourceId } from '../base/ids.ts';
import type { Proxy, Request } from '../routing/types.ts';
import type { YamlPath } from '../yaml/types.ts';

/** Who sends what, how often. Read from a `meshwright/v1` Scenario document, or made up from the mesh where there is none. */
export interface ScenarioCaller {
  readonly name: string;
  readonly proxy: Proxy;
  /** Requests a second. */
  readonly rate: number;
  /** What it sends; chosen by `share` over the sum of shares. */
  readonly requests: readonly { readonly request: Request; readonly share: number }[];
}
export interface Scenario {
  readonly seed: number;
  readonly registry: 'assumed' | 'declared';
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  readonly callers: readonly ScenarioCaller[];
}

/** How a request ended, as the canvas shapes it. */
export type Ending = 'answered' | 'clientError' | 'serverError' | 'noRoute' | 'refused';

/**
 * One simulated request: a pure function of (configuration, scenario, seed, number). Times are integer microseconds of event time.
 * `cluster` is Envoy's (`outbound|9080|v1|reviews.default.svc.cluster.local`).
 */
export interface SimulatedRequest {
  readonly number: number;
  readonly caller: number;
  readonly departUs: number;
  readonly latencyUs: number;
  readonly ending: Ending;
  readonly status: number;
  readonly gateway?: ResourceId;
  readonly server?: number;
  readonly rule?: { readonly resource: ResourceId; readonly path: YamlPath };
  /** The root's rule, where `rule` is a delegate's. */
  readonly root?: { readonly resource: ResourceId; readonly path: YamlPath };
  /** Place in the rule's `route` of the destination that chance took. */
  readonly destination?: number;
  /** Envoy's response flags. */
  readonly flags?: string;
  readonly cluster?: string;
  readonly mirrors?: readonly string[];
}

/** A line of the Traffic table: how often a destination was expected and seen, and what chance allows (99.7 %, three deviations). */
export interface ShareCounter {
  readonly resource: ResourceId;
  readonly path: YamlPath;
  readonly ruleName: string;
  readonly label: string;
  readonly cluster: string;
  readonly hue: number;
  /** 0 to 1. */
  readonly expected: number;
  readonly seen: number;
  /** Requests that took the rule. */
  readonly total: number;
  /** 0 to 1: the band of `seen / total` that chance allows. */
  readonly low: number;
  readonly high: number;
  readonly p50Ms: number;
  readonly errors: number;
}

/**
 * What the page draws of a stretch of event time. `segments` holds SEGMENT_FIELDS numbers a hop: index into `edges`, departure and
 * arrival in microseconds, hue (-1 none), ending (index into ENDINGS), request number. Everything shown is a fold over it.
 */
export interface TrafficWindow {
  /** Grows with every edit and restart; windows of an older run are thrown away. */
  readonly run: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly edges: readonly string[];
  readonly segments: Float64Array;
  readonly counters: readonly ShareCounter[];
  readonly statuses: Readonly<Record<string, number>>;
  /** The seed that the run was made with. */
  readonly seed?: number;
  /** Requests since the start of the run. */
  readonly requests: number;
}
export const SEGMENT_FIELDS = 6;
export const ENDINGS: readonly Ending[] = ['answered', 'clientError', 'serverError', 'noRoute', 'refused'];
