/** What is known of a code that is said of documents together. */
export interface CaseHelp {
  readonly code: string;
  readonly title: string;
  readonly why: string;
  /** A stream of documents of which the code is said, and one of which it is not. */
  readonly broken?: string;
  readonly cured?: string;
}

/** Codes with their examples. */
export const cases = (
  rows: readonly (readonly [code: string, title: string, why: string, broken?: string, cured?: string])[],
): readonly CaseHelp[] =>
  rows.map(([code, title, why, broken, cured]) => ({
    code,
    title,
    why,
    ...(broken === undefined ? {} : { broken }),
    ...(cured === undefined ? {} : { cured }),
  }));
