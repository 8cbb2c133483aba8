import type { SlotId } from '../base/ids.ts';
import { mapRange } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import type { Segment, YamlDocument } from '../yaml/types.ts';
import type { DocumentSlot, Swallowed } from './types.ts';

/** The documents whose text lies in that of another, with offsets in the file: after an edit they may stand for themselves again. */
export function swallowedIn(host: DocumentSlot): readonly DocumentSlot[] {
  return (host.swallowed ?? []).map(({ was, from, to }) => ({
    ...was,
    file: host.file,
    from: host.from + from,
    to: host.from + to,
  }));
}

/** A slot without the documents whose text lies in it. */
export function bare(slot: DocumentSlot): DocumentSlot {
  if (slot.swallowed === undefined) return slot;
  const { swallowed: _, ...own } = slot;
  return { ...own, resources: slot.resources.filter(({ source }) => source.slot === slot.slot) };
}

/**
 * Which of the documents that no longer stand for themselves lie in a segment: those that declared something and most of whose text is
 * there. `changes` lead from the text that they stand in to that of the segment.
 */
export function partsWithin(segment: Segment, gone: Iterable<DocumentSlot>, changes: ChangeSet): Swallowed[] {
  const parts: Swallowed[] = [];
  for (const was of gone) {
    if (was.resources.length === 0) continue;
    let left = was.to - was.from;
    for (const edit of changes) left -= Math.max(0, Math.min(edit.to, was.to) - Math.max(edit.from, was.from));
    if (left * 2 <= was.to - was.from) continue;
    const range = mapRange(changes, was);
    const from = Math.max(range.from, segment.from) - segment.from;
    const to = Math.min(range.to, segment.to) - segment.from;
    if (to > from) parts.push({ was, from, to });
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
