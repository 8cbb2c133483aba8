import { matchesWhole } from '../decide/regex.ts';

/** A pattern being read from left to right. */
interface Cursor {
  readonly text: string;
  at: number;
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '1',
  D: 'a',
  w: 'a',
  W: '-',
  s: ' ',
  S: 'a',
  t: '\t',
  n: 'n',
  r: 'r',
  b: '',
  B: '',
  A: '',
  z: '',
  Z: '',
};
const TRIES = 'a1A0zZ9_-/. bcdefgXY~';

/** The first character that a class takes, of some common ones and those that it names. */
function classSample(cursor: Cursor): string {
  const from = cursor.at;
  let i = from + 1;
  if (cursor.text.charAt(i) === '^') i++;
  if (cursor.text.charAt(i) === ']') i++;
  while (i < cursor.text.length && cursor.text.charAt(i) !== ']') {
    if (cursor.text.startsWith('[:', i)) i = Math.max(i, cursor.text.indexOf(':]', i) + 1);
    else if (cursor.text.charAt(i) === '\\') i++;
    i++;
  }
  cursor.at = i + 1;
  const written = cursor.text.slice(from, i + 1);
  return [...TRIES, ...written].find((char) => matchesWhole(written, char)) ?? '';
}

function groupSample(cursor: Cursor): string {
  const flags = /^\(\?(?:P?<[^>]*>|[a-zA-Z-]*:)/.exec(cursor.text.slice(cursor.at));
  const bare = /^\(\?[a-zA-Z-]+\)/.exec(cursor.text.slice(cursor.at));
  if (bare !== null) {
    cursor.at += bare[0].length;
    return '';
  }
  cursor.at += flags === null ? 1 : flags[0].length;
  const inside = alternatives(cursor);
  cursor.at += 1;
  return inside;
}

function atom(cursor: Cursor): string {
  const char = cursor.text.charAt(cursor.at);
  if (char === '[') return classSample(cursor);
  if (char === '(') return groupSample(cursor);
  cursor.at += 1;
  if (char === '.') return 'a';
  if (char === '^' || char === '$') return '';
  if (char !== '\\') return char;
  const escaped = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  return CLASSES[escaped] ?? escaped;
}

/** How often at least a part must stand: 0 for `*` and `?`. */
function repeats(cursor: Cursor): number {
  const rest = cursor.text.slice(cursor.at);
  const counted = /^\{(\d+)(?:,\d*)?\}\??/.exec(rest);
  if (counted !== null) {
    cursor.at += counted[0].length;
    return Math.min(Number(counted[1]), 1000);
  }
  const sign = /^[*+?]\??/.exec(rest);
  if (sign === null) return 1;
  cursor.at += sign[0].length;
  return sign[0].startsWith('+') ? 1 : 0;
}

function sequence(cursor: Cursor): string {
  let out = '';
  while (cursor.at < cursor.text.length && !'|)'.includes(cursor.text.charAt(cursor.at))) {
    const part = atom(cursor);
    out += part.repeat(repeats(cursor));
  }
  return out;
}

/** The first of several alternatives; the others are read over. */
function alternatives(cursor: Cursor): string {
  const first = sequence(cursor);
  while (cursor.text.charAt(cursor.at) === '|') {
    cursor.at += 1;
    sequence(cursor);
  }
  return first;
}

/** A short text that a regular expression takes as a whole; `undefined` where none was found. Never more than a few hundred steps. */
export function sampleOf(pattern: string): string | undefined {
  const made = alternatives({ text: pattern, at: 0 });
  return [made, '', 'a', '/', '/a', '1', `${made}a`].find((text) => matchesWhole(pattern, text));
}
