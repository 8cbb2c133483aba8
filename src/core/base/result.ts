/** A stretch of a text in UTF-16 code units, half open: `from` is in it, `to` is not. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

export interface Ok<T> {
  readonly kind: 'ok';
  readonly value: T;
}

/**
 * An expected failure: what happened, where, and what to do about it. Bugs throw; everything a user can cause is one of these.
 * `code` is stable and documented; `range` lies in the text that the refusing function was given.
 */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  readonly range?: TextRange | undefined;
  readonly remedy?: string | undefined;
}

export type Result<T> = Ok<T> | Refused;

/** Wraps a value as a success. */
export function ok<T>(value: T): Ok<T> {
  return { kind: 'ok', value };
}

/** Makes a refusal. `rest` may hold the range in the text at hand and a way out. */
export function refuse(
  code: string,
  message: string,
  rest: { range?: TextRange | undefined; remedy?: string } = {},
): Refused {
  return { kind: 'refused', code, message, ...rest };
}

/** Ends a switch over a closed union: it does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Not a case: ${JSON.stringify(value)}`);
}
