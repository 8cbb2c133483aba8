/** Characters, `min` to `max` of them; `set[code]` is 1 for each that counts, up to code 127. `char`: where it is only this one. */
export interface Step {
  readonly char?: string;
  readonly set: Uint8Array;
  readonly min: number;
  readonly max: number;
}

export type Scan = readonly Step[];

/** Any character but a line's end. */
export const ANY: Uint8Array = setOf((code) => code !== 10);

/** Alternatives that an expression may be taken apart into. */
const MOST = 16;

function setOf(holds: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (holds(code) ? 1 : 0));
}

const within = (ranges: string): Uint8Array =>
  setOf((code) => new RegExp(`[${ranges}]`).test(String.fromCharCode(code)));
const inverted = (set: Uint8Array): Uint8Array => setOf((code) => set[code] === 0);
const digits = within('0-9');
const words = within('0-9A-Za-z_');
const blanks = within('\\t\\n\\f\\r ');
const SETS: Readonly<Record<string, Uint8Array>> = {
  d: digits,
  D: inverted(digits),
  w: words,
  W: inverted(words),
  s: blanks,
  S: inverted(blanks),
};
const single = new Map<string, Required<Pick<Step, 'char' | 'set'>>>();
const classes = new Map<string, Uint8Array | undefined>();

function charSet(char: string): Pick<Step, 'char' | 'set'> {
  const known = single.get(char) ?? { char, set: setOf((code) => code === char.charCodeAt(0)) };
  single.set(char, known);
  return known;
}

/** A pattern being read from left to right. `undefined` anywhere: there is something in it that a scan can't do. */
interface Cursor {
  readonly text: string;
  at: number;
}

const isAscii = (char: string): boolean => char !== '' && char <= '\u007f';

/** A character of a class, or the set that an escape stands for. */
function classItem(cursor: Cursor): string | Uint8Array | undefined {
  const char = cursor.text.charAt(cursor.at++);
  if (char !== '\\') return isAscii(char) && char !== '[' ? char : undefined;
  const escaped = cursor.text.charAt(cursor.at++);
  return SETS[escaped] ?? (isAscii(escaped) && !/[a-zA-Z0-9]/.test(escaped) ? escaped : undefined);
}

function readClass(cursor: Cursor): Uint8Array | undefined {
  const from = cursor.at;
  cursor.at += 1;
  const not = cursor.text.charAt(cursor.at) === '^';
  if (not) cursor.at += 1;
  const holds = new Uint8Array(128);
  for (let first = true; first || cursor.text.charAt(cursor.at) !== ']'; first = false) {
    const item = classItem(cursor);
    if (item === undefined) return undefined;
    if (typeof item !== 'string') {
      item.forEach((one, code) => (holds[code] ||= one));
      continue;
    }
    let last = item;
    if (cursor.text.charAt(cursor.at) === '-' && cursor.text.charAt(cursor.at + 1) !== ']') {
      cursor.at += 1;
      const end = classItem(cursor);
      if (typeof end !== 'string' || end < item) return undefined;
      last = end;
    }
    holds.fill(1, item.charCodeAt(0), last.charCodeAt(0) + 1);
  }
  cursor.at += 1;
  const written = cursor.text.slice(from, cursor.at);
  const set = classes.get(written) ?? (not ? inverted(holds) : holds);
  if (classes.size > 1000) classes.clear();
  classes.set(written, set);
  return set;
}

function readSet(cursor: Cursor): Pick<Step, 'char' | 'set'> | undefined {
  const char = cursor.text.charAt(cursor.at);
  if (char === '[') {
    const set = readClass(cursor);
    return set && { set };
  }
  cursor.at += 1;
  if (char === '.') return { set: ANY };
  if (char === '\\') {
    const escaped = cursor.text.charAt(cursor.at++);
    const set = SETS[escaped];
    if (set !== undefined) return { set };
    return isAscii(escaped) && !/[a-zA-Z0-9]/.test(escaped) ? charSet(escaped) : undefined;
  }
  return isAscii(char) && !'^$*+?{}]'.includes(char) ? charSet(char) : undefined;
}

