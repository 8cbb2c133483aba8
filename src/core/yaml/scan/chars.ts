/**
 * Character classes of Go's YAML scanner (go.yaml.in/yaml/v2, yamlprivateh.go), by UTF-16 code. `NaN`, what `charCodeAt`
 * gives beyond the end, stands for the end of the stream; every comparison with it is false.
 */
export const SPACE = 32;
export const TAB = 9;

/** A line break for Go: LF, CR, NEL, and the Unicode line and paragraph separators. */
export const isBreak = (code: number): boolean =>
  code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;

export const isBlank = (code: number): boolean => code === 32 || code === 9;

/** A break or the end of the text. */
export const isBreakOrEnd = (code: number): boolean => code !== code || isBreak(code);

/** A space, a tab, a break or the end of the text. */
export const isBlankOrEnd = (code: number): boolean => code === 32 || code === 9 || isBreakOrEnd(code);

/** A letter, digit, `_` or `-`: what anchors and directives are named with. */
export const isAlpha = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The value of a hexadecimal digit, -1 for anything else. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}
