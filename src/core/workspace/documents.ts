import { slotId } from '../base/ids.ts';
import type { FileId, SlotId } from '../base/ids.ts';
import type { Resource } from '../istio/types.ts';
import { readResources } from '../istio/index.ts';
import { lineIndex } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import type { Segment, YamlDocument } from '../yaml/index.ts';
import { matchSlots } from './match-slots.ts';
import { resplit } from './resplit.ts';
import { bare, isTwoInOne, partsWithin, swallowedIn } from './swallowed.ts';
import type { DocumentSlot, Swallowed, WorkspaceFile } from './types.ts';

/** A file's text, cut. `segments` tile it; `slots` are its documents, `slotAt[i]` the one of segment `i`. */
export interface FileCut {
  readonly file: FileId;
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Line breaks in each segment. */
  readonly breaks: readonly number[];
  readonly slotAt: readonly (DocumentSlot | undefined)[];
  readonly slots: readonly DocumentSlot[];
  /** The resources of all slots. */
  readonly declared: readonly Resource[];
}

/** Gives ids to documents, and remembers those that went: a text that was here before comes back as the document that it was. */
export interface SlotGiver {
  readonly fresh: () => SlotId;
  readonly bury: (slot: DocumentSlot) => void;
  readonly revive: (text: string) => DocumentSlot | undefined;
  /** What a text that can't be read meant when it was there before. */
  readonly goods: Map<string, YamlDocument>;
  /** The texts are those of an undo or redo: one that can't be read means what it meant then, whatever stood there since. */
  readonly isReturn?: boolean;
}

/** How many documents that went are remembered. */
const GRAVES = 1000;

