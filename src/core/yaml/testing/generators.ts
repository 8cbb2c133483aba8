import fc from 'fast-check';
import type { Json } from '../types.ts';
import { isList, isMap } from '../model.ts';
import { literalLines } from '../print/print.ts';
import { doubleQuoted, isPlainSafe, printScalar } from '../print/scalar.ts';

/** Strings that some reader or some place takes for something else. */
export const NASTY = [
  'on',
  'y',
  'No',
  '017',
  '0x1F',
  '1_000',
  '1e3',
  '1:30',
  'null',
  '~',
  '',
  '# x',
  'a #b',
  'a: b',
  'a:',
  ':a',
  '- x',
  '-',
  '---',
  '...',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '%x',
  '@x',
  '`x',
  '{{x}}',
  '{a}',
  '[a]',
  'a,b',
  'a]b',
  '?',
  '? x',
  "it's",
  'say "x"',
  '\\',
  'é',
  '😀',
  'a\u0085b',
  'a\u2028b',
  '\ufeffx',
  'a\tb',
  '\tx',
  ' x',
  'x ',
  'two\nlines',
  'three\nlines\n',
  'a\n\nb',
  '\nx',
  'x\n\n',
  '  x\ny',
  'a\r\nb',
  '2001-01-01',
  '<<',
  '=',
  '.inf',
  '.5',
  '1.',
  '+1',
  '-0',
  '0o17',
  'x'.repeat(300),
  'a b c',
  '10.0.0.0/8',
  '*.example.com',
  '\u200b',
] as const;

export const string = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.constantFrom('reviews', 'v1', 'default', 'www.example.com', 'a', 'b') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const number = fc.oneof(fc.integer(), fc.constantFrom(0, 80, 9090, 1.5, -2.25, 1e21, 9007199254740992, 1e-7));
export const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: string },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);
export const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'name', 'host', 'weight', 'spec', 'match') },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY.filter((text) => text.length < 50)) },
);

/** Any JSON of a few levels. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).value;

/** A document's value: a map, as resources are, or now and then a list. */
export const documentValue = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(key, json, { minKeys: 1, maxKeys: 5, noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.array(json, { minLength: 1, maxLength: 4 }) },
);

/** Decides one after the other, from a list of numbers, so that fast-check can shrink the style too. */
function decider(choices: readonly number[]): (outOf: number) => number {
  let at = 0;
  return (outOf) => (choices[at++ % choices.length] ?? 0) % outOf;
}

function writtenString(text: string, pick: (outOf: number) => number, flow: boolean): string {
  const ways = [doubleQuoted(text)];
  // eslint-disable-next-line no-control-regex -- what single quotes cannot hold
  if (!/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(text)) ways.push(`'${text.replaceAll("'", "''")}'`);
  if (isPlainSafe(text, flow)) ways.push(text, text, text);
  return ways[pick(ways.length)] ?? doubleQuoted(text);
}
const written = (value: Json, pick: (outOf: number) => number, flow: boolean): string =>
  typeof value === 'string'
    ? writtenString(value, pick, flow)
    : value === null && !flow && pick(3) === 0
      ? ''
      : printScalar(value);

function flowText(value: Json, pick: (outOf: number) => number): string {
  const pad = ['', ' '][pick(2)] ?? '';
  const comma = [', ', ',', ' , '][pick(3)] ?? ', ';
  const tail = pick(6) === 0 ? ',' : '';
  if (isList(value))
    return value.length === 0 ? '[]' : `[${pad}${value.map((item) => flowText(item, pick)).join(comma)}${tail}${pad}]`;
  if (isMap(value)) {
    const pairs = Object.entries(value).map(
      ([name, part]) => `${writtenString(name, pick, true)}: ${flowText(part, pick)}`,
    );
    return pairs.length === 0 ? '{}' : `{${pad}${pairs.join(comma)}${tail}${pad}}`;
  }
  return written(value, pick, true);
}

interface Style {
  readonly step: number;
  readonly compact: boolean;
}

