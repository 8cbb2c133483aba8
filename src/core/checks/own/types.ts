import type { ResourceId } from '../../base/ids.ts';
import type { Proxy, Request, RuleRef } from '../../routing/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { CheckProblem } from '../problems.ts';
import type { OwnCode } from './codes.ts';

/** What must be true of the decision on a proving request. All parts that are there hold. */
export interface Claim {
  /** The rule (or the match entry) that takes it. */
  readonly rule?: RuleRef;
  /** The rule (or the match entry) that does not take it, neither as itself nor as a root. */
  readonly notRule?: RuleRef;
  /** No rule of this VirtualService takes it. */
  readonly notOf?: ResourceId;
  /** The server of a Gateway by which it does not come in. */
  readonly notServer?: { readonly gateway: ResourceId; readonly server: number };
  /** Every outcome has this status; 0 for a connection that is refused or closed. */
  readonly status?: number;
  /** What one outcome at least has. */
  readonly details?: string;
  readonly flags?: string;
  readonly location?: string;
  readonly attempts?: number;
  /** The path that the workload sees. */
  readonly path?: string;
  /** The clusters of all outcomes, sorted. */
  readonly clusters?: readonly string[];
  /** Names that its cluster balances by; none means that it can't stick. */
  readonly hash?: readonly string[];
  /** A cluster of the proxy, and the DestinationRule (`namespace/name`) that does not make it. */
  readonly cluster?: { readonly name: string; readonly notBy: string };
  /** istiod ends before it answers any proxy. */
  readonly crash?: true;
}

/** The request that proves a finding: who sends it, what the engine answers in words, and what the finding says of the answer. */
export interface Proof {
  readonly proxy: Proxy;
  readonly request: Request;
  readonly says: string;
  readonly claim: Claim;
}

/** What a check finds, before it is known whether the engine agrees. */
export interface OwnFinding {
  readonly code: OwnCode;
  readonly resource: ResourceId;
  /** The narrowest place, from the object's root. */
  readonly path: YamlPath;
  readonly message: string;
  readonly remedy: string;
  readonly severity?: CheckProblem['severity'];
  readonly proxy: Proxy;
  readonly request: Request;
  readonly claim: Claim;
}

/** A finding of Meshwright's own, with the request that proves it. */
export interface OwnProblem extends CheckProblem {
  readonly code: OwnCode;
  readonly proof: Proof;
}

export type Say = (finding: OwnFinding) => void;
