import type { TextRange } from '../../base/result.ts';
import { columnOf, isFirstOnLine, lineEndOf, lineStartOf, nextLineOf } from '../lines.ts';
import type { Node } from '../tree.ts';
import type { Site, Work } from './site.ts';
import { entriesOf, extent } from './site.ts';

/** Offset of the `#` of a line that holds only a comment, -1 for other lines. Asks the scanner: `#` inside a text is none. */
function commentOfLine(work: Work, lineStart: number): number {
  let at = lineStart;
  while (work.text.charCodeAt(at) === 32) at++;
  return work.comments.has(at) ? at : -1;
}

/** The `#` of the uppermost comment line that stands right above `at` in its column, without a blank line between; `at` without one. */
export function commentsAbove(work: Work, at: number): number {
  const { text } = work;
  if (!isFirstOnLine(text, at)) return at;
  const column = columnOf(text, at);
  let top = at;
  for (;;) {
    const line = lineStartOf(text, top);
    if (line === 0 || (line === 1 && text.charCodeAt(0) === 0xfeff)) return top;
    const comment = commentOfLine(work, lineStartOf(text, line - 1));
    if (comment < 0 || columnOf(text, comment) !== column) return top;
    top = comment;
  }
}

/**
 * Where an entry begins with the comments that belong to it. Above the first of several entries they may speak of all: they
 * belong to it only where another entry has comments of its own too.
 */
export function ownStart(work: Work, holder: Node, index: number): number {
  const entries = entriesOf(holder);
  const entry = entries[index];
  if (entry === undefined) return holder.from;
  const { from } = extent(entry);
  if (index > 0 || entries.length === 1) return commentsAbove(work, from);
  const others = entries.slice(1).some((each) => commentsAbove(work, extent(each).from) !== extent(each).from);
  return others ? commentsAbove(work, from) : from;
}

/** Where an entry ends, before its last line break: behind the comment on its line and comment lines below that stand deeper. */
export function ownEnd(work: Work, range: TextRange): number {
  const { text } = work;
  const column = columnOf(text, range.from);
  let end = lineEndOf(text, range.to);
  for (;;) {
    const next = nextLineOf(text, end);
    if (next === end || next >= text.length) return end;
    const comment = commentOfLine(work, next);
    if (comment < 0 || columnOf(text, comment) <= column) return end;
    end = lineEndOf(text, next);
  }
}

/** Where new lines go behind the last entry of a block collection. */
export function endOfEntries(work: Work, site: Site): number {
  const last = entriesOf(site.node).at(-1);
  return last === undefined ? lineEndOf(work.text, site.node.to) : ownEnd(work, extent(last));
}

/** Whether a comment begins between two offsets. */
export function hasCommentIn(work: Work, from: number, to: number): boolean {
  return work.tree.comments.some((comment) => comment.from >= from && comment.from < to);
}
