import { isBlank, isBlankOrEnd, isBreak, TAB } from './chars.ts';
import type { Cursor, Token } from './tokens.ts';
import { ScanError, takeBreak, token } from './tokens.ts';

/** Whether a document marker (`---` or `...` and then a blank) stands here, at the start of a line. */
export function atMarker(cursor: Cursor): boolean {
  const { text, pos } = cursor;
  if (pos !== cursor.lineStart) return false;
  const code = text.charCodeAt(pos);
  if (code !== 45 && code !== 46) return false;
  return (
    text.charCodeAt(pos + 1) === code && text.charCodeAt(pos + 2) === code && isBlankOrEnd(text.charCodeAt(pos + 3))
  );
}

/** Line breaks between two lines of a scalar as they fold: one is a space, more are all but the first; Unicode ones stay. */
export function fold(first: string, others: string): string {
  if (first !== '\n') return first + others;
  return others === '' ? ' ' : others;
}

const endsFlowPlain = (code: number): boolean =>
  code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125;

/** Behind a single blank: a character that can only be part of the text. */
const goesOn = (code: number): boolean => !isBlankOrEnd(code) && code !== 35 && code !== 58 && !endsFlowPlain(code);

/**
 * A plain scalar, as yaml_parser_scan_plain_scalar reads it. `onNewLine` tells that breaks were eaten behind it, after which a
 * key may begin.
 */
export function scanPlain(cursor: Cursor): { token: Token; onNewLine: boolean } {
  const { text } = cursor;
  const from = cursor.pos;
  const inFlow = cursor.flowLevel > 0;
  const indent = cursor.indent + 1;
  let value = '';
  let to = from;
  let spaces = '';
  let first = '';
  let others = '';
  let broken = false;
  for (;;) {
    if (atMarker(cursor) || text.charCodeAt(cursor.pos) === 35) break;
    const start = cursor.pos;
    let code = text.charCodeAt(cursor.pos);
    while (!isBlankOrEnd(code) || (code === 32 && goesOn(text.charCodeAt(cursor.pos + 1)))) {
      if (code === 58 && isBlankOrEnd(text.charCodeAt(cursor.pos + 1))) break;
      if (inFlow && endsFlowPlain(code)) break;
      code = text.charCodeAt(++cursor.pos);
    }
    if (cursor.pos > start) {
      if (broken) value += fold(first, others);
      else value += spaces;
      spaces = first = others = '';
      broken = false;
      value += text.slice(start, cursor.pos);
      to = cursor.pos;
    }
    if (!(isBlank(code) || isBreak(code))) break;
    while (isBlank(code) || isBreak(code)) {
      if (isBlank(code)) {
        if (broken && code === TAB && cursor.pos - cursor.lineStart < indent) {
          throw new ScanError('found a tab character that violates indentation', cursor.pos, { from, to });
        }
        if (!broken) spaces += text[cursor.pos] ?? '';
        cursor.pos++;
      } else if (!broken) {
        spaces = '';
        first = takeBreak(cursor);
        broken = true;
      } else {
        others += takeBreak(cursor);
      }
      code = text.charCodeAt(cursor.pos);
    }
    if (!inFlow && cursor.pos - cursor.lineStart < indent) break;
  }
  return { token: token('scalar', from, to, value), onNewLine: broken };
}
