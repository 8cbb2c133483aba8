import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../text/index.ts';
import { planAddDocument, planRemoveDocument, readDocument, sameJson, splitStream } from '../index.ts';
import { documentText, variants } from '../testing/generators.ts';

const add = (stream: string, text: string, at?: number): string => {
  const planned = planAddDocument(stream, text, at);
  return planned.kind === 'ok' ? applyChanges(stream, planned.value.changes) : `refused ${planned.code}`;
};
const remove = (stream: string, index: number): string => {
  const planned = planRemoveDocument(stream, index);
  return planned.kind === 'ok' ? applyChanges(stream, planned.value.changes) : `refused ${planned.code}`;
};
const documents = (stream: string): string[] =>
  splitStream(stream)
    .filter(({ kind }) => kind === 'document')
    .map(({ text }) => text);

describe('documents of a stream', () => {
  it('[Y36] a document is added with `---` where one stands before it', () => {
    expect(add('', 'a: 1\n')).toBe('a: 1\n');
    expect(add('a: 1\n', 'b: 2\n')).toBe('a: 1\n---\nb: 2\n');
    expect(add('a: 1\n', '---\nb: 2\n')).toBe('a: 1\n---\nb: 2\n');
    expect(add('a: 1', 'b: 2\n')).toBe('a: 1\n---\nb: 2');
    expect(add('a: 1\n', 'b: 2\n', 0)).toBe('b: 2\n---\na: 1\n');
    expect(add('---\na: 1\n---\nc: 3\n', 'b: 2\n', 1)).toBe('---\na: 1\n---\nb: 2\n---\nc: 3\n');
    expect(add('a: 1\r\n', 'b: 2\n')).toBe('a: 1\r\n---\r\nb: 2\r\n');
    expect(add('\ufeffa: 1\n', 'b: 2\n', 0)).toBe('\ufeffb: 2\n---\na: 1\n');
    expect(add('# c\n', 'b: 2\n')).toBe('# c\nb: 2\n');
    expect(add('\ufeff', 'a: |\n  b\n')).toBe('\ufeffa: |\n  b\n');
    expect(add('a: 1', 'b: |\n  c\n')).toBe('a: 1\n---\nb: |\n  c\n');
    expect(add('a: 1\n', 'b: 2\n', 7)).toBe('refused yaml/missing');
  });

  it('[Y36] a document goes with its own `---` and `...`', () => {
    expect(remove('a: 1\n---\nb: 2\n', 0)).toBe('---\nb: 2\n');
    expect(remove('a: 1\n---\nb: 2\n', 1)).toBe('a: 1\n');
    expect(remove('a: 1\n---\nb: 2', 1)).toBe('a: 1');
    expect(remove('a: 1\n---\nb: 2\n...\n# c\n---\nc: 3\n', 1)).toBe('a: 1\n# c\n---\nc: 3\n');
    expect(remove('a: 1\n---\nb: 2\n...\nc: 3\n', 1)).toBe('a: 1\n---\nc: 3\n');
    expect(remove('\ufeffa: 1\n---\nb: 2\n', 0)).toBe('\ufeff---\nb: 2\n');
    expect(remove('a: 1\n', 0)).toBe('');
    expect(remove('a: 1\n', 1)).toBe('refused yaml/missing');
  });

  it('[T] adding and removing leaves all other documents as they were', () => {
    const streams = fc.tuple(fc.array(documentText, { maxLength: 4 }), documentText, fc.nat(4), fc.nat(4));
    fc.assert(
      fc.property(streams, ([parts, extra, at, which]) => {
        const joined = parts.map(({ text }, i) => (i > 0 && !text.startsWith('---') ? `---\n${text}` : text)).join('');
        const stream = variants(joined)[which]?.text ?? joined;
        const before = documents(stream).map((text) => readDocument(text).value);
        const index = at % (before.length + 1);
        const added = add(stream, extra.text, index);
        const after = documents(added).map((text) => readDocument(text).value);
        expect(sameJson(after as never, before.toSpliced(index, 0, readDocument(extra.text).value) as never)).toBe(
          true,
        );
        const back = documents(remove(added, index)).map((text) => readDocument(text).value);
        expect(sameJson(back as never, before as never)).toBe(true);
      }),
    );
  });
});
