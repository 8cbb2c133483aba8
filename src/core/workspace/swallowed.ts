import type { SlotId } from '../base/ids.ts';
import { mapRange } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import type { Segment, YamlDocument } from '../yaml/types.ts';
import type { DocumentSlot, PlacedDocument } from './types.ts';

/** The documents whose text lies in that of another, with offsets in the file: after an edit they may stand for themselves again. */
export function swallowedIn({ was: host, from: start }: PlacedDocument): readonly PlacedDocument[] {
  return (host.swallowed ?? []).map(({ was, from, to }) => ({
    was: { ...was, file: host.file },
    from: start + from,
    to: start + to,
  }));
}

/** A document without those whose text lies in it. */
export function bare(placed: PlacedDocument): PlacedDocument {
  const { was, from, to } = placed;
  if (was.swallowed === undefined) return placed;
  const { swallowed: _, ...own } = was;
  return { was: { ...own, resources: was.resources.filter(({ source }) => source.slot === was.slot) }, from, to };
}

/**
 * Which of the documents that no longer stand for themselves lie in a segment: those that declared something and most of whose text is
 * there. `changes` lead from the text that they stand in to that of the segment.
 */
export function partsWithin(segment: Segment, gone: Iterable<PlacedDocument>, changes: ChangeSet): PlacedDocument[] {
  const parts: PlacedDocument[] = [];
  for (const one of gone) {
    if (one.was.resources.length === 0) continue;
    const length = one.to - one.from;
    let left = length;
    for (const edit of changes) left -= Math.max(0, Math.min(edit.to, one.to) - Math.max(edit.from, one.from));
    if (left * 2 <= length) continue;
    const range = mapRange(changes, one);
    const from = Math.max(range.from, segment.from) - segment.from;
    const to = Math.min(range.to, segment.to) - segment.from;
    if (to > from) parts.push({ was: one.was, from, to });
  }
  return parts.sort((a, b) => a.from - b.from);
}

/** Whether a document says twice, on its first level, what kind of object it is: kubectl would read the last, and drop the others. */
export function isTwoInOne({ text, problems }: YamlDocument): boolean {
  return problems.some(({ code, range: { from, to } }) => {
    if (code !== 'yaml/duplicate-key' || (from > 0 && text[from - 1] !== '\n')) return false;
    const key = text.slice(from, to);
    return key === 'kind' || key === 'apiVersion';
  });
}

/** The slot of an id, or the one in whose text that document lies. */
export function hostOf(slots: readonly DocumentSlot[], id: SlotId): DocumentSlot | undefined {
  return slots.find((one) => one.slot === id) ?? slots.find((one) => one.swallowed?.some(({ was }) => was.slot === id));
}
