import type { ReviewLine } from '../../../core/workspace/review/types.ts';

/** A line with the stretch that differs from the line it stands against, where there is one. */
export interface MarkedLine extends ReviewLine {
  readonly mark?: { readonly from: number; readonly to: number } | undefined;
}

/**
 * The lines with marks: where as many lines came as went, each is held against its counterpart, and what lies between their equal ends is
 * marked, such as the digits of a weight. Lines that have too little in common get no mark.
 */
export function markChanged(lines: readonly ReviewLine[]): readonly MarkedLine[] {
  const out: MarkedLine[] = [...lines];
  for (let at = 0; at < lines.length;) {
    const removed = runOf(lines, at, 'removed');
    const added = runOf(lines, at + removed, 'added');
    if (removed > 0 && removed === added) {
      for (let index = at; index < at + removed; index += 1) {
        const [was, is] = [lines[index], lines[index + removed]];
        if (!was || !is) continue;
        const marks = between(was.text, is.text);
        if (!marks) continue;
        out[index] = { ...was, mark: marks.before };
        out[index + removed] = { ...is, mark: marks.after };
      }
    }
    at += Math.max(1, removed + added);
  }
  return out;
}

function runOf(lines: readonly ReviewLine[], from: number, kind: ReviewLine['kind']): number {
  let at = from;
  while (lines[at]?.kind === kind) at += 1;
  return at - from;
}

function between(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (before.slice(0, head).trim().length + tail < most / 3) return undefined;
  return { before: { from: head, to: before.length - tail }, after: { from: head, to: after.length - tail } };
}

/** Where a line, from 1, begins. */
export function offsetOfLine(text: string, line: number): number {
  const breaks = /\r\n|\r|\n/g;
  for (let count = 1; count < line; count += 1) if (breaks.exec(text) === null) return text.length;
  return breaks.lastIndex;
}
