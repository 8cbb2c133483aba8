import type { Json, JsonArray } from '../types.ts';
import { doubleQuoted, isPlainSafe, printScalar } from './scalar.ts';

/** How block style is laid out where a value is to stand. */
export interface BlockLayout {
  /** Column of the value's first character; the lines below begin there. */
  readonly column: number;
  /** How much deeper a nested map stands. */
  readonly step: number;
  /** Sequences under a key stand at the key's column. */
  readonly compactSequences: boolean;
  readonly eol: string;
  /** `false` writes strings of several lines in double quotes, never as a block. */
  readonly literals?: boolean;
}

/** Whether a value is a list or map that has entries, and so takes lines of its own in block style. */
export function hasEntries(value: Json): value is Exclude<Json, null | boolean | number | string> {
  if (value === null || typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

// A type guard of its own: Array.isArray does not narrow readonly arrays.
const isList = (value: Json): value is JsonArray => Array.isArray(value);

/** A key as it is written in front of its colon. */
export function printKey(key: string, flow: boolean): string {
  return isPlainSafe(key, flow) && !key.startsWith('-') ? key : doubleQuoted(key);
}

/** A value on one line, collections in brackets. */
export function printFlow(value: Json): string {
  if (!hasEntries(value)) return printScalar(value, { flow: true });
  if (isList(value)) return `[${value.map(printFlow).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, part]) => `${printKey(key, true)}: ${printFlow(part)}`);
  return `{${pairs.join(', ')}}`;
}

/** Lines of a literal block, its head first; nothing where a literal cannot say the text. */
export function literalLines(text: string): readonly string[] | undefined {
  // eslint-disable-next-line no-control-regex -- what a literal cannot hold
  if (!text.includes('\n') || /^[ \n]|[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\n\n$/.test(text))
    return undefined;
  if (/^ +$/m.test(text)) return undefined;
  const ends = text.endsWith('\n');
  return [ends ? '|' : '|-', ...(ends ? text.slice(0, -1) : text).split('\n')];
}

const indent = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

function blockLines(value: Json, layout: BlockLayout): string[] {
  if (typeof value === 'string' && layout.literals !== false) {
    const lines = literalLines(value);
    if (lines !== undefined) return [lines[0] ?? '', ...indent(lines.slice(1), layout.step)];
  }
  if (!hasEntries(value)) return [printScalar(value)];
  if (isList(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = blockLines(item, { ...layout, step: typeof item === 'string' ? 2 : layout.step });
      return [`- ${first}`, ...indent(rest, typeof item === 'string' ? 0 : 2)];
    });
  }
  return Object.entries(value).flatMap(([key, part]) => {
    const head = `${printKey(key, false)}:`;
    const [first = '', ...rest] = blockLines(part, layout);
    if (!hasEntries(part)) return [`${head} ${first}`, ...rest];
    const deeper = isList(part) && layout.compactSequences ? 0 : layout.step;
    return [head, ...indent([first, ...rest], deeper)];
  });
}

/** A value in block style. The first line has no indentation of its own; those below stand at `column`. No line break at the end. */
export function printBlock(value: Json, layout: BlockLayout): string {
  const [first = '', ...rest] = blockLines(value, layout);
  return [first, ...indent(rest, layout.column)].join(layout.eol);
}

/** A key with its value as one entry of a block map whose keys stand at `column`. */
export function printEntry(key: string, value: Json, layout: BlockLayout, written = printKey(key, false)): string {
  const head = `${written}:`;
  if (!hasEntries(value)) {
    const lines = blockLines(value, layout);
    return [`${head} ${lines[0] ?? ''}`, ...indent(lines.slice(1), layout.column)].join(layout.eol);
  }
  const column = isList(value) && layout.compactSequences ? layout.column : layout.column + layout.step;
  return `${head}${layout.eol}${' '.repeat(column)}${printBlock(value, { ...layout, column })}`;
}
