import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { createSession } from '../workspace/index.ts';
import { BOOKINFO, EXTERNAL, GATEWAY, REVIEWS } from '../workspace/testing/bookinfo.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import { applyOrder, asOneStream, downloadName, kubectlApply, kubectlHereDocument } from './index.ts';

const files = (...texts: readonly string[]) => texts.map((text, index) => ({ id: fileId(`${index}.yaml`), text }));

const SCENARIO = `apiVersion: meshwright/v1
kind: Scenario
metadata:
  name: load
spec: {}
`;

describe('applyOrder', () => {
  it('puts what is named before what names it', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const { resources } = createSession({ files: files(`${BOOKINFO}---\n${namespace}`, SCENARIO) }).projection();
    expect(applyOrder(resources).map((one) => one.kind)).toEqual([
      'Namespace',
      'ServiceEntry',
      'DestinationRule',
      'Gateway',
      'VirtualService',
    ]);
  });
});

describe('asOneStream', () => {
  it('leaves a lone file as it is', () => {
    const text = `\uFEFF# head\r\n${BOOKINFO.replaceAll('\n', '\r\n').trimEnd()}`;
    expect(asOneStream(files(text))).toEqual({ text, left: [] });
  });

  it('writes a separator only where one is missing', () => {
    expect(asOneStream(files(REVIEWS, GATEWAY)).text).toBe(`${REVIEWS}---\n${GATEWAY}`);
    expect(asOneStream(files(REVIEWS, `---\n${GATEWAY}`)).text).toBe(`${REVIEWS}---\n${GATEWAY}`);
    expect(asOneStream(files(REVIEWS, `# edge\n---\n${GATEWAY}`)).text).toBe(`${REVIEWS}# edge\n---\n${GATEWAY}`);
    expect(asOneStream(files(REVIEWS.trimEnd(), `\uFEFF${GATEWAY}`, '', '\n')).text).toBe(`${REVIEWS}---\n${GATEWAY}`);
  });

  it('leaves scenarios out, and says so', () => {
    const { text, left } = asOneStream(files(`${REVIEWS}---\n${SCENARIO}---\n${EXTERNAL}`, SCENARIO));
    expect(text).toBe(`${REVIEWS}---\n${EXTERNAL}`);
    expect(left).toHaveLength(2);
    expect(left[0]).toMatch(/0\.yaml/);
  });

  it('holds the documents of all files, byte for byte but for separators', () => {
    const document = fc.constantFrom(REVIEWS, GATEWAY, EXTERNAL, '# nothing\n', 'a: [\n', `--- # x\n${EXTERNAL}`);
    const file = fc.array(document, { maxLength: 4 }).map((parts) => parts.join('---\n'));
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (texts) => {
        const values = (text: string) =>
          splitStream(text)
            .map((segment) => readDocument(segment.text))
            .filter((one) => !one.empty)
            .map((one) => (one.broken ? 'broken' : one.value));
        expect(values(asOneStream(files(...texts)).text)).toEqual(texts.flatMap(values));
      }),
    );
  });
});

describe('kubectl', () => {
  it('quotes what a shell would take apart', () => {
    expect(kubectlApply('reviews.yaml')).toBe('kubectl apply -f reviews.yaml');
    expect(kubectlApply("it's here.yaml", { namespace: 'shop', dryRun: true })).toBe(
      `kubectl apply -n shop --dry-run=server -f 'it'\\''s here.yaml'`,
    );
    expect(kubectlApply('-x.yaml')).toBe('kubectl apply -f ./-x.yaml');
  });

  it('ends a here-document with a word that is not in it', () => {
    expect(kubectlHereDocument('a: 1\nEOF\n')).toBe("kubectl apply -f - <<'EOF_'\na: 1\nEOF\nEOF_\n");
  });

  it('names downloads', () => {
    expect(downloadName(fileId('edge/gateway.yml'))).toBe('gateway.yml');
    expect(downloadName(fileId('pasted'))).toBe('pasted.yaml');
  });
});
