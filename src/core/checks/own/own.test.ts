import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/index.ts';
import { createEngine } from '../../routing/index.ts';
import { entryAt, readDocument, splitStream } from '../../yaml/index.ts';
import { findAllProblems } from '../all.ts';
import { claimHolds } from './claim.ts';
import { OWN_CODES } from './codes.ts';
import { OWN_CASES } from './testing/own-cases.ts';

function lookAt(text: string, complete: boolean) {
  const documents = splitStream(text).filter((segment) => segment.kind === 'document');
  const resources = assignIds(
    documents.flatMap((segment, at) => readResources(fileId('a.yaml'), slotId(`${at}`), readDocument(segment.text))),
  );
  const mesh = buildMesh(resources);
  const problems = findAllProblems(resources, mesh, { complete });
  return { resources, mesh, problems, engine: createEngine(mesh, { registry: complete ? 'declared' : 'assumed' }) };
}

describe('own findings', () => {
  it('has a case for every code', () => {
    expect(new Set(OWN_CASES.map(({ code }) => code))).toEqual(new Set(Object.keys(OWN_CODES)));
  });

  it.each(OWN_CASES.map((one, index) => [`${one.code} ${index}`, one] as const))(
    '%s: finds it, proves it, and is silent beside it',
    (_, { code, bad, good, complete = false }) => {
      const { problems, engine, resources } = lookAt(bad, complete);
      const found = problems.filter((problem) => problem.code === code);
      expect(found.map(({ severity }) => severity)).not.toEqual([]);
      for (const { proof, source, resource } of found) {
        expect(proof?.says).toBeTruthy();
        if (proof) expect(claimHolds(engine, proof.proxy, proof.request, proof.claim)).toBe(true);
        const document = resources.find(({ id }) => id === resource)?.document;
        expect(document && entryAt(document, source.path)).toBeDefined();
      }
      expect(lookAt(good, complete).problems.filter((problem) => problem.code === code)).toEqual([]);
    },
  );

  it('says nothing of endpoints and ports that only other documents could know', () => {
    const [{ bad } = { bad: '' }] = OWN_CASES.filter(({ complete }) => complete === true);
    expect(lookAt(bad, false).problems).toEqual([]);
  });

  it('gives the same objects again', () => {
    const { resources, mesh, problems } = lookAt(OWN_CASES[0]?.bad ?? '', false);
    const again = findAllProblems(resources, mesh);
    expect(again.length).toBeGreaterThan(0);
    again.forEach((problem, index) => expect(problem).toBe(problems[index]));
  });

  it('is muted by comments as all problems are', () => {
    const bad = (OWN_CASES[0]?.bad ?? '').replace(
      'kind: VirtualService',
      'kind: VirtualService # meshwright-ignore-file MW-RULE-UNREACHED',
    );
    expect(lookAt(bad, false).problems).toEqual(lookAt(bad, false).problems.filter(({ muted }) => muted === undefined));
  });
});
