import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { readResources } from '../../istio/index.ts';
import { readDocument } from '../../yaml/index.ts';
import { schemaProblems } from '../schema/index.ts';
import { webhookFaults } from '../webhook/index.ts';
import { ruleDocument, RULES } from './rules/index.ts';

const judge = (text: string) => {
  const document = readDocument(text);
  const [resource] = readResources(fileId('f'), slotId('s'), document);
  if (resource === undefined) throw new Error(`No resource in ${text}`);
  return {
    rules: webhookFaults(resource).map(({ rule }) => rule),
    errors: webhookFaults(resource).filter(({ severity }) => severity === 'error'),
    schema: schemaProblems(resource.value),
  };
};

describe('the examples of the webhook’s rules', () => {
  it.each(RULES.filter(({ broken }) => broken !== undefined).map((rule) => [rule.code, rule] as const))(
    '[%s] is said of the example, and not of its cure, which nobody refuses',
    (code, { kind, broken = '', cured = '', metadata, metadataCured }) => {
      expect(judge(ruleDocument(kind, broken, metadata)).rules).toContain(code);
      const cure = judge(ruleDocument(kind, cured, metadataCured));
      expect(cure.rules).not.toContain(code);
      expect(cure.errors).toEqual([]);
      expect(cure.schema).toEqual([]);
    },
  );
});
