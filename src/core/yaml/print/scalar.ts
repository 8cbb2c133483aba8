import { resolvePlain } from '../resolve.ts';
import type { Json } from '../types.ts';

/** Where a scalar is to stand, and how its predecessor was written. */
export interface ScalarPlace {
  /** Inside `[ ]` or `{ }`. */
  readonly flow?: boolean;
  readonly quotes?: 'single' | 'double' | undefined;
}

/** What some reader of YAML 1.1 or 1.2 takes for no string; Go's own reading is asked besides. */
const NOT_STRINGS = [
  /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<)$/i,
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-f_]+)$/i,
  /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:e[-+]?[0-9]+)?$/i,
  /^[-+]?[0-9][0-9_]*e[-+]?[0-9]+$/i,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^0o[0-7]+$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt \t])/,
];
// Blanks at the ends, marks that begin something else, what ends a plain text, and characters that some reader takes for a break.
const NEVER_PLAIN =
  // eslint-disable-next-line no-control-regex -- these must be escaped
  /^$|^\s|\s$|^[[\]{},#&*!|>'"%@`?:]|^-(?:$|[\s-])|^\.\.\.|:\s|:$|\s#|[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const NEVER_PLAIN_IN_FLOW = /[[\]{},?]|^-|:/;
const NEVER_SINGLE =
  // eslint-disable-next-line no-control-regex -- these must be escaped
  /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Whether every reader sees the very same string when it is written without quotes. */
export function isPlainSafe(text: string, flow: boolean): boolean {
  if (NEVER_PLAIN.test(text) || (flow && NEVER_PLAIN_IN_FLOW.test(text))) return false;
  return resolvePlain(text).kind === 'string' && !NOT_STRINGS.some((pattern) => pattern.test(text));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\0': '\\0',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};
const hex = (code: number): string =>
  code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;

/** A string in double quotes, on one line. */
export function doubleQuoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- these must be escaped
  const escaped = text.replace(/["\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (mark) => {
    return ESCAPES[mark] ?? hex(mark.charCodeAt(0));
  });
  return `"${escaped}"`;
}

/** A string: in its predecessor's quotes where these can hold it, else plain where that is safe, else in double quotes. */
export function printString(text: string, place: ScalarPlace = {}): string {
  if (place.quotes === 'single' && !NEVER_SINGLE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  if (place.quotes === undefined && isPlainSafe(text, place.flow ?? false)) return text;
  return doubleQuoted(text);
}

/**
 * A scalar on one line, such that kubectl and every reader of YAML 1.1 or 1.2 gets this very value. Numbers must be finite;
 * an empty list or map counts as a scalar here.
 */
export function printScalar(value: Json, place: ScalarPlace = {}): string {
  if (typeof value === 'string') return printString(value, place);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value);
  if (value !== null && typeof value === 'object') return Array.isArray(value) ? '[]' : '{}';
  return String(value);
}