/** Lines of a value in random style: flow here and there, comments above, behind and below, blank lines, trailing spaces. */
function lines(value: Json, style: Style, pick: (outOf: number) => number): string[] {
  const noise = (): string[] => [[], [], [], [], [''], ['# above'], ['', '# section', '']][pick(7)] ?? [];
  const behind = (): string => ['', '', '', ' # behind', '  ', ' \t# tab'][pick(6)] ?? '';
  const shift = (part: readonly string[], by: number): string[] =>
    part.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
  const inline = (part: Json): string | undefined => {
    const isCollection = isList(part) || isMap(part);
    if (!isCollection) return written(part, pick, false);
    return (isList(part) ? part.length : Object.keys(part).length) === 0 || pick(4) === 0
      ? flowText(part, pick)
      : undefined;
  };
  const literal = (part: Json): readonly string[] | undefined =>
    typeof part === 'string' && pick(2) === 0 ? literalLines(part) : undefined;
  const one = (head: string, part: Json, deeper: number): string[] => {
    const block = literal(part);
    if (block !== undefined) return [`${head} ${block[0] ?? ''}`, ...shift(block.slice(1), Math.max(2, style.step))];
    const text = inline(part);
    // Behind a dash with nothing else, a tab would be refused.
    if (text === '') return [`${head}${pick(3) === 0 ? ' # behind' : ''}`];
    if (text !== undefined) return [`${head} ${text}${behind()}`];
    const below = lines(part, style, pick);
    if (head === '-' || (head === ':' && pick(2) === 0)) {
      while (below[0] === '' || below[0]?.startsWith('#') === true) below.shift();
      const gap = 1 + (pick(5) === 0 ? 2 : 0);
      return [`${head}${' '.repeat(gap)}${below[0] ?? ''}`, ...shift(below.slice(1), gap + 1)];
    }
    return [
      head + (head === ':' ? '' : behind()),
      ...shift(below, deeper),
      ...(pick(8) === 0 && !below.some((line) => /[|>]-?$/.test(line)) ? shift(['# foot'], deeper + style.step) : []),
    ];
  };
  if (isList(value)) return value.flatMap((item) => [...noise(), ...one('-', item, 2)]);
  if (isMap(value)) {
    return Object.entries(value).flatMap(([name, part]) => {
      const head = `${pick(12) === 0 ? '? ' : ''}${writtenString(name, pick, false)}`;
      if (head.startsWith('? ')) return [...noise(), head, ...one(':', part, style.step)];
      return [...noise(), ...one(`${head}:`, part, isList(part) && style.compact ? 0 : style.step)];
    });
  }
  return [written(value, pick, false)];
}

/** A document's text in random style with its value. */
export const documentText: fc.Arbitrary<{ value: Json; text: string }> = fc
  .tuple(documentValue, fc.array(fc.nat(1000), { minLength: 5, maxLength: 40 }), fc.constantFrom(2, 3, 4), fc.boolean())
  .map(([value, choices, step, compact]) => {
    const pick = decider(choices);
    const head = ['', '', '---\n', '--- # c\n', '# head\n', '# head\n\n'][pick(6)] ?? '';
    return { value, text: `${head}${lines(value, { step, compact }, pick).join('\n')}\n` };
  });

/** The same text as other editors leave it: CRLF, both kinds mixed, a byte order mark, no final line end. */
export function variants(text: string): { readonly name: string; readonly text: string }[] {
  let i = 0;
  return [
    { name: 'as is', text },
    { name: 'CRLF', text: text.replaceAll('\n', '\r\n') },
    { name: 'mixed', text: text.replaceAll('\n', () => (i++ % 2 === 0 ? '\r\n' : '\n')) },
    { name: 'byte order mark', text: `\ufeff${text}` },
    { name: 'no final line end', text: text.replace(/\n$/, '') },
  ];
}

/** All paths of a value, the root first. */
export function pathsOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (isList(value)) return [path, ...value.flatMap((item, i) => pathsOf(item, [...path, i]))];
  if (isMap(value)) return [path, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...path, name]))];
  return [path];
}
