import type { TextRange } from '../../base/result.ts';
import type { TextEdit } from '../../text/types.ts';
import { columnOf, isFirstOnLine, lineBreakAt, lineEndOf, lineStartOf, nextLineOf } from '../lines.ts';
import type { MapNode, SeqNode } from '../tree.ts';
import { hasCommentIn } from './comments.ts';
import type { Draft, Work } from './site.ts';
import { entriesOf, extent } from './site.ts';

const isBlankRest = (text: string, from: number, to: number): boolean => /^\s*$/.test(text.slice(from, to));

/** Puts an entry into a flow collection that has some, before index `at` or at its end; alone on its line where the others are. */
export function insertIntoFlow(work: Work, node: MapNode | SeqNode, at: number, entry: string): Draft {
  const { text } = work;
  const entries = entriesOf(node);
  const next = entries[at];
  if (next !== undefined) {
    const { from } = extent(next);
    const separator = isFirstOnLine(text, from) && from > node.from + 1 ? newLine(work, from) : ' ';
    return { edits: [{ from, to: from, insert: `${entry},${separator}` }] };
  }
  const last = entries.at(-1);
  if (last === undefined) return { edits: [{ from: node.from + 1, to: node.from + 1, insert: entry }] };
  const { from, to } = extent(last);
  const inLine = { edits: [{ from: to, to, insert: `, ${entry}` }] };
  if (!isFirstOnLine(text, from) || lineStartOf(text, node.from) === lineStartOf(text, from)) return inLine;
  const end = lineEndOf(text, Math.max(to, last.comma));
  const line = newLine(work, from) + entry;
  if (end >= node.to) return { edits: [{ from: to, to, insert: `,${line}` }] };
  if (last.comma >= 0) return { edits: [{ from: end, to: end, insert: `${line},` }] };
  return {
    edits: [
      { from: to, to, insert: ',' },
      { from: end, to: end, insert: line },
    ],
  };
}

function newLine(work: Work, at: number): string {
  const indentation = work.text.slice(lineStartOf(work.text, at), at);
  return (
    lineBreakAt(work.text, lineStartOf(work.text, at)) +
    (/^\s*$/.test(indentation) ? indentation : ' '.repeat(columnOf(work.text, at)))
  );
}

/** What goes with an entry of a flow collection: itself with one comma, and its lines where it has them for itself. */
export function removeFromFlow(work: Work, node: MapNode | SeqNode, index: number): Draft {
  const { text } = work;
  const entries = entriesOf(node);
  const entry = entries[index];
  if (entry === undefined) return { edits: [] };
  if (entries.length === 1) return { edits: [{ from: node.from + 1, to: node.to - 1, insert: '' }] };
  const { from, to } = extent(entry);
  const end = Math.max(to, entry.comma + 1);
  const previous = entries[index - 1];
  const isLast = index === entries.length - 1;
  const comma: TextEdit[] =
    isLast && entry.comma < 0 && previous !== undefined
      ? [{ from: previous.comma, to: previous.comma + 1, insert: '' }]
      : [];
  const lines = wholeLines(work, { from, to: end }, node);
  if (lines !== undefined) return { edits: [...comma, { ...lines, insert: '' }] };
  const next = entries[index + 1];
  if (next !== undefined) {
    const start = extent(next).from;
    const gap = hasCommentIn(work, end, start) || lineEndOf(text, end) < start ? end : start;
    return { edits: [{ from, to: gap, insert: '' }] };
  }
  const before = previous === undefined ? node.from + 1 : previous.comma + 1;
  const start = hasCommentIn(work, before, from) ? from : before;
  return { edits: [...comma, { from: start, to: end, insert: '' }] };
}

/** The lines of an entry, with the comment behind it, where nothing else stands on them. */
function wholeLines(work: Work, entry: TextRange, node: MapNode | SeqNode): TextRange | undefined {
  const { text } = work;
  const from = lineStartOf(text, entry.from);
  const end = lineEndOf(text, entry.to);
  if (!isBlankRest(text, from, entry.from) || end >= node.to || from <= node.from) return undefined;
  const comment = work.tree.comments.find((each) => each.from >= entry.to && each.from < end);
  if (!isBlankRest(text, entry.to, comment?.from ?? end)) return undefined;
  return { from, to: nextLineOf(text, end) };
}
