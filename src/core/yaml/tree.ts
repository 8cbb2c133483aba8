import type { TextRange } from '../base/result.ts';

/**
 * A document's syntax, with every place that an edit may need. Offsets are in the document's own text. Trees are made again
 * from the text when asked for (see trees.ts): they take many times the text's memory.
 */
export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

interface Place {
  /** The first of anchor, tag and content. */
  readonly start: number;
  /** Behind anchor and tag; `start` without them. */
  readonly head: number;
  /** The content, without anchor and tag. A block collection ends behind its last child. */
  readonly from: number;
  readonly to: number;
  readonly anchor: string | undefined;
  /** The tag in its long form, '' without one. */
  readonly tag: string;
}
export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'singleQuoted' | 'doubleQuoted' | 'literal' | 'folded' | 'absent';
  readonly value: string;
}
export interface AliasNode extends Place {
  readonly kind: 'alias';
  readonly name: string;
  /** What it stands for; nothing where the anchor is unknown. */
  readonly target: Node | undefined;
}
export interface MapNode extends Place {
  readonly kind: 'map';
  readonly flow: boolean;
  /** A pair inside `[ ]` without braces of its own: `[a: 1]`. */
  readonly bare: boolean;
  readonly pairs: readonly Pair[];
}
export interface SeqNode extends Place {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Item[];
}
export interface Pair {
  /** Where it begins: the `?`, or the key with its anchor and tag. */
  readonly start: number;
  readonly key: Node;
  /** Offset of the colon, -1 where there is none. */
  readonly colon: number;
  /** The key is written with `?`. */
  readonly explicit: boolean;
  readonly value: Node;
  /** Offset of the comma behind it in flow style, -1 where there is none. */
  readonly comma: number;
}
export interface Item {
  /** Offset of the dash; -1 in flow style. */
  readonly dash: number;
  readonly node: Node;
  readonly comma: number;
}

/** What reading a text's first document gives; with an error, the part of the tree before it. */
export interface Tree {
  readonly text: string;
  readonly root: Node | undefined;
  readonly comments: readonly TextRange[];
  /** The `---` that opens the document. */
  readonly marker: TextRange | undefined;
  /** Go's own words for why it stops, and where. */
  readonly error: TreeError | undefined;
  /** Where content begins that Go drops without a word. */
  readonly dropped: number | undefined;
  /** Where the document's content ends for an append: at a `...`, or at the text's end. */
  readonly end: number;
}
export interface TreeError {
  readonly problem: string;
  readonly at: number;
  readonly context: TextRange | undefined;
}
