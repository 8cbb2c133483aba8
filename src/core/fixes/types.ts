import type { CheckProblem } from '../checks/index.ts';
import type { Resource } from '../istio/types.ts';
import type { DocumentSlot, PlanResult, Projection } from '../workspace/types.ts';
import type { Json, JsonObject, YamlPath } from '../yaml/types.ts';

/** What a fix has to know of a problem; problems of the checks and of the mesh are such. */
export type FixableProblem = Pick<CheckProblem, 'code' | 'message' | 'resource' | 'source' | 'muted'>;

/** `safe`: it changes nothing but what is wrong, and can be applied without asking. `choice`: one of several ways out. */
export type FixKind = 'safe' | 'choice';

/** A way out of a problem. */
export interface Fix {
  /** Of its own among the fixes of one problem, and the same each time that it is asked for: what page and worker call it by. */
  readonly id: string;
  /** What it does, as a button says it: `Move the catch-all rule to the end`. */
  readonly title: string;
  readonly kind: FixKind;
  /** The change, as one undo step for `transact`. Made once, and verified. */
  readonly plan: () => PlanResult;
}

/** All problems of a workspace as it stands; fixes are judged by it. */
export type Judge = (projection: Projection) => readonly FixableProblem[];

/** A problem with its place in the text, as the families of fixes see it. */
export interface Place {
  readonly projection: Projection;
  readonly problem: FixableProblem;
  readonly slot: DocumentSlot;
  readonly resource: Resource;
  /** The whole object. */
  readonly object: JsonObject;
  /** From the object's root. */
  readonly path: YamlPath;
  /** What stands at the path. */
  readonly value: Json | undefined;
}

/** A fix that was not verified yet. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly kind: FixKind;
  readonly plan: () => PlanResult;
}

/** Fixes for problems of some codes. */
export interface Family {
  /** Codes of problems. One that ends in `*` stands for all that begin so. */
  readonly codes: readonly string[];
  /** The likeliest first. Empty where the place is none that this family knows. */
  readonly propose: (place: Place) => readonly Proposal[];
}
