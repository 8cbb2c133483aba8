import { describe, expect, it } from 'vitest';
import { entryAt, pathAt, rangeOfPath, readDocument, splitStream } from './index.ts';

const TEXT = `# head
apiVersion: v1
metadata: {name: reviews, labels: {app: x}}
spec:
  hosts:
  - reviews   # the host
  http:
  - match:
    - uri: {prefix: /a}
    route:
    - destination:
        host: reviews
      weight: 80

    - destination: { host: "b" }
`;
const at = (path: readonly (string | number)[]): string | undefined => {
  const entry = entryAt(readDocument(TEXT), path);
  return entry && TEXT.slice(entry.value.from, entry.value.to);
};

describe('places in a document', () => {
  it('[R10] gives the value of a path with its range', () => {
    expect(at(['spec', 'http', 0, 'route', 0, 'weight'])).toBe('80');
    expect(at(['metadata', 'labels'])).toBe('{app: x}');
    expect(at(['spec', 'http', 0, 'route', 1, 'destination', 'host'])).toBe('"b"');
    expect(at(['spec', 'hosts'])).toBe('- reviews');
    expect(at(['spec', 'nothing'])).toBeUndefined();
  });

  it('[R11] gives the lines that an entry owns', () => {
    const document = readDocument(TEXT);
    const lines = (path: readonly (string | number)[]): string | undefined => {
      const entry = entryAt(document, path);
      return entry && TEXT.slice(entry.lines.from, entry.lines.to);
    };
    expect(lines(['spec', 'hosts', 0])).toBe('  - reviews   # the host\n');
    expect(lines(['spec', 'http', 0, 'route', 0, 'destination'])).toBe('destination:\n        host: reviews\n');
    expect(lines(['metadata', 'name'])).toBe('name: reviews');
  });

  it('[R12] finds the deepest path at an offset', () => {
    const document = readDocument(TEXT);
    const path = (needle: string, shift = 0): string => pathAt(document, TEXT.indexOf(needle) + shift).join('.');
    expect(path('80')).toBe('spec.http.0.route.0.weight');
    expect(path('# the host')).toBe('spec.hosts.0');
    expect(path('prefix')).toBe('spec.http.0.match.0.uri.prefix');
    expect(path('- match')).toBe('spec.http.0');
    expect(path('# head')).toBe('');
    expect(path('"b"')).toBe('spec.http.0.route.1.destination.host');
  });

  it('[R13] falls back to the nearest ancestor that exists', () => {
    const document = readDocument(TEXT);
    const range = rangeOfPath(document, ['metadata', 'labels', 'none', 3]);
    expect(TEXT.slice(range.from, range.to)).toBe('{app: x}');
  });

  it('[R14] follows aliases and merges to where the value is written', () => {
    const text = 'a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n';
    const document = readDocument(text);
    for (const path of [
      ['c', 'b'],
      ['d', 'b'],
    ]) {
      const entry = entryAt(document, path);
      expect(entry && text.slice(entry.value.from, entry.value.to)).toBe('1');
      expect(entry?.value.from).toBe(10);
    }
  });

  it('[R15] gives places in the part of a broken document before its error', () => {
    const text = 'kind: Gateway\nmetadata:\n  name: x\nspec:\n  a: b: c\n';
    const document = readDocument(text);
    expect(document.broken).toBe(true);
    const entry = entryAt(document, ['metadata', 'name']);
    expect(entry && text.slice(entry.value.from, entry.value.to)).toBe('x');
  });

  it('[R16] the same text gives the same document', () => {
    expect(readDocument(`${TEXT}x: 1\n`)).toBe(readDocument(`${TEXT}x: ${1}\n`));
  });
});

describe('splitting a stream', () => {
  const cut = (text: string): string[] => splitStream(text).map((each) => `${each.kind[0]}:${each.text}`);
  it.each([
    ['', []],
    ['\n', ['t:\n']],
    ['# only\n', ['t:# only\n']],
    ['---\n', ['d:---\n']],
    ['---\n---\n', ['d:---\n', 'd:---\n']],
    ['a: 1\n', ['d:a: 1\n']],
    ['# c\na: 1\n---\nb: 2\n', ['d:# c\na: 1\n', 'd:---\nb: 2\n']],
    ['# c\n\n---\nb: 2', ['t:# c\n\n', 'd:---\nb: 2']],
    ['a: 1\n...\n# c\n---\nb: 2\n', ['d:a: 1\n...\n', 't:# c\n', 'd:---\nb: 2\n']],
    ['a: 1\n...\nb: 2\n', ['d:a: 1\n...\n', 'd:b: 2\n']],
    ['...\n# x\n', ['t:...\n# x\n']],
    ['%YAML 1.1\n---\na: 1\n', ['d:%YAML 1.1\n---\na: 1\n']],
    ['# c\n%TAG ! a:\n---\na: 1\n', ['t:# c\n', 'd:%TAG ! a:\n---\na: 1\n']],
    ['\uFEFF---\na: 1\n', ['d:\uFEFF---\na: 1\n']],
    ['\uFEFF# c\n---\na: 1\n', ['t:\uFEFF# c\n', 'd:---\na: 1\n']],
    ['--- {a: 1}\n--- # c\nb: 1\n', ['d:--- {a: 1}\n', 'd:--- # c\nb: 1\n']],
    ['a: "x\n---\ny"\n', ['d:a: "x\n', 'd:---\ny"\n']],
    ['a: 1\r\n---\r\nb: 2\r\n', ['d:a: 1\r\n', 'd:---\r\nb: 2\r\n']],
    ['a: 1\r---\rb: 2\r', ['d:a: 1\r', 'd:---\rb: 2\r']],
    ['a: |\n  x\n----\n', ['d:a: |\n  x\n----\n']],
  ])('[S1] %j', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });
});
