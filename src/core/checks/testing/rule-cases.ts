import { ruleDocument, RULES } from '../help/rules/index.ts';

/** A spec that breaks a rule: the rule, the kind, the spec in YAML's flow style, and what the object's metadata holds besides a name. */
export type RuleCase = readonly [rule: string, kind: string, spec: string, metadata?: string];

/** A spec for each rule of the webhook that a document can break: the examples of the pages of help. */
export const RULE_CASES: readonly RuleCase[] = RULES.flatMap(({ code, kind, broken, metadata }) =>
  broken === undefined ? [] : [[code, kind, broken, metadata]],
);

/** A case's document. */
export const documentOf = ([, kind, spec, metadata]: RuleCase): string => ruleDocument(kind, spec, metadata);
