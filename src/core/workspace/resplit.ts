import { countUpTo } from '../base/lists.ts';
import { applyChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import { splitStream } from '../yaml/index.ts';
import type { Segment } from '../yaml/index.ts';

/** A marker `---` with what ends it: an edit behind that leaves it one. */
const OPENS = /^---[ \t\r\n]/;
const MARKER_LENGTH = 4;

/** A text in pieces. `starts` holds the offset of each, and at last the length of the text. */
export interface Tiles {
  readonly pieces: readonly Pick<Segment, 'kind' | 'text'>[];
  readonly starts: Uint32Array;
}

/** Segments in place of the pieces from `start` up to `end`; their offsets are those of the text afterwards. */
export interface Recut {
  readonly start: number;
  readonly end: number;
  readonly segments: readonly Segment[];
}

/** The number of pieces that begin at `most` or before. */
const piecesUpTo = ({ pieces, starts }: Tiles, most: number): number =>
  Math.min(countUpTo(starts, most), pieces.length);

/**
 * What `changes` make of a text in pieces, so that these are the segments that splitStream gives: only the documents around the edit are
 * cut again, from a `---` above it to a document with a `---` below it. `undefined` where the whole text has to be cut.
 */
export function resplit(before: Tiles, changes: ChangeSet): Recut | undefined {
  const { pieces, starts } = before;
  const first = changes[0]?.from;
  const last = changes.at(-1)?.to;
  if (first === undefined || last === undefined || pieces.length === 0) return undefined;
  let start = piecesUpTo(before, first - MARKER_LENGTH) - 1;
  while (start > 0 && !OPENS.test(pieces[start]?.text ?? '')) start -= 1;
  start = Math.max(0, start);
  // The line break before the marker must be as it was.
  let end = piecesUpTo(before, last);
  while (end < pieces.length && !OPENS.test(pieces[end]?.text ?? '')) end += 1;

  const from = starts[start] ?? 0;
  // The text around the edit is put together, since the whole would have to be copied first.
  let text = '';
  for (const piece of pieces.slice(start, end + 1)) text += piece.text;
  const local = changes.map((edit) => ({ from: edit.from - from, to: edit.to - from, insert: edit.insert }));
  const cut = splitStream(applyChanges(text, local));
  const segments = cut.map(({ kind, text: own, ...range }) => ({
    kind,
    from: range.from + from,
    to: range.to + from,
    text: own,
  }));
  const anchor = pieces[end];
  if (anchor === undefined) return { start, end, segments };
  // What is below is as before only if the document there begins where it began.
  const shift = changes.reduce((sum, edit) => sum + edit.insert.length - (edit.to - edit.from), 0);
  const there = segments.at(-1);
  if (there?.kind !== anchor.kind || there.from !== (starts[end] ?? 0) + shift) return undefined;
  return { start, end, segments: segments.slice(0, -1) };
}
