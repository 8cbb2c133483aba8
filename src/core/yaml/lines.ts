/** Small questions about lines. Lines end with `\n`, `\r\n` or a lone `\r`. */

const isEnd = (code: number): boolean => code === 10 || code === 13;

/** Where the line of `at` begins; behind a byte order mark on the first. */
export function lineStartOf(text: string, at: number): number {
  let start = at;
  // Between `\r` and `\n` is the end of a line, not the start of one.
  if (text.charCodeAt(start) === 10 && text.charCodeAt(start - 1) === 13) start--;
  while (start > 0 && !isEnd(text.charCodeAt(start - 1))) start--;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? Math.min(1, at) : start;
}

/** Where the line of `at` ends, before its line break. */
export function lineEndOf(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isEnd(text.charCodeAt(end))) end++;
  return end;
}

/** Where the line after the one of `at` begins, or the text's end. */
export function nextLineOf(text: string, at: number): number {
  const end = lineEndOf(text, at);
  if (end >= text.length) return end;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** The column of `at`, from 0, in UTF-16 units. */
export const columnOf = (text: string, at: number): number => at - lineStartOf(text, at);

/** Whether only spaces stand before `at` on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  for (let i = lineStartOf(text, at); i < at; i++) if (text.charCodeAt(i) !== 32) return false;
  return true;
}

/** The line break to use for a line that is put in at `at`: that of the line above it, or the first one of the text. */
export function lineBreakAt(text: string, at: number): string {
  const inside = text.charCodeAt(at) === 10 && text.charCodeAt(at - 1) === 13;
  const end = lineEndOf(text, inside ? at - 1 : at);
  if (end < text.length) return text.slice(end, nextLineOf(text, end));
  const start = lineStartOf(text, at);
  if (start > 0 && text.charCodeAt(start - 1) === 10) return text.charCodeAt(start - 2) === 13 ? '\r\n' : '\n';
  return start > 0 && text.charCodeAt(start - 1) === 13 ? '\r' : '\n';
}
