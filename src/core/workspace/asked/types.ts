import type { FileId, ResourceId } from '../../base/ids.ts';
import type { TextRange } from '../../base/result.ts';
import type { SourceRef } from '../../istio/types.ts';
import type { DirectWay } from '../traffic.ts';
import type { RequestForm } from '../../routing/request-text.ts';

export type { RequestForm } from '../../routing/request-text.ts';

/** A stretch of a file with the line that it begins in, from 1. */
export interface TextPlace {
  readonly file: FileId;
  readonly range: TextRange;
  readonly line: number;
}

/** A sentence and the text that it speaks of. Between backticks stands what is quoted from the request or the configuration. */
export interface Said {
  readonly text: string;
  readonly place?: TextPlace | undefined;
}

/** What became of a rule (of one of its `match` entries, where it has several). */
export interface SaidRule extends Said {
  /** `2`, or `2.1` for the first of several `match` entries. */
  readonly number: string;
  readonly title: string;
  readonly resource: ResourceId;
  readonly conditions: readonly string[];
  readonly verdict: 'taken' | 'later' | 'failed' | 'off';
  /** Its row on the canvas. */
  readonly row?: string | undefined;
}

/** One thing that may become of the request. `lines` is what the workload sees. */
export interface SaidOutcome {
  /** 0 to 1. */
  readonly probability: number;
  /** `200`, `connected`, `refused`. */
  readonly title: string;
  /** `from reviews v1, which has 3 pods`, `no healthy endpoint (UH)`. */
  readonly words: string;
  /** The destination's name: `reviews v1`; empty where there is none. */
  readonly label: string;
  readonly hue: number;
  readonly tone: 'ok' | 'warn' | 'error';
  readonly status?: number | undefined;
  readonly cluster?: string | undefined;
  /** Where a redirect sends. */
  readonly location?: string | undefined;
  readonly lines: readonly string[];
}

/** The whole answer to a request. */
export interface Trace {
  readonly entry: readonly Said[];
  /** Every rule in the order in which Istio tries them; of very many, the first ones and those near the one that is taken. */
  readonly rules: readonly SaidRule[];
  /** How many rules are left out of `rules`. */
  readonly leftOut: number;
  /** Where it goes, likeliest first. Probabilities add up to 1. */
  readonly outcomes: readonly SaidOutcome[];
  readonly way: readonly Said[];
  readonly exit: readonly Said[];
  /** Edges of the canvas that the request may take. */
  readonly edges: readonly string[];
  /** Ways that it may take for which the canvas has no edge. */
  readonly direct: readonly DirectWay[];
}

/** A request of a Scenario's `tests`. It passes while its likeliest outcome is the one that is expected. */
export interface KeptRequest {
  readonly name: string;
  readonly form: RequestForm;
  readonly passes: boolean;
  /** `200 from reviews v1`, as expected and as it is now. */
  readonly expected: string;
  readonly now: string;
  readonly at: SourceRef;
}

/** Somebody who can send. */
export interface CallerChoice {
  readonly from: string;
  readonly label: string;
}

/** What the page asks: a request, or one that would reach the rule in this row of the canvas; with neither, only what can be chosen. */
export interface Question {
  readonly form?: RequestForm | undefined;
  readonly rule?: string | undefined;
}

/** What a Request panel shows. */
export interface RequestAnswer {
  readonly callers: readonly CallerChoice[];
  readonly suggestions: readonly RequestForm[];
  readonly kept: readonly KeptRequest[];
  /** The request that the trace is of: as asked, or made up for a rule. */
  readonly form?: RequestForm | undefined;
  readonly trace?: Trace | undefined;
  /** Why there is none. */
  readonly refusal?: string | undefined;
  /** For a rule that was asked for: whether the request reaches it, in words. */
  readonly about?: { readonly reached: boolean; readonly text: string } | undefined;
}
