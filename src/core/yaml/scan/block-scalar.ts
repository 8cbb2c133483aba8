import { isBlank, isBreak, isBreakOrEnd, isDigit, SPACE, TAB } from './chars.ts';
import type { Cursor, Token } from './tokens.ts';
import { ScanError, takeBreak, token } from './tokens.ts';

interface Header {
  /** -1 strips the last line break, 0 keeps one, 1 keeps all. */
  readonly chomping: -1 | 0 | 1;
  /** The indentation digit, 0 where there is none. */
  readonly increment: number;
}

function takeHeader(cursor: Cursor, from: number): Header {
  const { text } = cursor;
  let chomping: -1 | 0 | 1 = 0;
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const code = text.charCodeAt(cursor.pos);
    if ((code === 43 || code === 45) && chomping === 0) chomping = code === 43 ? 1 : -1;
    else if (isDigit(code) && increment === 0) {
      if (code === 48) {
        throw new ScanError('found an indentation indicator equal to 0', cursor.pos, { from, to: cursor.pos + 1 });
      }
      increment = code - 48;
    } else break;
    cursor.pos++;
  }
  return { chomping, increment };
}

function endHeaderLine(cursor: Cursor, from: number): void {
  const { text } = cursor;
  while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (text.charCodeAt(cursor.pos) === 35) {
    const start = cursor.pos;
    while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
    cursor.comments.push({ from: start, to: cursor.pos });
  }
  const code = text.charCodeAt(cursor.pos);
  if (!isBreakOrEnd(code)) {
    throw new ScanError('did not find expected comment or line break', cursor.pos, { from, to: cursor.pos });
  }
  if (isBreak(code)) takeBreak(cursor);
}

/** Eats indentation and empty lines; finds the indentation where it is 0, that is, not known yet. */
function takeBreaks(cursor: Cursor, indent: number, from: number): { breaks: string; indent: number; end: number } {
  const { text } = cursor;
  let breaks = '';
  let deepest = 0;
  let end = cursor.pos;
  const isIndentation = (): boolean => indent === 0 || cursor.pos - cursor.lineStart < indent;
  for (;;) {
    while (isIndentation() && text.charCodeAt(cursor.pos) === SPACE) cursor.pos++;
    deepest = Math.max(deepest, cursor.pos - cursor.lineStart);
    if (isIndentation() && text.charCodeAt(cursor.pos) === TAB) {
      const problem = 'found a tab character where an indentation space is expected';
      throw new ScanError(problem, cursor.pos, { from, to: cursor.pos + 1 });
    }
    if (!isBreak(text.charCodeAt(cursor.pos))) break;
    breaks += takeBreak(cursor);
    end = cursor.pos;
  }
  return { breaks, indent: indent === 0 ? Math.max(deepest, cursor.indent + 1, 1) : indent, end };
}

/**
 * A literal or folded scalar, as yaml_parser_scan_block_scalar reads it. The token ends before the last line break that is
 * the scalar's own: behind the last line of content, or behind the last blank line with `+`.
 */
export function scanBlockScalar(cursor: Cursor, literal: boolean): Token {
  const { text } = cursor;
  const from = cursor.pos++;
  const { chomping, increment } = takeHeader(cursor, from);
  const headerEnd = cursor.pos;
  endHeaderLine(cursor, from);
  const fixed = increment === 0 ? 0 : Math.max(cursor.indent, 0) + increment;
  let { breaks, indent, end } = takeBreaks(cursor, fixed, from);
  let value = '';
  let leadingBreak = '';
  let leadingBlank = false;
  let to = headerEnd;
  while (cursor.pos - cursor.lineStart === indent && cursor.pos < text.length) {
    const trailingBlank = isBlank(text.charCodeAt(cursor.pos));
    if (!literal && leadingBreak === '\n' && !leadingBlank && !trailingBlank) value += breaks === '' ? ' ' : '';
    else value += leadingBreak;
    value += breaks;
    leadingBlank = trailingBlank;
    const start = cursor.pos;
    while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
    value += text.slice(start, cursor.pos);
    to = cursor.pos;
    leadingBreak = isBreak(text.charCodeAt(cursor.pos)) ? takeBreak(cursor) : '';
    ({ breaks, indent, end } = takeBreaks(cursor, indent, from));
  }
  if (chomping !== -1) value += leadingBreak;
  if (chomping === 1) {
    value += breaks;
    if (breaks !== '') to = text.charCodeAt(end - 2) === 13 && text.charCodeAt(end - 1) === 10 ? end - 2 : end - 1;
  }
  return token('scalar', from, to, value, '', literal ? 'literal' : 'folded');
}
