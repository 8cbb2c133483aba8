/** What a scalar is for Go before it becomes JSON. `text` is the decimal form of an integer, which may be too large for a number. */
export type Resolved =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number; readonly text: string; readonly unsigned: boolean }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };

/** A tag that Go knows and the value does not fit. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly found: string;
  readonly wanted: string;
}

export const TAG = 'tag:yaml.org,2002:';
const NULL: Resolved = { kind: 'null' };
const TRUE: Resolved = { kind: 'bool', value: true };
const FALSE: Resolved = { kind: 'bool', value: false };

const WORDS = new Map<string, Resolved>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, TRUE] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, FALSE] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, NULL] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { kind: 'float', value: NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { kind: 'float', value: Infinity }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { kind: 'float', value: -Infinity }] as const),
]);

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const MAX_INT64 = 9223372036854775807n;
const MAX_UINT64 = 18446744073709551615n;

/** An integer as Go's base-0 parse reads it: signed 64 bits, or unsigned without a sign. */
function integer(plain: string): Resolved | undefined {
  const match = INTEGER.exec(plain);
  if (match === null) return undefined;
  const [, sign = '', hex, binary, octal, decimal] = match;
  const digits = hex ?? binary ?? octal ?? decimal ?? '';
  const base = hex !== undefined ? 16 : binary !== undefined ? 2 : octal !== undefined ? 8 : 10;
  if (digits.length <= 10) {
    const value = parseInt(digits, base);
    const signed = sign === '-' && value !== 0 ? -value : value;
    return { kind: 'int', value: signed, text: String(signed), unsigned: false };
  }
  const prefix = base === 16 ? '0x' : base === 8 ? '0o' : base === 2 ? '0b' : '';
  const size = BigInt(prefix + digits);
  const value = sign === '-' ? -size : size;
  if (value < -MAX_INT64 - 1n || value > MAX_UINT64 || (sign !== '' && value > MAX_INT64)) return undefined;
  return { kind: 'int', value: Number(value), text: value.toString(), unsigned: value > MAX_INT64 };
}

function number(text: string): Resolved | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = integer(plain);
  if (whole !== undefined) return whole;
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

/** What a plain scalar without a tag is. Source: go.yaml.in/yaml/v2 resolve.go, read for sigs.k8s.io/yaml 1.6. */
export function resolvePlain(text: string): Resolved {
  const code = text.charCodeAt(0);
  if ((code >= 48 && code <= 57) || code === 43 || code === 45) {
    return WORDS.get(text) ?? number(text) ?? { kind: 'string', value: text };
  }
  if (code === 46) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
    const value = FLOAT.test(text) ? Number(text) : NaN;
    return Number.isFinite(value) ? { kind: 'float', value } : { kind: 'string', value: text };
  }
  return (text.length <= 5 ? WORDS.get(text) : undefined) ?? { kind: 'string', value: text };
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;

/** Whether Go takes the text for a date: it stays a string, but a `!!timestamp` must be one. */
function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [month, day, hour, minute, second] = [2, 3, 4, 5, 6].map((i) => Number(match[i] ?? match[i + 3] ?? 0));
  const inRange = (value: number | undefined, least: number, most: number): boolean =>
    value !== undefined && value >= least && value <= most;
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, 31) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59)
  );
}

/** What a scalar with a tag is. Tags that Go does not know leave the text as it is. */
export function resolveTagged(tag: string, text: string): Resolved | Mismatch {
  if (!tag.startsWith(TAG)) return { kind: 'string', value: text };
  const name = tag.slice(TAG.length);
  if (!['str', 'bool', 'int', 'float', 'null', 'timestamp'].includes(name) || name === 'str') {
    return { kind: 'string', value: text };
  }
  const found = resolvePlain(text);
  if (name === found.kind) return found;
  if (name === 'timestamp' && isTimestamp(text)) return { kind: 'string', value: text };
  if (name === 'float' && found.kind === 'int' && !found.unsigned) return { kind: 'float', value: found.value };
  return { kind: 'mismatch', found: found.kind === 'string' ? 'str' : found.kind, wanted: name };
}

/** A float as Go prints it for a key: the shortest digits of 32 bits, with an exponent below 1e-4 and from 1e6 on. */
export function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let shortest = single.toExponential();
  for (let digits = 0; digits <= 9; digits++) {
    shortest = single.toExponential(digits);
    if (Math.fround(Number(shortest)) === single) break;
  }
  const [mantissa = '0', exponentText = '0'] = shortest.split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  return Object.is(single, -0) ? '-0' : plainDecimal(mantissa, exponent);
}

function plainDecimal(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const part = digits.slice(exponent + 1);
  return sign + whole + (part === '' ? '' : `.${part}`);
}
