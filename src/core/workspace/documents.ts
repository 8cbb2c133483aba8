import type { FileId, SlotId } from '../base/ids.ts';
import type { Resource } from '../istio/types.ts';
import { readResources } from '../istio/index.ts';
import { lineIndex } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import type { Segment, YamlDocument } from '../yaml/index.ts';
import { matchSlots } from './match-slots.ts';
import type { DocumentSlot, WorkspaceFile } from './types.ts';

/** A file's text, cut. `segments` tile it; `slots` are its documents, `slotAt[i]` the one of segment `i`. */
export interface FileCut {
  readonly file: FileId;
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Line breaks in each segment. */
  readonly breaks: readonly number[];
  readonly slotAt: readonly (DocumentSlot | undefined)[];
  readonly slots: readonly DocumentSlot[];
}

/** Gives ids to documents: the old one to a text that was here before and is gone (undo brings it back), else a new one. */
export interface SlotGiver {
  readonly give: (text: string) => SlotId;
  readonly bury: (slot: SlotId, text: string) => void;
}

/** A giver for one session. Remembers the last thousand documents that went. */
export function createSlotGiver(): SlotGiver {
  const graves = new Map<string, SlotId[]>();
  let buried = 0;
  let next = 0;
  return {
    give: (text) => {
      const ids = graves.get(text);
      const id = ids?.pop();
      if (ids?.length === 0) graves.delete(text);
      if (id !== undefined) {
        buried -= 1;
        return id;
      }
      next += 1;
      // The brand is made here and nowhere else.
      return `s${next}` as SlotId;
    },
    bury: (slot, text) => {
      const ids = graves.get(text);
      if (ids === undefined) graves.set(text, [slot]);
      else ids.push(slot);
      buried += 1;
      if (buried <= 1000) return;
      const oldest = graves.keys().next().value;
      if (oldest === undefined) return;
      buried -= graves.get(oldest)?.length ?? 0;
      graves.delete(oldest);
    },
  };
}

/**
 * Cuts a file into documents, reading only those whose text is not the same as before. `changes` lead from `before.text` to the file's
 * text (`undefined`: not known). Read-only files have no documents: they are shown, not drawn.
 */
export function cutFile(
  file: WorkspaceFile,
  before: FileCut | undefined,
  changes: ChangeSet | undefined,
  giver: SlotGiver,
): FileCut {
  if (before?.text === file.text && before.file === file.id) return before;
  const segments = file.readOnly === undefined ? splitStream(file.text) : [];
  const old = before ?? { segments: [], breaks: [], slotAt: [], text: '' };
  const { head, tail } = sameEnds(old.segments, segments, old.text.length, file.text.length, changes);

  const slotAt = new Array<DocumentSlot | undefined>(segments.length).fill(undefined);
  const shift = file.text.length - old.text.length;
  for (let index = 0; index < head; index += 1) slotAt[index] = moved(old.slotAt[index], file.id, 0);
  for (let back = 1; back <= tail; back += 1) {
    slotAt[segments.length - back] = moved(old.slotAt[old.segments.length - back], file.id, shift);
  }

  const between = old.slotAt.slice(head, old.segments.length - tail).filter((slot) => slot !== undefined);
  const fresh: { readonly segment: Segment; readonly index: number }[] = [];
  for (let index = head; index < segments.length - tail; index += 1) {
    const segment = segments[index];
    if (segment?.kind === 'document') fresh.push({ segment, index });
  }
  const matches = matchSlots(
    between,
    fresh.map(({ segment }) => segment),
    changes,
  );
  const kept = new Set(matches);
  for (const slot of between) if (!kept.has(slot)) giver.bury(slot.slot, slot.document.text);
  fresh.forEach(({ segment, index }, nth) => {
    slotAt[index] = slotOf(segment, file.id, matches[nth], giver);
  });
  const breaks = segments.map((segment, index) => {
    if (index < head) return old.breaks[index] ?? 0;
    const back = segments.length - index;
    if (back <= tail) return old.breaks[old.segments.length - back] ?? 0;
    return lineIndex(segment.text).lineCount - 1;
  });
  const slots = slotAt.filter((slot) => slot !== undefined);
  return { file: file.id, text: file.text, segments, breaks, slotAt, slots };
}

/** How many segments at both ends are the same, untouched by the edit. */
function sameEnds(
  before: readonly Segment[],
  after: readonly Segment[],
  lengthBefore: number,
  lengthAfter: number,
  changes: ChangeSet | undefined,
) {
  const first = changes?.[0]?.from ?? (changes === undefined ? 0 : lengthBefore);
  const last = changes?.at(-1)?.to ?? (changes === undefined ? lengthBefore : 0);
  const shift = lengthAfter - lengthBefore;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(before[head], after[head], 0) && (before[head]?.to ?? 0) <= first) head += 1;
  let tail = 0;
  while (tail < most - head) {
    const old = before[before.length - 1 - tail];
    if (!same(old, after[after.length - 1 - tail], shift) || (old?.from ?? 0) < last) break;
    tail += 1;
  }
  return { head, tail };
}

function same(before: Segment | undefined, after: Segment | undefined, shift: number): boolean {
  if (before === undefined || after === undefined || before.kind !== after.kind) return false;
  return before.from + shift === after.from && before.to + shift === after.to;
}

function moved(before: DocumentSlot | undefined, file: FileId, shift: number): DocumentSlot | undefined {
  if (before === undefined || (shift === 0 && before.file === file)) return before;
  const { slot, document, lastGood, stale } = before;
  const resources = before.file === file ? before.resources : resourcesOf(lastGood ?? document, file, slot, stale);
  return { slot, file, from: before.from + shift, to: before.to + shift, document, lastGood, stale, resources };
}

function slotOf(segment: Segment, file: FileId, before: DocumentSlot | undefined, giver: SlotGiver): DocumentSlot {
  const { from, to, text } = segment;
  const slot = before?.slot ?? giver.give(text);
  if (before?.document.text === text && before.file === file) {
    return before.from === from && before.to === to ? before : { ...before, from, to };
  }
  const document = readDocument(text);
  const resources = resourcesOf(document, file, slot, false);
  const good = before && lastGoodOf(before);
  if (good === undefined || document.empty || (!unreadable(document) && resources.length > 0)) {
    return { slot, file, from, to, document, lastGood: undefined, stale: unreadable(document), resources };
  }
  // Half typed: what it said last stays on the canvas, marked, until it says something again.
  return {
    slot,
    file,
    from,
    to,
    document,
    lastGood: good,
    stale: true,
    resources: resourcesOf(good, file, slot, true),
  };
}

const unreadable = (document: YamlDocument): boolean => document.broken || document.template;

/** The last text of the slot that declared something. */
function lastGoodOf(slot: DocumentSlot): YamlDocument | undefined {
  if (slot.stale) return slot.lastGood;
  return slot.resources.length > 0 ? slot.document : undefined;
}

function resourcesOf(document: YamlDocument, file: FileId, slot: SlotId, stale: boolean): readonly Resource[] {
  return readResources(file, slot, document, { stale });
}
