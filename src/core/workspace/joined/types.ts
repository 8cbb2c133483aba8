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
  /** `At Gateway default/edge`, `Inside the mesh, for app=web in default`; with kind and port where connections are routed. */
  readonly door: string;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly hosts: readonly string[];
  /** Of very many the first. */
  readonly rules: readonly JoinedRule[];
  readonly leftOut: number;
  /** VirtualServices for the same host that are ignored there, since an older one has it. */
  readonly ignored: readonly ResourceId[];
}

/** What a card says in one short row of how rules come together: `before`, a name (which may be cut), `after`. */
export interface JoinedNote {
  readonly node: NodeId;
  /** `ignored`: at least for one host the mesh leaves this VirtualService aside. `oldest`: of several it takes one. `joined`: rules of several are one list. */
  readonly tone: 'ignored' | 'oldest' | 'joined';
  readonly before: string;
  readonly name: string;
  readonly after: string;
  /** The same in whole sentences: who, for which host, why. */
  readonly words: string;
}

/** What the canvas and the inspector want to know: for a caller which rules do not exist, for a node how its rules are joined. */
export interface JoinedQuestion {
  readonly caller: NodeId | null;
  /** A VirtualService, a service or an external host. */
  readonly node: NodeId | null;
}
export interface JoinedAnswer extends JoinedQuestion {
  /** Rows that do not exist for the caller, and why. */
  readonly off: readonly (readonly [row: string, reason: string])[];
  /** Lists that the node's rules are part of, or would be, or that the host's requests meet; only those that more than one VirtualService has a say in. */
  readonly lists: readonly JoinedRules[];
  /** For the caller, or for all of them: what the cards say of it. */
  readonly notes: readonly JoinedNote[];
}