/** How often the part before may stand; `undefined` for a count that RE2 would refuse or a sign after a sign. */
function readCount(cursor: Cursor): readonly [min: number, max: number] | undefined {
  const found = /^(?:([*+?])|\{(\d{1,3})(,?)(\d{0,3})\})\??(?![*+?{])/.exec(cursor.text.slice(cursor.at));
  if (found === null) return /[*+?{]/.test(cursor.text.charAt(cursor.at)) ? undefined : [1, 1];
  cursor.at += found[0].length;
  const [, sign, low, comma, high] = found;
  if (sign !== undefined) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Infinity];
  const min = Number(low);
  const max = comma === '' ? min : high === '' ? Infinity : Number(high);
  return (comma === '' && high !== '') || max < min ? undefined : [min, max];
}

/** The alternatives of a group in brackets, which may be left out where a `?` follows. */
function readGroup(cursor: Cursor): readonly Scan[] | undefined {
  const head = /^\((?:\?:|\?P?<\w+>)?/.exec(cursor.text.slice(cursor.at))?.[0] ?? '';
  cursor.at += head.length;
  if (cursor.text.charAt(cursor.at) === '?') return undefined;
  const inside = readAlternatives(cursor);
  if (inside === undefined || cursor.text.charAt(cursor.at) !== ')') return undefined;
  cursor.at += 1;
  const count = readCount(cursor);
  if (count === undefined || count[1] !== 1) return undefined;
  return count[0] === 0 ? [...inside, []] : inside;
}

function readPart(cursor: Cursor): readonly Scan[] | undefined {
  if (cursor.text.charAt(cursor.at) === '(') return readGroup(cursor);
  const set = readSet(cursor);
  const count = set === undefined ? undefined : readCount(cursor);
  return set === undefined || count === undefined ? undefined : [[{ ...set, min: count[0], max: count[1] }]];
}

function readSequence(cursor: Cursor): readonly Scan[] | undefined {
  let all: readonly Scan[] = [[]];
  while (cursor.at < cursor.text.length && !'|)'.includes(cursor.text.charAt(cursor.at))) {
    const part = readPart(cursor);
    if (part === undefined || all.length * part.length > MOST) return undefined;
    all = all.flatMap((before) => part.map((after) => [...before, ...after]));
  }
  return all;
}

function readAlternatives(cursor: Cursor): readonly Scan[] | undefined {
  let all: readonly Scan[] = [];
  for (;;) {
    const one = readSequence(cursor);
    if (one === undefined || all.length + one.length > MOST) return undefined;
    all = [...all, ...one];
    if (cursor.text.charAt(cursor.at) !== '|') return all;
    cursor.at += 1;
  }
}

export const isStar = (step: Step | undefined): boolean => step?.set === ANY && step.max === Infinity;

/** `.+` as `.` and `.*`, and what stands before a `.*` as short as it may be: the `.*` takes the rest of it. */
function plainer(steps: Scan): Scan {
  const out: Step[] = [];
  for (const step of steps) {
    if (isStar(step) && step.min > 0) out.push({ ...step, max: step.min }, { ...step, min: 0 });
    else out.push(step);
  }
  for (let i = out.length - 2; i >= 0; i--) {
    const step = out[i];
    if (step !== undefined && isStar(out[i + 1]) && !isStar(step)) out[i] = { ...step, max: step.min };
  }
  return out.filter((step, i) => step.max > 0 && !(isStar(step) && isStar(out[i + 1])));
}

const meet = (a: Step, b: Step): boolean => a.set.some((one, code) => one === 1 && b.set[code] === 1);

/** True where no step ever has a choice: what it can take, nothing that may follow can take; behind a `.*` all have one length. */
function isStraight(steps: Scan): boolean {
  const star = steps.findIndex(isStar);
  return steps.every((step, i) => {
    if (isStar(step) || step.min === step.max) return true;
    if (star >= 0 && i > star) return false;
    for (const after of steps.slice(i + 1)) {
      if (meet(step, after)) return false;
      if (after.min > 0) return true;
    }
    return true;
  });
}

/**
 * An expression as scans of which one must take the whole text; `undefined` for one that needs more than that. A scan holds no choice, so it
 * takes time in the length of the text.
 */
export function readScans(pattern: string): readonly Scan[] | undefined {
  const text = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  if (text !== pattern && text.includes('|')) return undefined;
  const cursor: Cursor = { text, at: 0 };
  const all = readAlternatives(cursor)?.map(plainer);
  return all !== undefined && cursor.at === text.length && all.every(isStraight) ? all : undefined;
}
