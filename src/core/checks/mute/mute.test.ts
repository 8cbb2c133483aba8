import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import { fileMutes, findProblems, muteComments, mutedReading } from '../index.ts';
import type { CheckOptions } from '../index.ts';

function problemsOf(text: string, options: CheckOptions = {}) {
  const segments = splitStream(text);
  const documents = segments.filter((segment) => segment.kind === 'document');
  const resources = assignIds(
    documents.flatMap((segment, index) => readResources(fileId('f'), slotId(`s${index}`), readDocument(segment.text))),
  );
  const file = fileMutes(segments.map((segment) => segment.text));
  return findProblems(resources, buildMesh(resources), { ...options, fileMutes: () => file });
}
const codesOf = (text: string, options?: CheckOptions) => problemsOf(text, options).map(({ code }) => code);

const WEB = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [a_b]
  http:
  - timeout: 0s
    route:
    - destination: {host: web}
`;
const before = (line: string, comment: string): string =>
  WEB.replace(line, `${/^ */.exec(line)?.[0] ?? ''}${comment}\n${line}`);

describe('comments that mute', () => {
  it('mute the line below them, or the one they stand on', () => {
    expect(codesOf(WEB)).toEqual(['V-VS-010', 'V-VS-140']);
    expect(codesOf(before('  - timeout', '# meshwright-ignore V-VS-140 because the old client needs it'))).toEqual([
      'V-VS-010',
    ]);
    expect(codesOf(WEB.replace('0s', '0s # meshwright-ignore V-VS-140'))).toEqual(['V-VS-010']);
    expect(codesOf(before('  hosts', '# meshwright-ignore V-VS-010'))).toEqual(['V-VS-140']);
  });

  it('mute only what they name, by any of its names; without a code all of the line', () => {
    expect(codesOf(before('  - timeout', '# meshwright-ignore V-VS-141'))).toHaveLength(2);
    expect(codesOf(before('  - timeout', '# meshwright-ignore V-VS-141, IST0106'))).toEqual(['V-VS-010']);
    expect(codesOf(before('  - timeout', '# meshwright-ignore'))).toEqual(['V-VS-010']);
    expect(codesOf(before('  - timeout', '# meshwright-ignored'))).toHaveLength(2);
  });

  it('stack, and stand above other comments', () => {
    const text = before('  - timeout', '# meshwright-ignore V-VS-999\n  # meshwright-ignore V-VS-140\n\n  # slow');
    expect(codesOf(text)).toEqual(['V-VS-010']);
  });

  it('mute a code in the whole file, from above its first document too', () => {
    const both = WEB + WEB.replaceAll('web', 'two').replace('a_b', 'c_d');
    expect(codesOf(both)).toHaveLength(4);
    expect(codesOf(`# meshwright-ignore-file V-VS-140: legacy\n${both}`)).toEqual(['V-VS-010', 'V-VS-010']);
    expect(codesOf(`${both}# meshwright-ignore-file\n`)).toEqual([]);
  });

  it('are given with their reason on request, as the same objects', () => {
    const text = before('  - timeout', '# meshwright-ignore V-VS-140 because of the old client');
    const first = problemsOf(text, { muted: true });
    expect(first.map(({ code, muted }) => [code, muted])).toEqual([
      ['V-VS-010', undefined],
      ['V-VS-140', { by: 'comment', because: 'of the old client' }],
    ]);
    const resources = readResources(fileId('f'), slotId('s0'), readDocument(text));
    const ask = () => findProblems(resources, buildMesh(resources), { muted: true });
    const again = ask();
    ask().forEach((problem, index) => expect(problem).toBe(again[index]));
  });

  it('mute what kubectl can’t read', () => {
    const document = readDocument('a: 1\n# meshwright-ignore yaml/duplicate-key\na: 2\n');
    expect(document.problems.map((problem) => mutedReading(document, problem)?.by)).toEqual([undefined, 'comment']);
  });

  it('are read with any line end, and say where their codes end', () => {
    const text = 'a: 1\r\n  # meshwright-ignore IST0101,KIA1101 — soon\r\nb: 2 # meshwright-ignore MW-404-X\r\n';
    const comments = muteComments(text);
    expect(comments.map(({ line, mutes, codes, because }) => [line, mutes, codes, because])).toEqual([
      [2, 3, ['IST0101', 'KIA1101'], 'soon'],
      [3, 3, ['MW-404-X'], undefined],
    ]);
    expect(comments.map(({ codesEnd }) => text.slice(0, codesEnd).split(/[ ,]/).at(-1))).toEqual([
      'KIA1101',
      'MW-404-X',
    ]);
  });
});

describe('annotations that mute', () => {
  const annotated = (annotation: string): string =>
    WEB.replace('namespace: shop}', `namespace: shop, annotations: {${annotation}}}`).replace('[a_b]', '[a.com]');
  const other =
    '---\napiVersion: v1\nkind: Service\nmetadata: {name: other, namespace: shop}\nspec: {ports: [{port: 80, name: http}]}\n';

  it('mute istioctl alone, whose messages are given on request', () => {
    const text = annotated('galley.istio.io/analyze-suppress: "IST0101,IST0106"') + other;
    expect(problemsOf(text)).toMatchObject([{ code: 'V-VS-140', by: ['apiServer', 'webhook'] }]);
    expect(problemsOf(text, { muted: true }).map(({ code, muted }) => [code, muted?.by])).toEqual([
      ['V-VS-140', undefined],
      ['IST0101', 'galley.istio.io/analyze-suppress'],
    ]);
  });
});
