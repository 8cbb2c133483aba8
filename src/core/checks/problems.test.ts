import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { assignIds, readResources } from '../istio/index.ts';
import { buildMesh } from '../mesh/index.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import { findProblems } from './index.ts';
import type { CheckOptions } from './index.ts';

const meshOf = (text: string, file = 'mesh.yaml') => {
  const documents = splitStream(text).filter((segment) => segment.kind === 'document');
  const resources = assignIds(
    documents.flatMap((segment, index) => readResources(fileId(file), slotId(`s${index}`), readDocument(segment.text))),
  );
  return { resources, mesh: buildMesh(resources) };
};
const problemsOf = (text: string, options: CheckOptions = {}) => {
  const { resources, mesh } = meshOf(text);
  return findProblems(resources, mesh, options);
};
const virtualService = (spec: string, name = 'web'): string =>
  `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: shop}\nspec: {${spec}}\n`;
const service = (name: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {ports: [{port: 80, name: http}]}\n`;
const TO_WEB = 'hosts: [web], http: [{route: [{destination: {host: web}}]}]';

describe('findProblems', () => {
  it('says one thing where API server and webhook mean the same', () => {
    const found = problemsOf(
      virtualService('hosts: [web], http: [{timeout: 0s, route: [{destination: {host: web}}]}]'),
    );
    expect(found).toMatchObject([
      {
        code: 'V-VS-140',
        istioCode: 'IST0106',
        severity: 'error',
        by: ['apiServer', 'webhook', 'istioctl'],
        source: { path: ['spec', 'http', 0, 'timeout'] },
      },
    ]);
  });

  it('says of a missing host only where the documents can know', () => {
    expect(problemsOf(virtualService(TO_WEB))).toEqual([]);
    expect(problemsOf(virtualService(TO_WEB) + service('web'))).toEqual([]);
    expect(problemsOf(virtualService(TO_WEB) + service('other'))).toMatchObject([
      { code: 'IST0101', by: ['istioctl'] },
    ]);
    expect(problemsOf(virtualService(TO_WEB), { complete: true })).toMatchObject([{ code: 'IST0101' }]);
  });

  it('keeps the objects of what did not change, and drops what was mended', () => {
    const before = meshOf(virtualService(TO_WEB) + service('other') + virtualService('hosts: [a_b]', 'second'));
    const first = findProblems(before.resources, before.mesh);
    const again = findProblems(before.resources, before.mesh);
    expect(again.length).toBe(3);
    again.forEach((problem, index) => expect(problem).toBe(first[index]));
    const mended = problemsOf(virtualService(TO_WEB) + service('web') + virtualService('hosts: [a_b]', 'second'));
    expect(mended.map(({ code }) => code)).toEqual(['V-VS-010', 'V-VS-013']);
  });

  it('draws no conclusions from values of the wrong type', () => {
    const found = problemsOf(virtualService('hosts: [web], http: 5') + service('other'));
    expect(found).toMatchObject([{ code: 'V-DEC-004', by: ['apiServer', 'webhook', 'istioctl'] }]);
  });

  it('minds the annotation that mutes istioctl', () => {
    const muted = virtualService(TO_WEB).replace(
      'namespace: shop}',
      'namespace: shop, annotations: {galley.istio.io/analyze-suppress: IST0101}}',
    );
    expect(problemsOf(muted + service('other'))).toEqual([]);
  });

  it('gives after a row of edits what it gives from scratch', () => {
    const texts = [
      virtualService(TO_WEB),
      service('web'),
      virtualService('hosts: [web], gateways: [ghost], http: [{}]', 'two'),
      service('other'),
    ];
    for (const [step, indexes] of [
      [0, 3],
      [0, 1, 3],
      [0, 1, 2],
      [1, 2, 3],
      [0, 2, 3],
      [0, 3],
    ].entries()) {
      const text = indexes.map((index) => texts[index] ?? '').join('');
      const edited = meshOf(text);
      const fresh = meshOf(text, `fresh-${step}.yaml`);
      const plain = (problems: ReturnType<typeof findProblems>) =>
        problems.map(({ source, ...problem }) => ({ ...problem, path: source.path, slot: source.slot }));
      expect(plain(findProblems(edited.resources, edited.mesh))).toEqual(
        plain(findProblems(fresh.resources, fresh.mesh)),
      );
    }
  });
});
