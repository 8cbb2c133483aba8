import { hexValue, isBlank, isBlankOrEnd, isBreak } from './chars.ts';
import { atMarker, fold } from './plain.ts';
import type { Cursor, Token } from './tokens.ts';
import { ScanError, takeBreak, token } from './tokens.ts';

const ESCAPES = new Map<number, string>([
  [48, '\0'],
  [97, '\x07'],
  [98, '\b'],
  [116, '\t'],
  [9, '\t'],
  [110, '\n'],
  [118, '\v'],
  [102, '\f'],
  [114, '\r'],
  [101, '\x1b'],
  [32, ' '],
  [34, '"'],
  [39, "'"],
  [92, '\\'],
  [78, '\u0085'],
  [95, '\u00a0'],
  [76, '\u2028'],
  [80, '\u2029'],
]);
const CODE_LENGTHS = new Map<number, number>([
  [120, 2],
  [117, 4],
  [85, 8],
]);

/** Reads an escape that begins at the cursor's backslash, and moves behind it. */
function takeEscape(cursor: Cursor, from: number): string {
  const { text, pos } = cursor;
  const letter = text.charCodeAt(pos + 1);
  const context = { from, to: pos + 2 };
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    cursor.pos += 2;
    return simple;
  }
  const length = CODE_LENGTHS.get(letter);
  if (length === undefined) throw new ScanError('found unknown escape character', pos, context);
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = hexValue(text.charCodeAt(pos + 2 + i));
    if (digit < 0) throw new ScanError('did not find expected hexdecimal number', pos, context);
    value = value * 16 + digit;
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw new ScanError('found invalid Unicode character escape code', pos, context);
  }
  cursor.pos += 2 + length;
  return String.fromCodePoint(value);
}

/** The characters up to the next blank or the closing quote. Tells whether an escaped line break ended them. */
function takeWord(cursor: Cursor, single: boolean, from: number): { text: string; broken: boolean } {
  const { text } = cursor;
  const quote = single ? 39 : 34;
  let out = '';
  let start = cursor.pos;
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (isBlankOrEnd(code)) {
      // A single blank between two words is taken along: word by word, a text of 1 MB took ten times as long.
      if (!isBlank(code) || isBlankOrEnd(text.charCodeAt(cursor.pos + 1))) break;
      cursor.pos++;
      continue;
    }
    if (code === quote) {
      if (!single || text.charCodeAt(cursor.pos + 1) !== 39) break;
      out += text.slice(start, cursor.pos + 1);
      start = cursor.pos += 2;
    } else if (!single && code === 92) {
      out += text.slice(start, cursor.pos);
      if (isBreak(text.charCodeAt(cursor.pos + 1))) {
        cursor.pos++;
        takeBreak(cursor);
        return { text: out, broken: true };
      }
      out += takeEscape(cursor, from);
      start = cursor.pos;
    } else {
      cursor.pos++;
    }
  }
  return { text: out + text.slice(start, cursor.pos), broken: false };
}

/** Blanks and breaks inside quotes, folded. `broken`: an escaped break came before, so blanks are indentation. */
function takeGap(cursor: Cursor, broken: boolean): string {
  const { text } = cursor;
  const start = cursor.pos;
  let first = '';
  let others = '';
  let folded = broken;
  let code = text.charCodeAt(cursor.pos);
  while (isBlank(code) || isBreak(code)) {
    if (isBlank(code)) cursor.pos++;
    else if (!folded) {
      first = takeBreak(cursor);
      folded = true;
    } else others += takeBreak(cursor);
    code = text.charCodeAt(cursor.pos);
  }
  if (!folded) return text.slice(start, cursor.pos);
  return first === '' ? others : fold(first, others);
}

/** A quoted scalar, as yaml_parser_scan_flow_scalar reads it. */
export function scanQuoted(cursor: Cursor, single: boolean): Token {
  const { text } = cursor;
  const from = cursor.pos++;
  const quote = single ? 39 : 34;
  let value = '';
  for (;;) {
    const context = { from, to: from + 1 };
    if (atMarker(cursor)) throw new ScanError('found unexpected document indicator', cursor.pos, context);
    if (cursor.pos >= text.length) throw new ScanError('found unexpected end of stream', cursor.pos, context);
    const word = takeWord(cursor, single, from);
    value += word.text;
    if (text.charCodeAt(cursor.pos) === quote) break;
    value += takeGap(cursor, word.broken);
  }
  cursor.pos++;
  return token('scalar', from, cursor.pos, value, '', single ? 'singleQuoted' : 'doubleQuoted');
}