/** A giver for one session. */
export function createSlotGiver(): SlotGiver {
  const graves = new Map<string, DocumentSlot[]>();
  let buried = 0;
  let next = 0;
  return {
    goods: new Map(),
    fresh: () => {
      next += 1;
      return slotId(`s${next}`);
    },
    bury: (slot) => {
      const there = graves.get(slot.document.text);
      if (there === undefined) graves.set(slot.document.text, [slot]);
      else there.push(slot);
      buried += 1;
      const oldest = buried > GRAVES ? graves.keys().next().value : undefined;
      if (oldest === undefined) return;
      buried -= graves.get(oldest)?.length ?? 0;
      graves.delete(oldest);
    },
    revive: (text) => {
      const there = graves.get(text);
      const slot = there?.pop();
      if (there?.length === 0) graves.delete(text);
      if (slot !== undefined) buried -= 1;
      return slot;
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
  const old = before ?? NO_CUT;
  const segments = file.readOnly === undefined ? segmentsOf(file.text, old, changes) : [];
  const { head, tail } = sameEnds(old.segments, segments, old.text.length, file.text.length, changes);

  const slotAt = new Array<DocumentSlot | undefined>(segments.length).fill(undefined);
  const shift = file.text.length - old.text.length;
  for (let index = 0; index < head; index += 1) {
    const slot = old.slotAt[index];
    slotAt[index] = slot && placed(slot, file.id, slot.from, slot.to);
  }
  for (let back = 1; back <= tail; back += 1) {
    const slot = old.slotAt[old.segments.length - back];
    slotAt[segments.length - back] = slot && placed(slot, file.id, slot.from + shift, slot.to + shift);
  }

  const between = old.slotAt.slice(head, old.segments.length - tail).filter((slot) => slot !== undefined);
  const fresh: { readonly segment: Segment; readonly index: number }[] = [];
  for (let index = head; index < segments.length - tail; index += 1) {
    const segment = segments[index];
    if (segment?.kind === 'document') fresh.push({ segment, index });
  }
  const standing = between.map(bare);
  const within = between.flatMap(swallowedIn);
  const matches = matchSlots(
    [...standing, ...within],
    fresh.map(({ segment }) => segment),
    changes,
    new Set(within),
  );
  const kept = new Set(matches);
  const lost = new Set([...standing, ...within].filter((slot) => !kept.has(slot)));
  fresh.forEach(({ segment, index }, nth) => {
    const parts = changes === undefined ? [] : partsWithin(segment, lost, changes);
    const slot = slotOf(segment, file.id, matches[nth] ?? giver.revive(segment.text), giver, parts.length > 0);
    slotAt[index] = holding(slot, parts);
    if (slotAt[index] !== slot) for (const { was } of parts) lost.delete(was);
  });
  for (const slot of lost) giver.bury(slot);
  const breaks = segments.map((segment, index) => {
    if (index < head) return old.breaks[index] ?? 0;
    const back = segments.length - index;
    if (back <= tail) return old.breaks[old.segments.length - back] ?? 0;
    return lineIndex(segment.text).lineCount - 1;
  });
  const slots = slotAt.filter((slot) => slot !== undefined);
  const now = slotAt.slice(head, segments.length - tail).filter((slot) => slot !== undefined);
  const declared = (before?.file === file.id ? declaredAfter(before, between, now) : undefined) ?? declaredBy(slots);
  return { file: file.id, text: file.text, segments, breaks, slotAt, slots, declared };
}

/** The slot with the documents that lie in it, where it can't be read; itself where it can, or there are none. */
function holding(slot: DocumentSlot, swallowed: readonly Swallowed[]): DocumentSlot {
  if (swallowed.length === 0 || !slot.stale) return slot;
  return { ...slot, resources: [...slot.resources, ...swallowed.flatMap(({ was }) => readStale(was))], swallowed };
}

const staleOf = new WeakMap<YamlDocument, readonly Resource[]>();

/** What a document that can't be read for the time being says, as stale as it is. */
function readStale({ slot, file, document, lastGood, stale, resources }: DocumentSlot): readonly Resource[] {
  if (stale) return resources;
  const good = lastGood ?? document;
  const known = staleOf.get(good);
  if (known?.every(({ source }) => source.slot === slot && source.file === file)) return known;
  const made = resourcesOf(good, file, slot, true);
  staleOf.set(good, made);
  return made;
}

const NO_CUT: Pick<FileCut, 'segments' | 'breaks' | 'slotAt' | 'text'> = {
  segments: [],
  breaks: [],
  slotAt: [],
  text: '',
};

function segmentsOf(text: string, before: Pick<FileCut, 'segments'>, changes: ChangeSet | undefined) {
  return changes === undefined || before.segments.length === 0
    ? splitStream(text)
    : resplit(text, before.segments, changes);
}

function declaredBy(slots: readonly DocumentSlot[]): readonly Resource[] {
  const declared: Resource[] = [];
  // A loop: flatMap over 2,000 documents took a millisecond for each key.
  for (const slot of slots) for (const resource of slot.resources) declared.push(resource);
  return declared;
}

/** What is declared when some documents that stood side by side gave way to others; `undefined` where their place is not known. */
function declaredAfter(
  { declared }: FileCut,
  gone: readonly DocumentSlot[],
  came: readonly DocumentSlot[],
): readonly Resource[] | undefined {
  const was = declaredBy(gone);
  const is = declaredBy(came);
  const [first] = was;
  if (first === undefined) return is.length === 0 ? declared : undefined;
  if (was.length === is.length && was.every((resource, index) => resource === is[index])) return declared;
  const at = declared.indexOf(first);
  return [...declared.slice(0, at), ...is, ...declared.slice(at + was.length)];
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

/** `holds`: the text of other documents has come into this one. */
function slotOf(
  segment: Segment,
  file: FileId,
  before: DocumentSlot | undefined,
  giver: SlotGiver,
  holds: boolean,
): DocumentSlot {
  const { from, to, text } = segment;
  if (before?.document.text === text) return placed(before, file, from, to);
  const slot = before?.slot ?? giver.fresh();
  const document = readDocument(text);
  const resources = resourcesOf(document, file, slot, false);
  const isUnreadable = unreadable(document) || (holds && isTwoInOne(document));
  const says = document.empty || (!isUnreadable && resources.length > 0);
  const last = before && lastGoodOf(before);
  const past = giver.goods.get(text);
  const good = says ? undefined : giver.isReturn === true ? (past ?? last) : (last ?? past);
  if (good === undefined) {
    return { slot, file, from, to, document, lastGood: undefined, stale: isUnreadable, resources };
  }
  // Half typed: what it said last stays on the canvas, marked, until it says something again.
  giver.goods.set(text, good);
  if (giver.goods.size > GRAVES) giver.goods.delete(giver.goods.keys().next().value ?? '');
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

/** The same document at another place, perhaps of another file. */
function placed(before: DocumentSlot, file: FileId, from: number, to: number): DocumentSlot {
  if (before.file === file && before.from === from && before.to === to) return before;
  if (before.file === file) return { ...before, from, to };
  const { slot, document, lastGood, stale, swallowed } = before;
  const within = swallowed?.map(({ was, ...part }) => ({ was: placed(was, file, was.from, was.to), ...part }));
  const resources = [
    ...resourcesOf(lastGood ?? document, file, slot, stale),
    ...(within ?? []).flatMap(({ was }) => readStale(was)),
  ];
  return { slot, file, from, to, document, lastGood, stale, resources, swallowed: within };
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
