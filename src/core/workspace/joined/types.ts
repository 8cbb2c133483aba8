import type { ResourceId } from '../../base/ids.ts';
import type { NodeId } from '../../graph/types.ts';

/** A rule in the list that Istio makes of several VirtualServices. */
export interface JoinedRule {
  /** The VirtualService that it is written in. */
  readonly resource: ResourceId;
  /** As people count, from 1. */
  readonly number: number;
  /** Its row on the canvas. */
  readonly row?: string | undefined;
  /** What it matches, and where it goes. */
  readonly words: string;
  /** The VirtualService whose rule hands its requests to this one, where it is a delegate's. */
  readonly root?: ResourceId | undefined;
  /** Why it does not exist there; absent where it does. */
  readonly off?: string | undefined;
}

/** The rules for some hosts at one door (a gateway, or the mesh), in the order in which Envoy tries them. */
export interface JoinedRules {
  /** `At Gateway default/edge`, `Inside the mesh, for app=web in default`. */
  readonly door: string;
  readonly hosts: readonly string[];
  readonly rules: readonly JoinedRule[];
  /** VirtualServices for the same host that are ignored there, since an older one has it. */
  readonly ignored: readonly ResourceId[];
}

/** What the canvas and the inspector want to know: for a caller which rules do not exist, for a node how its rules are joined. */
export interface JoinedQuestion {
  readonly caller: NodeId | null;
  readonly node: NodeId | null;
}
export interface JoinedAnswer extends JoinedQuestion {
  /** Rows that do not exist for the caller, and why. */
  readonly off: readonly (readonly [row: string, reason: string])[];
  /** Lists that the node's rules are part of, or would be; only those that more than one VirtualService has a say in. */
  readonly lists: readonly JoinedRules[];
}
