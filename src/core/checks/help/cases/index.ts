import { KIALI_CASES } from './kiali.ts';
import { OBJECT_CASES } from './objects.ts';
import { OWN_RULE_CASES } from './own-rules.ts';
import { OWN_WAY_CASES } from './own-ways.ts';
import { PLAIN_CASES } from './plain.ts';
import { REFERENCE_CASES } from './references.ts';
import type { CaseHelp } from './types.ts';

export type { CaseHelp } from './types.ts';

/** Everything that is said beside the webhook's rules. */
export const CASES: readonly CaseHelp[] = [
  ...REFERENCE_CASES,
  ...OBJECT_CASES,
  ...KIALI_CASES,
  ...OWN_RULE_CASES,
  ...OWN_WAY_CASES,
  ...PLAIN_CASES,
];
