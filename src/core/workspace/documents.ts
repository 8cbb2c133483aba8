import { slotId } from '../base/ids.ts';
import type { FileId, SlotId } from '../base/ids.ts';
import { countUpTo, sameItems } from '../base/lists.ts';
import type { Resource } from '../istio/types.ts';
import { readResources } from '../istio/index.ts';
import { countBreaks } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import type { Segment, YamlDocument } from '../yaml/index.ts';
import { keepSlotPlaces, spliced, splicedSums } from './cuts.ts';
import type { FileCut, Piece } from './cuts.ts';
import { matchSlots } from './match-slots.ts';
import { resplit } from './resplit.ts';
import type { Recut } from './resplit.ts';
import { bare, isTwoInOne, partsWithin, swallowedIn } from './swallowed.ts';
import type { PlacedDocument, StandingDocument, WorkspaceFile } from './types.ts';

/** Gives ids to documents, and remembers those that went: a text that was here before comes back as the document that it was. */
export interface SlotGiver {
  readonly fresh: () => SlotId;
  readonly bury: (document: StandingDocument) => void;
  readonly revive: (text: string) => StandingDocument | undefined;
  /** What a text that can't be read meant when it was there before. */
  readonly goods: Map<string, YamlDocument>;
  /** The texts are those of an undo or redo: one that can't be read means what it meant then, whatever stood there since. */
  readonly isReturn?: boolean;
}

/** How many documents that went are remembered. */
const GRAVES = 1000;

/** A giver for one session. */
export function createSlotGiver(): SlotGiver {
  const graves = new Map<string, StandingDocument[]>();
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
  if (before?.file === file.id && (changes?.length === 0 || before.text === file.text)) return before;
  const old = before === undefined ? NO_CUT : cutInFile(before, file.id);
  const { start, end, segments } = recutOf(file, old, changes);
  const first = countUpTo(old.pieceOf, start - 1);
  const between = old.documents.slice(first, countUpTo(old.pieceOf, end - 1)).map((was, index): PlacedDocument => {
    const piece = old.pieceOf[first + index] ?? 0;
    return { was, from: old.starts[piece] ?? 0, to: old.starts[piece + 1] ?? 0 };
  });
  const now = documentsOf(segments, between, { file: file.id, changes, giver });
  const came = segments.map(({ kind, text }, index): Piece => {
    return { kind, text, breaks: countBreaks(text), document: now[index] };
  });
  const was = between.map((placed) => placed.was);
  const is = now.filter((document) => document !== undefined);
  const documents = sameItems(was, is) ? old.documents : spliced(old.documents, first, first + was.length, is);
  if (documents !== old.documents) keepSlotPlaces(old.documents, documents, first, first + was.length);
  const pieces = spliced(old.pieces, start, end, came);
  const kinds = (part: readonly Pick<Segment, 'kind'>[]): string => part.map(({ kind }) => kind).join();
  const lengths = segments.map((segment) => segment.to - segment.from);
  return {
    file: file.id,
    text: file.text,
    pieces,
    starts: splicedSums(old.starts, start, end, lengths),
    above: splicedSums(
      old.above,
      start,
      end,
      came.map(({ breaks }) => breaks),
    ),
    documents,
    pieceOf: kinds(old.pieces.slice(start, end)) === kinds(came) ? old.pieceOf : piecesOf(pieces),
    declared: declaredAfter(old, was, is) ?? declaredBy(documents),
  };
}

const NO_CUT: Omit<FileCut, 'file'> = {
  text: '',
  pieces: [],
  starts: Uint32Array.of(0),
  above: Uint32Array.of(0),
  documents: [],
  pieceOf: new Uint32Array(),
  declared: [],
};

function piecesOf(pieces: readonly Piece[]): Uint32Array {
  return Uint32Array.from(pieces.flatMap(({ document }, index) => (document === undefined ? [] : [index])));
}

/** The cut of a file that goes by another name now. */
function cutInFile(cut: FileCut, file: FileId): Omit<FileCut, 'file'> {
  if (cut.file === file) return cut;
  const pieces = cut.pieces.map((piece) => ({ ...piece, document: piece.document && inFile(piece.document, file) }));
  const documents = pieces.map(({ document }) => document).filter((document) => document !== undefined);
  return { ...cut, pieces, documents, declared: declaredBy(documents) };
}

/** What an edit makes of the pieces, without those at both ends that it left as they were. */
function recutOf(file: WorkspaceFile, old: Omit<FileCut, 'file'>, changes: ChangeSet | undefined): Recut {
  const all = old.pieces.length;
  if (file.readOnly !== undefined) return { start: 0, end: all, segments: [] };
  const around = changes === undefined || all === 0 ? undefined : resplit(old, changes);
  const recut = around ?? { start: 0, end: all, segments: splitStream(file.text) };
  if (changes === undefined || all === 0) return recut;
  let { start, end } = recut;
  const first = changes[0]?.from ?? old.text.length;
  const last = changes.at(-1)?.to ?? 0;
  const shift = file.text.length - old.text.length;
  const isSame = (piece: number, segment: Segment | undefined, by: number): boolean =>
    segment !== undefined &&
    old.pieces[piece]?.kind === segment.kind &&
    (old.starts[piece] ?? 0) + by === segment.from &&
    (old.starts[piece + 1] ?? 0) + by === segment.to;
  let head = 0;
  let tail = recut.segments.length;
  while (
    start < end &&
    head < tail &&
    (old.starts[start + 1] ?? 0) <= first &&
    isSame(start, recut.segments[head], 0)
  ) {
    start += 1;
    head += 1;
  }
  while (start < end && head < tail && (old.starts[end - 1] ?? 0) >= last) {
    if (!isSame(end - 1, recut.segments[tail - 1], shift)) break;
    end -= 1;
    tail -= 1;
  }
  return { start, end, segments: recut.segments.slice(head, tail) };
}

