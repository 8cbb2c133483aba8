import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { YamlOp } from './index.ts';
import {
  entryAt,
  pathAt,
  planAddDocument,
  planDocument,
  planRemoveDocument,
  rangeOfPath,
  readDocument,
  splitStream,
} from './index.ts';
import { documentText, variants } from './testing/generators.ts';
import { intent, operation } from './testing/operations.ts';

const setSomething: YamlOp = { kind: 'set', path: ['added'], value: 1 };
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${lines(
  9,
  (i) =>
    `${'bcdefghij'[i] ?? ''}: &${'bcdefghij'[i] ?? ''} [${Array(9)
      .fill(`*${'abcdefghi'[i] ?? ''}`)
      .join(',')}]\n`,
)}`;

describe('input that no cluster takes', () => {
  it.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', 'yaml/tab', 3],
    ['a tab behind a dash', '-\ta: 1\n- \t# c\n', 'yaml/tab', 1],
    ['an alias bomb', BOMB, 'yaml/alias-bomb', undefined],
    ['an anchor that contains itself', 'a: &a [*a]\n', 'yaml/alias-loop', 7],
    ['nesting of 100,000 brackets', `a: ${'['.repeat(100_000)}`, 'yaml/depth', undefined],
    ['nesting of 100,000 dashes', '- '.repeat(100_000), 'yaml/depth', undefined],
    ['a key of 5,000 characters', `${'k'.repeat(5000)}: 1\n`, 'yaml/colon', 5000],
    ['a binary file', '\u007fELF\u0001\0\0', 'yaml/control-character', 0],
    ['a file of 9 million characters', 'a'.repeat(9_000_000), 'yaml/too-large', 0],
    ['a Helm template', 'a:\n{{- if .x }}\n  b: 1\n{{- end }}\n', 'yaml/template', 3],
    ['a template value', 'a: {{ .x }}\n', 'yaml/template', 3],
    ['a quote that is never closed', `a: 1\nb: "x\n${'c: 1\n'.repeat(9)}`, 'yaml/quote', 8],
    ['a bracket that is never closed', 'a: [1,\nb: 2\nc: 3\n', 'yaml/flow', 3],
    ['a key without a colon', 'a: 1\nspec\n', 'yaml/missing-colon', 5],
    ['a list where none can be', 'a: - b\n', 'yaml/dash', 3],
    ['a star without quotes', 'host: *.example.com\n', 'yaml/anchor', 6],
    ['a NaN', 'a: .nan\n', 'yaml/no-number', 3],
    ['a null key', '~: 1\n', 'yaml/key-kind', 0],
  ])('[B1] %s is a problem with a place and a remedy', (_title, text, code, from) => {
    const document = readDocument(text);
    expect(document).toMatchObject({ broken: true, value: undefined, template: code === 'yaml/template' });
    expect(document.problems[0]).toMatchObject({ code, severity: 'error' });
    if (from !== undefined) expect(document.problems[0]?.range.from).toBe(from);
    expect(document.problems[0]?.remedy).toBeTruthy();
    expect(planDocument(text, [setSomething])).toMatchObject({
      kind: 'refused',
      code: document.template ? 'yaml/template' : 'yaml/broken',
      range: document.problems[0]?.range,
    });
  });

  it.each([
    ['200 levels of maps', `${Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')} 1\n`],
    ['400 brackets', `a: ${'['.repeat(400)}${']'.repeat(400)}\n`],
    ['10,000 keys', lines(10_000, (i) => `k${i}: v\n`)],
    ['10,000 entries in braces', `a: {${lines(10_000, (i) => `k${i}: v, `)}}\n`],
    ['5,000 anchors', lines(5000, (i) => `k${i}: &a${i} v\nl${i}: *a${i}\n`)],
    ['a line of a million characters', `a: "${'x y '.repeat(250_000)}"\n`],
  ])('[B2] %s can be read and edited', (_title, text) => {
    expect(readDocument(text).broken).toBe(false);
    expect(planDocument(text, [setSomething]).kind).toBe('ok');
  });

  it('[B3] a document behind a broken one reads on its own', () => {
    const segments = splitStream('a: "x\n---\nb: 1\n--- \nc: [\n---\nd: 2\n');
    expect(segments.map(({ text }) => readDocument(text).value)).toEqual([undefined, { b: 1 }, undefined, { d: 2 }]);
  });

  it('[B4] kubectl’s silent readings are told', () => {
    const told = (text: string): string[] =>
      readDocument(text).problems.map(({ code, message }) => `${code} ${message}`);
    expect(told('a: on\n')).toEqual(['yaml/bool-word kubectl will read `on` as true.']);
    expect(told('y: 1\n')).toEqual(['yaml/bool-word kubectl will read `y` as "true".']);
    expect(told('a: 017\n')).toEqual(['yaml/number-form kubectl will read `017` as 15.']);
    expect(told('a: 1_000\n')).toEqual(['yaml/number-form kubectl will read `1_000` as 1000.']);
    expect(told('defaultMode: 0400\nitems: [{mode: 0644}]\n')).toEqual([]);
    expect(told(' a: 1\nb: 2\n')).toEqual([
      'yaml/dropped kubectl stops reading here and drops the rest without a word.',
    ]);
    expect(told('a: true\nb: "on"\nc: 10\nd: 1.5e3\ne: ~\n9090: x\n')).toEqual([]);
    expect(told('a: 1\na: 2\n').map((each) => each.slice(0, 18))).toEqual(['yaml/duplicate-key', 'yaml/duplicate-key']);
  });
});

