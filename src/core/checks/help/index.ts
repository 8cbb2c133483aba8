import { printBlock, readDocument, splitStream } from '../../yaml/index.ts';
import { remedyFor } from '../remedies/index.ts';
import { CASES } from './cases/index.ts';
import type { CaseHelp } from './cases/index.ts';
import { consequenceOf } from './consequence.ts';
import { ruleDocument, RULES } from './rules/index.ts';
import type { RuleHelp } from './rules/index.ts';

/** A page of help: what a code means, why it matters, and how to get rid of it. */
export interface Help {
  readonly code: string;
  readonly title: string;
  /** What Istio does then, and why. */
  readonly why: string;
  /** Who says it, and whether the object is refused. */
  readonly consequence: string;
  readonly remedy?: string;
  /** YAML of which the code is said. */
  readonly example?: string;
  /** The same, mended. */
  readonly cure?: string;
}

/** The documents of a stream in block style, as people write them. */
function blockText(text: string): string {
  return splitStream(text)
    .filter((segment) => segment.kind === 'document')
    .map((segment) => readDocument(segment.text).value)
    .map((value) =>
      value === undefined ? '' : `${printBlock(value, { step: 2, compactSequences: true, column: 0, eol: '\n' })}\n`,
    )
    .join('---\n');
}

const shown = (key: 'example' | 'cure', text: string | undefined): Partial<Help> =>
  text === undefined ? {} : { [key]: blockText(text) };

function helpOf(
  { code, title, why }: RuleHelp | CaseHelp,
  broken: string | undefined,
  cured: string | undefined,
): Help {
  const remedy = remedyFor(code);
  return {
    code,
    title,
    why,
    consequence: consequenceOf(code),
    ...(remedy === undefined ? {} : { remedy }),
    ...shown('example', broken),
    ...shown('cure', cured),
  };
}

function ruleHelp(rule: RuleHelp): Help {
  const { kind, broken, cured, metadata, metadataCured } = rule;
  const written = (spec: string | undefined, more?: string) =>
    spec === undefined ? undefined : ruleDocument(kind, spec, more);
  return helpOf(rule, written(broken, metadata), written(cured, metadataCured));
}

const makers = new Map<string, () => Help>([
  ...RULES.map((rule) => [rule.code, () => ruleHelp(rule)] as const),
  ...CASES.map((one) => [one.code, () => helpOf(one, one.broken, one.cured)] as const),
]);

/** All codes that have a page of their own, family by family. */
export const HELP_CODES: readonly string[] = [...makers.keys()];

const READING = {
  title: 'A text that kubectl reads otherwise, or not at all',
  why: 'The document is read as Go’s YAML reader does for kubectl: a document that it can’t read never gets to the cluster, and some plain words and numbers mean something else there than they seem to.',
  consequence: 'kubectl says it, or silently reads another value. Meshwright marks the place.',
} as const;

/**
 * The page of help for a code; nothing for one that no check says. Made when asked for: the data is large, so import this module when
 * somebody wants help.
 */
export function helpFor(code: string): Help | undefined {
  return makers.get(code)?.() ?? (code.startsWith('yaml/') ? { code, ...READING } : undefined);
}
