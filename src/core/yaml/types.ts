import type { TextRange } from '../base/result.ts';
import type { ChangeSet } from '../text/types.ts';

/** A value as the cluster gets it: JSON, read by the rules of Go's sigs.k8s.io/yaml. */
export type Json = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Keys and indexes from a document's root: `['spec', 'http', 0, 'route']`. Keys are as JSON has them (`true:` is `"true"`). */
export type YamlPath = readonly (string | number)[];

/** A part of a stream. Segments tile the text: every character is in exactly one. Markers belong to the document that follows `---`. */
export interface Segment extends TextRange {
  readonly kind: 'document' | 'trivia';
  readonly text: string;
}

export interface YamlProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** In the document's own text. */
  readonly range: TextRange;
  readonly remedy?: string;
}

/**
 * One document, read once for one text and shared by all who hold that text (so `===` means "the same text").
 * All ranges are relative to `text`. `value` is what kubectl would send; `undefined` where the document is empty or broken.
 */
export interface YamlDocument {
  readonly text: string;
  readonly value: Json | undefined;
  readonly empty: boolean;
  /** There is at least one problem of severity `error`: kubectl would refuse the document. */
  readonly broken: boolean;
  /** The text holds template marks (`{{ … }}`) that make it no YAML: shown, never edited from the canvas. */
  readonly template: boolean;
  readonly problems: readonly YamlProblem[];
}

export type EntryStyle =
  | 'blockMap'
  | 'blockSeq'
  | 'flowMap'
  | 'flowSeq'
  | 'plain'
  | 'singleQuoted'
  | 'doubleQuoted'
  | 'literal'
  | 'folded'
  | 'alias'
  | 'absent';

/** Where a value stands in a document's text. */
export interface YamlEntry {
  readonly path: YamlPath;
  readonly style: EntryStyle;
  /** The key's own text; absent for items and the root. */
  readonly key?: TextRange | undefined;
  /** The value with its anchor and tag; an empty stretch behind the colon or dash where the value is absent. */
  readonly value: TextRange;
  /** Whole lines that this entry owns in block style (dash or key, value, comment behind it); key and value in flow style. */
  readonly lines: TextRange;
}

/** What to do to a document. Several in a row are planned one after the other and composed to one change set. */
export type YamlOp =
  /** Give the place this value: replaces what is there in its own style, or adds the key, making missing parents (maps) on the way. */
  | { readonly kind: 'set'; readonly path: YamlPath; readonly value: Json }
  /** Add an item before index `path.at(-1)` (its length appends), or a key, `before` naming the key that it is to stand in front of. */
  | { readonly kind: 'insert'; readonly path: YamlPath; readonly value: Json; readonly before?: string }
  /** Take an entry away with the comments that belong to it. The last one leaves `[]` or `{}`. */
  | { readonly kind: 'remove'; readonly path: YamlPath }
  /** Move an item of a sequence so that it ends at index `to`. */
  | { readonly kind: 'move'; readonly path: YamlPath; readonly to: number }
  /** Give a key another name, keeping place and value. */
  | { readonly kind: 'rename'; readonly path: YamlPath; readonly key: string };

/** Something the user should be told about a plan that did succeed (quoted, parent reprinted, edits the last of duplicate keys). */
export interface PlanNote {
  readonly code: string;
  readonly message: string;
  readonly range: TextRange;
}

/** A plan that was verified by reading its result again. */
export interface Planned {
  readonly changes: ChangeSet;
  readonly notes: readonly PlanNote[];
}