interface Naming {
  readonly file: FileId;
  readonly changes: ChangeSet | undefined;
  readonly giver: SlotGiver;
}

/** The document that each segment is, as far as it is one; `between` are those that stood there before. */
function documentsOf(
  segments: readonly Segment[],
  between: readonly PlacedDocument[],
  { file, changes, giver }: Naming,
): readonly (StandingDocument | undefined)[] {
  const fresh = segments.filter((segment) => segment.kind === 'document');
  const standing = between.map(bare);
  const within = between.flatMap(swallowedIn);
  const matches = matchSlots([...standing, ...within], fresh, changes, new Set(within));
  const kept = new Set(matches);
  const lost = new Set([...standing, ...within].filter((placed) => !kept.has(placed)));
  const made = new Map<Segment, StandingDocument>();
  fresh.forEach((segment, nth) => {
    const parts = changes === undefined ? [] : partsWithin(segment, lost, changes);
    const before = matches[nth]?.was ?? giver.revive(segment.text);
    const document = documentOf(segment.text, file, before, giver, parts.length > 0);
    const whole = holding(document, parts);
    made.set(segment, whole);
    if (whole === document) return;
    for (const placed of lost) if (parts.some(({ was }) => was === placed.was)) lost.delete(placed);
  });
  for (const { was } of lost) giver.bury(was);
  return segments.map((segment) => made.get(segment));
}

/** The document with those that lie in it, where it can't be read; itself where it can, or there are none. */
function holding(slot: StandingDocument, swallowed: readonly PlacedDocument[]): StandingDocument {
  if (swallowed.length === 0 || !slot.stale) return slot;
  return { ...slot, resources: [...slot.resources, ...swallowed.flatMap(({ was }) => readStale(was))], swallowed };
}

const staleOf = new WeakMap<YamlDocument, readonly Resource[]>();

/** What a document that can't be read for the time being says, as stale as it is. */
function readStale({ slot, file, document, lastGood, stale, resources }: StandingDocument): readonly Resource[] {
  if (stale) return resources;
  const good = lastGood ?? document;
  const known = staleOf.get(good);
  if (known?.every(({ source }) => source.slot === slot && source.file === file)) return known;
  const made = resourcesOf(good, file, slot, true);
  staleOf.set(good, made);
  return made;
}

function declaredBy(slots: readonly StandingDocument[]): readonly Resource[] {
  const declared: Resource[] = [];
  // A loop: flatMap over 2,000 documents took a millisecond for each key.
  for (const slot of slots) for (const resource of slot.resources) declared.push(resource);
  return declared;
}

/** What is declared when some documents that stood side by side gave way to others; `undefined` where their place is not known. */
function declaredAfter(
  { declared }: Pick<FileCut, 'declared'>,
  gone: readonly StandingDocument[],
  came: readonly StandingDocument[],
): readonly Resource[] | undefined {
  const was = declaredBy(gone);
  const is = declaredBy(came);
  const [first] = was;
  if (first === undefined) return is.length === 0 ? declared : undefined;
  if (was.length === is.length && was.every((resource, index) => resource === is[index])) return declared;
  const at = declared.indexOf(first);
  return spliced(declared, at, at + was.length, is);
}

/** `holds`: the text of other documents has come into this one. */
function documentOf(
  text: string,
  file: FileId,
  before: StandingDocument | undefined,
  giver: SlotGiver,
  holds: boolean,
): StandingDocument {
  if (before?.document.text === text) return inFile(before, file);
  const slot = before?.slot ?? giver.fresh();
  const document = readDocument(text);
  const resources = resourcesOf(document, file, slot, false);
  const isUnreadable = unreadable(document) || (holds && isTwoInOne(document));
  const says = document.empty || (!isUnreadable && resources.length > 0);
  const last = before && lastGoodOf(before);
  const past = giver.goods.get(text);
  const good = says ? undefined : giver.isReturn === true ? (past ?? last) : (last ?? past);
  if (good === undefined) return { slot, file, document, lastGood: undefined, stale: isUnreadable, resources };
  // Half typed: what it said last stays on the canvas, marked, until it says something again.
  giver.goods.set(text, good);
  if (giver.goods.size > GRAVES) giver.goods.delete(giver.goods.keys().next().value ?? '');
  return { slot, file, document, lastGood: good, stale: true, resources: resourcesOf(good, file, slot, true) };
}

/** The same document in another file. */
function inFile(before: StandingDocument, file: FileId): StandingDocument {
  if (before.file === file) return before;
  const { slot, document, lastGood, stale, swallowed } = before;
  const within = swallowed?.map(({ was, ...part }) => ({ was: inFile(was, file), ...part }));
  const resources = [
    ...resourcesOf(lastGood ?? document, file, slot, stale),
    ...(within ?? []).flatMap(({ was }) => readStale(was)),
  ];
  return { slot, file, document, lastGood, stale, resources, swallowed: within };
}

const unreadable = (document: YamlDocument): boolean => document.broken || document.template;

/** The last text of the slot that declared something. */
function lastGoodOf(slot: StandingDocument): YamlDocument | undefined {
  if (slot.stale) return slot.lastGood;
  return slot.resources.length > 0 ? slot.document : undefined;
}

function resourcesOf(document: YamlDocument, file: FileId, slot: SlotId, stale: boolean): readonly Resource[] {
  return readResources(file, slot, document, { stale });
}
