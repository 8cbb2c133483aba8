import type { ChangeSet } from '../text/index.ts';
import { splitStream } from '../yaml/index.ts';
import type { Segment } from '../yaml/index.ts';

/** A marker `---` with what ends it: an edit behind that leaves it one. */
const OPENS = /^---[ \t\r\n]/;
const MARKER_LENGTH = 4;

/** The first of some segments, in the order of their places, that does not fulfil `holds`; their number where all do. */
function firstNot(segments: readonly Segment[], holds: (segment: Segment) => boolean): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment !== undefined && holds(segment)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The segments of `text`, as splitStream gives them, from those of the text before `changes`: only the documents around the edit are cut
 * again, from a `---` above it to a document with a `---` below it.
 */
export function resplit(text: string, before: readonly Segment[], changes: ChangeSet): readonly Segment[] {
  const first = changes[0]?.from;
  const last = changes.at(-1)?.to;
  if (first === undefined || last === undefined) return splitStream(text);
  let start = firstNot(before, ({ from }) => from + MARKER_LENGTH <= first) - 1;
  while (start > 0 && !OPENS.test(before[start]?.text ?? '')) start -= 1;
  start = Math.max(0, start);
  // The line break before the marker must be as it was.
  let end = firstNot(before, ({ from }) => from <= last);
  while (end < before.length && !OPENS.test(before[end]?.text ?? '')) end += 1;

  const shift = changes.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
  const from = before[start]?.from ?? 0;
  const anchor = before[end];
  const to = anchor === undefined ? text.length : anchor.to + shift;
  const cut = splitStream(text.slice(from, to));
  if (anchor !== undefined) {
    // What is below is as before only if the document there begins where it began.
    const there = cut.at(-1);
    if (there?.kind !== anchor.kind || there.from + from !== anchor.from + shift) return splitStream(text);
  }
  const head = before.slice(0, start);
  const middle = cut.map((segment) => moved(segment, from));
  return [...head, ...middle, ...before.slice(end + 1).map((segment) => moved(segment, shift))];
}

function moved(segment: Segment, shift: number): Segment {
  if (shift === 0) return segment;
  const { kind, from, to, text } = segment;
  return { kind, from: from + shift, to: to + shift, text };
}
