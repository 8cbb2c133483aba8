import type { TextRange } from '../../base/result.ts';

export type ScalarStyle = 'plain' | 'singleQuoted' | 'doubleQuoted' | 'literal' | 'folded';

export type TokenType =
  | 'streamEnd'
  | 'version'
  | 'tagDirective'
  | 'documentStart'
  | 'documentEnd'
  | 'blockSeqStart'
  | 'blockMapStart'
  | 'blockEnd'
  | 'flowSeqStart'
  | 'flowSeqEnd'
  | 'flowMapStart'
  | 'flowMapEnd'
  | 'blockEntry'
  | 'flowEntry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

/** A token of the stream. `value` is a scalar's content, an anchor's name, a tag's handle; `suffix` a tag's rest. */
export interface Token {
  readonly type: TokenType;
  readonly from: number;
  readonly to: number;
  readonly value: string;
  readonly suffix: string;
  readonly style: ScalarStyle;
}

/** Why Go stops reading: its own words, the place it means, and the construct that it was in. */
export class ScanError extends Error {
  readonly problem: string;
  readonly at: number;
  readonly context: TextRange | undefined;
  constructor(problem: string, at: number, context?: TextRange) {
    super(problem);
    this.problem = problem;
    this.at = at;
    this.context = context;
  }
}

/** Where a scanner stands. The sub-scanners move it. */
export interface Cursor {
  readonly text: string;
  pos: number;
  /** Offset at which the current line begins: `pos - lineStart` is Go's column. */
  lineStart: number;
  line: number;
  /** Column of the current block collection, -1 at the root. */
  indent: number;
  flowLevel: number;
  readonly comments: TextRange[];
}

/** Moves over one line break, `\r\n` counting as one, and gives what Go's reader makes of it. */
export function takeBreak(cursor: Cursor): string {
  const code = cursor.text.charCodeAt(cursor.pos);
  cursor.pos += code === 13 && cursor.text.charCodeAt(cursor.pos + 1) === 10 ? 2 : 1;
  cursor.lineStart = cursor.pos;
  cursor.line++;
  return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
}

/** Makes a token; scalars, anchors and tags say more. */
// eslint-disable-next-line max-params -- the hot constructor of the scanner: an options object costs a tenth of its time
export function token(
  type: TokenType,
  from: number,
  to: number,
  value = '',
  suffix = '',
  style: ScalarStyle = 'plain',
): Token {
  return { type, from, to, value, suffix, style };
}