describe('nothing throws', () => {
  const junk = fc.constantFrom(
    ': ',
    '- ',
    '? ',
    ' #',
    '\n',
    '\n  ',
    '\t',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!!str ',
    '!',
    '|',
    '>',
    '|-\n',
    '\n---\n',
    '\n...\n',
    '%YAML 1.1\n',
    '\r',
    '\u0085',
    '\u2028',
    '\ud800',
    '\0',
    '{{ x }}',
    '<<: *a',
    '\ufeff',
    '~',
  );
  const mutated = fc
    .tuple(documentText, fc.nat(4), fc.array(fc.tuple(fc.nat(), fc.nat(5), junk), { maxLength: 5 }))
    .map(([{ text }, which, mutations]) => {
      let out = variants(text)[which]?.text ?? text;
      for (const [where, cut, add] of mutations) {
        const at = where % (out.length + 1);
        out = out.slice(0, at) + add + out.slice(at + cut);
      }
      return out;
    });

  it('[B5] reading, asking and planning on mutated texts give answers, with ranges inside the text', () => {
    fc.assert(
      fc.property(mutated, intent, fc.nat(), (text, want, n) => {
        const document = readDocument(text);
        const isInside = ({ from, to }: { from: number; to: number }): boolean =>
          from >= 0 && from <= to && to <= text.length;
        for (const problem of document.problems) expect(isInside(problem.range)).toBe(true);
        const path = pathAt(document, n % (text.length + 1));
        expect(isInside(rangeOfPath(document, path))).toBe(true);
        const entry = entryAt(document, path);
        if (entry !== undefined) expect(isInside(entry.value) && isInside(entry.lines)).toBe(true);
        const op = operation(document.value ?? {}, want) ?? setSomething;
        const planned = planDocument(text, [op, setSomething, { kind: 'remove', path: ['a'] }]);
        if (planned.kind === 'refused') expect(planned.range && isInside(planned.range)).toBe(true);
      }),
    );
  });

  it('[B6] streams of mutated texts tile, and documents can be added and removed', () => {
    fc.assert(
      fc.property(fc.array(mutated, { maxLength: 4 }), fc.nat(4), (texts, n) => {
        const stream = texts.join('');
        expect(
          splitStream(stream)
            .map(({ text }) => text)
            .join(''),
        ).toBe(stream);
        for (const planned of [planAddDocument(stream, 'kind: X\n', n), planRemoveDocument(stream, n)]) {
          if (planned.kind === 'refused') expect(planned.range).toBeDefined();
        }
      }),
    );
  });
});
