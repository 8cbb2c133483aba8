/** A rule of the webhook: code, title, why it matters, and specs in flow style that break it and keep it. */
type Row = readonly [code: string, title: string, why: string, broken?: string, cured?: string, more?: More];

interface More {
  /** Another kind than the family's. */
  readonly kind?: string;
  /** What the metadata of the broken object holds besides namespace and name, and what that of the cured one does. */
  readonly metadata?: string;
  readonly metadataCured?: string;
}

/** What is known of a rule of the webhook. */
export interface RuleHelp extends More {
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly kind: string;
  readonly broken?: string | undefined;
  readonly cured?: string | undefined;
}

/** The rules of a family, whose examples are of a kind. */
export const rules = (kind: string, rows: readonly Row[]): readonly RuleHelp[] =>
  rows.map(([code, title, why, broken, cured, more]) => ({ code, title, why, kind, broken, cured, ...more }));
