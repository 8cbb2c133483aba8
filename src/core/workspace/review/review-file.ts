import { fileId, slotId } from '../../base/ids.ts';
import { countUpTo } from '../../base/lists.ts';
import { readResources } from '../../istio/index.ts';
import { diffLines } from '../../text/index.ts';
import type { LineChange } from '../../text/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import type { ReviewLine, ReviewPart } from './types.ts';

/** Lines that are shown around what changed, and the most that are told of one document. */
const CONTEXT = 3;
const MOST_LINES = 400;

/** What changed between two texts of a file, document by document in text order: empty where they are the same. */
export function reviewText(before: string, after: string): readonly ReviewPart[] {
  if (before === after) return [];
  const sides = { before: sideOf(before), after: sideOf(after) };
  const parts = new Map<string, ReviewLine[]>();
  for (const line of linesOf(diffLines(sides.before.lines, sides.after.lines), sides)) {
    const owner = line.after === undefined ? sides.before.ownerAt(line.before ?? 1) : sides.after.ownerAt(line.after);
    const list = parts.get(owner);
    if (list === undefined) parts.set(owner, [line]);
    else {
      if (!follows(list.at(-1), line)) list.push({ kind: 'gap', text: '' });
      list.push(line);
    }
  }
  const owners = { before: sides.before.owners(), after: sides.after.owners() };
  return [...parts].flatMap(([title, lines]) => {
    const added = lines.filter(({ kind }) => kind === 'added').length;
    const removed = lines.filter(({ kind }) => kind === 'removed').length;
    // Lines around a change in the next document.
    if (added + removed === 0) return [];
    const kind = !owners.before.has(title) ? 'added' : owners.after.has(title) ? 'changed' : 'removed';
    const shown = lines.slice(0, MOST_LINES);
    return [{ title, kind, added, removed, lines: shown, more: lines.length - shown.length }];
  });
}

interface Side {
  readonly lines: readonly string[];
  /** What the document is called in which a line, from 1, stands. */
  readonly ownerAt: (line: number) => string;
  readonly owners: () => ReadonlySet<string>;
}

function sideOf(text: string): Side {
  const segments = splitStream(text);
  const starts: number[] = [];
  let line = 1;
  for (const segment of segments) {
    starts.push(line);
    line += linesIn(segment.text).length - 1;
  }
  const titles: (string | undefined)[] = [];
  const titleAt = (index: number): string => (titles[index] ??= titleOf(segments[index]?.text ?? '', index));
  return {
    lines: linesIn(text),
    ownerAt: (at) => titleAt(Math.max(0, countUpTo(starts, at) - 1)),
    owners: () => new Set(segments.map((_, index) => titleAt(index))),
  };
}

/** A line's end is no part of it: a file that only has other line ends is not told line by line. */
const linesIn = (text: string): string[] => text.split(/\r\n|\r|\n/);

const SOMEWHERE = { file: fileId(''), slot: slotId('') };

function titleOf(text: string, index: number): string {
  const [first, ...others] = readResources(SOMEWHERE.file, SOMEWHERE.slot, readDocument(text), { stale: false });
  if (first === undefined) return `Document ${String(index + 1)}`;
  return others.length === 0 ? first.id : `${first.id} and ${String(others.length)} more`;
}

/** The lines that changed with those around them; none twice. */
function* linesOf(
  changes: readonly LineChange[],
  sides: { readonly before: Side; readonly after: Side },
): Iterable<ReviewLine> {
  let told = 0;
  for (const [index, { before, after }] of changes.entries()) {
    const shift = before.from - after.from;
    for (let at = Math.max(told, after.from - CONTEXT); at < after.from; at += 1) {
      yield { kind: 'same', text: sides.after.lines[at] ?? '', before: at + shift + 1, after: at + 1 };
    }
    for (let at = before.from; at < before.to; at += 1)
      yield { kind: 'removed', text: sides.before.lines[at] ?? '', before: at + 1 };
    for (let at = after.from; at < after.to; at += 1)
      yield { kind: 'added', text: sides.after.lines[at] ?? '', after: at + 1 };
    const next = changes[index + 1]?.after.from ?? sides.after.lines.length;
    told = Math.min(after.to + CONTEXT, next);
    for (let at = after.to; at < told; at += 1) {
      yield { kind: 'same', text: sides.after.lines[at] ?? '', before: at + before.to - after.to + 1, after: at + 1 };
    }
  }
}

/** Whether a line stands just behind the one that was told before it. */
function follows(last: ReviewLine | undefined, line: ReviewLine): boolean {
  if (last === undefined) return true;
  if (last.after !== undefined && line.after !== undefined) return line.after === last.after + 1;
  if (last.before !== undefined && line.before !== undefined) return line.before === last.before + 1;
  return true;
}
