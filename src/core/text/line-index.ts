import { countUpTo } from '../base/lists.ts';

/** A place as people count: both from 1. A column counts UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Lines of one text. */
export interface LineIndex {
  readonly lineCount: number;
  /** The place of an offset; one beyond the text is its end. */
  position(offset: number): Position;
  /** The offset of a place; a column beyond its line is the line's end (before its break), a line beyond the text the text's end. */
  offsetAt(line: number, column: number): number;
  /** The offset where a line begins, from 1. */
  lineStart(line: number): number;
}

/** Offsets at which lines begin. Lines end with `\r\n`, `\n` or a lone `\r`, as in Monaco and for kubectl. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** An index of the lines of `text`: offset to line and column and back, in the logarithm of the number of lines. */
export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[line - 1] ?? text.length;
  const lineAt = (offset: number): number => Math.max(1, countUpTo(starts, offset));
  const endOf = (line: number): number => {
    let end = startOf(line + 1);
    if (line >= starts.length) return text.length;
    if (text.charCodeAt(end - 1) === 10) end--;
    if (end > startOf(line) && text.charCodeAt(end - 1) === 13) end--;
    return end;
  };
  return {
    lineCount: starts.length,
    position(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(at);
      return { line, column: at - startOf(line) + 1 };
    },
    offsetAt(line, column) {
      if (line < 1) return 0;
      if (line > starts.length) return text.length;
      return Math.min(startOf(line) + Math.max(0, column - 1), endOf(line));
    },
    lineStart: (line) => (line < 1 ? 0 : startOf(line)),
  };
}

/** How many line breaks a text has: CRLF is one. */
export function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') count += 1;
  return count;
}
