import { hexValue, isAlpha, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from './chars.ts';
import type { Cursor, Token } from './tokens.ts';
import { ScanError, takeBreak, token } from './tokens.ts';

const URI_MARKS = new Set([...";/?:@&=+$,.!~*'()[]%"].map((mark) => mark.charCodeAt(0)));

/** A run of letters, digits, `_` and `-`. */
function takeAlpha(cursor: Cursor): string {
  const start = cursor.pos;
  while (isAlpha(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
  return cursor.text.slice(start, cursor.pos);
}

/** An anchor or an alias, as yaml_parser_scan_anchor reads it. */
export function scanAnchor(cursor: Cursor, type: 'anchor' | 'alias'): Token {
  const from = cursor.pos++;
  const name = takeAlpha(cursor);
  const code = cursor.text.charCodeAt(cursor.pos);
  if (name === '' || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code)))) {
    const context = { from, to: cursor.pos + 1 };
    throw new ScanError('did not find expected alphabetic or numeric character', cursor.pos, context);
  }
  return token(type, from, cursor.pos, name);
}

/** One character written as `%41` octets; the octets of one UTF-8 character must all be there. */
function takeOctets(cursor: Cursor, from: number): string {
  const { text } = cursor;
  const octets: number[] = [];
  let needed = 1;
  while (octets.length < needed) {
    const high = hexValue(text.charCodeAt(cursor.pos + 1));
    const low = hexValue(text.charCodeAt(cursor.pos + 2));
    const context = { from, to: cursor.pos + 1 };
    if (text[cursor.pos] !== '%' || high < 0 || low < 0) {
      throw new ScanError('did not find URI escaped octet', cursor.pos, context);
    }
    const octet = high * 16 + low;
    if (octets.length === 0) {
      needed =
        octet < 0x80 ? 1 : (octet & 0xe0) === 0xc0 ? 2 : (octet & 0xf0) === 0xe0 ? 3 : (octet & 0xf8) === 0xf0 ? 4 : 0;
      if (needed === 0) throw new ScanError('found an incorrect leading UTF-8 octet', cursor.pos, context);
    } else if ((octet & 0xc0) !== 0x80) {
      throw new ScanError('found an incorrect trailing UTF-8 octet', cursor.pos, context);
    }
    octets.push(octet);
    cursor.pos += 3;
  }
  try {
    return decodeURIComponent(octets.map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return '\ufffd';
  }
}

function takeUri(cursor: Cursor, head: string, from: number): string {
  let out = head.slice(1);
  let found = head !== '';
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.pos);
    if (!isAlpha(code) && !URI_MARKS.has(code)) break;
    found = true;
    if (code === 37) out += takeOctets(cursor, from);
    else out += cursor.text[cursor.pos++] ?? '';
  }
  if (!found) throw new ScanError('did not find expected tag URI', cursor.pos, { from, to: cursor.pos });
  return out;
}

/** `!`, `!!`, `!name!` or the beginning of `!name`. */
function takeHandle(cursor: Cursor, directive: boolean, from: number): string {
  const { text } = cursor;
  const start = cursor.pos;
  const fail = (): never => {
    throw new ScanError("did not find expected '!'", cursor.pos, { from, to: cursor.pos });
  };
  if (text[cursor.pos] !== '!') fail();
  cursor.pos++;
  takeAlpha(cursor);
  if (text[cursor.pos] === '!') cursor.pos++;
  else if (directive && cursor.pos - start !== 1) fail();
  return text.slice(start, cursor.pos);
}

/** A tag, as yaml_parser_scan_tag reads it: `value` is the handle, `suffix` what follows it. */
export function scanTag(cursor: Cursor): Token {
  const { text } = cursor;
  const from = cursor.pos;
  let handle = '';
  let suffix: string;
  if (text[from + 1] === '<') {
    cursor.pos += 2;
    suffix = takeUri(cursor, '', from);
    if (text[cursor.pos] !== '>')
      throw new ScanError("did not find the expected '>'", cursor.pos, { from, to: cursor.pos });
    cursor.pos++;
  } else {
    handle = takeHandle(cursor, false, from);
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = takeUri(cursor, '', from);
    } else {
      suffix = takeUri(cursor, handle, from);
      handle = '!';
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) {
    throw new ScanError('did not find expected whitespace or line break', cursor.pos, { from, to: cursor.pos });
  }
  return token('tag', from, cursor.pos, handle, suffix);
}

function takeNumber(cursor: Cursor, from: number): string {
  const start = cursor.pos;
  while (isDigit(cursor.text.charCodeAt(cursor.pos))) {
    cursor.pos++;
    if (cursor.pos - start > 2)
      throw new ScanError('found extremely long version number', cursor.pos, { from, to: cursor.pos });
  }
  if (cursor.pos === start)
    throw new ScanError('did not find expected version number', cursor.pos, { from, to: cursor.pos });
  return cursor.text.slice(start, cursor.pos);
}

/** A `%YAML` (`value` is the version) or `%TAG` line (`value` the handle, `suffix` the prefix); others are refused, as Go does. */
export function scanDirective(cursor: Cursor): Token {
  const { text } = cursor;
  const from = cursor.pos++;
  const fail = (problem: string): never => {
    throw new ScanError(problem, cursor.pos, { from, to: cursor.pos });
  };
  const skipBlanks = (): void => {
    while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
  };
  const name = takeAlpha(cursor);
  if (name === '') fail('could not find expected directive name');
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) fail('found unexpected non-alphabetical character');
  let made: Token;
  skipBlanks();
  if (name === 'YAML') {
    const major = takeNumber(cursor, from);
    if (text[cursor.pos] !== '.') fail("did not find expected digit or '.' character");
    cursor.pos++;
    made = token('version', from, cursor.pos, `${Number(major)}.${Number(takeNumber(cursor, from))}`);
  } else if (name === 'TAG') {
    const handle = takeHandle(cursor, true, from);
    if (!isBlank(text.charCodeAt(cursor.pos))) fail('did not find expected whitespace');
    skipBlanks();
    const prefix = takeUri(cursor, '', from);
    if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) fail('did not find expected whitespace or line break');
    made = token('tagDirective', from, cursor.pos, handle, prefix);
  } else {
    return fail('found unknown directive name');
  }
  skipBlanks();
  if (text[cursor.pos] === '#') while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (!isBreakOrEnd(text.charCodeAt(cursor.pos))) fail('did not find expected comment or line break');
  if (isBreak(text.charCodeAt(cursor.pos))) takeBreak(cursor);
  return made;
}
