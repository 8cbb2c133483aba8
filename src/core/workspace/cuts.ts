import type { FileId, SlotId } from '../base/ids.ts';
import { countUpTo } from '../base/lists.ts';
import type { Resource } from '../istio/types.ts';
import type { Segment } from '../yaml/index.ts';
import type { DocumentSlot, StandingDocument } from './types.ts';

/** A part of a file's text: a document, or what stands between documents. It does not know where it stands. */
export interface Piece extends Pick<Segment, 'kind' | 'text'> {
  /** Line breaks in it. */
  readonly breaks: number;
  readonly document?: StandingDocument | undefined;
}

/**
 * A file's text, cut. Places are numbers beside the pieces, not in them: a key moves everything below it, and to make 1,000 documents anew
 * for that took a millisecond and more, where numbers take a microsecond.
 */
export interface FileCut {
  readonly file: FileId;
  readonly text: string;
  /** They tile the text. */
  readonly pieces: readonly Piece[];
  /** The offset of each piece, and at last the length of the text. */
  readonly starts: Uint32Array;
  /** Line breaks above each piece, and at last all. */
  readonly above: Uint32Array;
  readonly documents: readonly StandingDocument[];
  /** The piece that each document is. */
  readonly pieceOf: Uint32Array;
  /** The resources of all documents. */
  readonly declared: readonly Resource[];
}

/** The list with other items in place of those from `start` up to `end`. */
export function spliced<T>(list: readonly T[], start: number, end: number, items: readonly T[]): readonly T[] {
  if (items.length !== end - start) return [...list.slice(0, start), ...items, ...list.slice(end)];
  const next = list.slice();
  for (const [index, item] of items.entries()) next[start + index] = item;
  return next;
}

/** The same of numbers. */
export function splicedNumbers(list: Uint32Array, start: number, end: number, items: Uint32Array): Uint32Array {
  const next = new Uint32Array(list.length - (end - start) + items.length);
  next.set(list.subarray(0, start));
  next.set(items, start);
  next.set(list.subarray(end), start + items.length);
  return next;
}

/** Sums when some of the summands give way to others: `sums[i]` is that of the first `i`. The same list where nothing is different. */
export function splicedSums(sums: Uint32Array, start: number, end: number, summands: readonly number[]): Uint32Array {
  const next = splicedNumbers(sums, start + 1, end + 1, new Uint32Array(summands.length));
  let sum = sums[start] ?? 0;
  let same = next.length === sums.length;
  for (const [index, summand] of summands.entries()) {
    sum += summand;
    const at = start + 1 + index;
    next[at] = sum;
    same &&= sums[at] === sum;
  }
  const shift = sum - (sums[end] ?? 0);
  if (shift === 0) return same ? sums : next;
  for (let at = start + 1 + summands.length; at < next.length; at += 1) next[at] = (next[at] ?? 0) + shift;
  return next;
}

/** The number of the document that holds an offset of the file. */
export function documentAt({ starts, pieceOf, pieces }: FileCut, offset: number): number | undefined {
  const piece = countUpTo(starts, offset) - 1;
  const at = countUpTo(pieceOf, piece) - 1;
  return piece < pieces.length && at >= 0 && pieceOf[at] === piece ? at : undefined;
}

/** Numbers of the pieces that are documents, out of the numbers of all pieces. */
export function ofDocuments({ pieces, pieceOf }: FileCut, numbers: Uint32Array): Uint32Array {
  if (pieceOf.length === pieces.length) return numbers.subarray(0, pieces.length);
  return pieceOf.map((piece) => numbers[piece] ?? 0);
}

/** A document of the file with its place. */
export function slotAt({ documents, pieceOf, starts }: FileCut, at: number): DocumentSlot | undefined {
  const document = documents[at];
  const piece = pieceOf[at] ?? 0;
  return document && placedAt(document, starts[piece] ?? 0, starts[piece + 1] ?? 0);
}

// The last place of a document: there it is the same object.
const slots = new WeakMap<StandingDocument, DocumentSlot>();

/** Written out, since objects made by spreading are several times slower to make and to read. */
function placedAt(standing: StandingDocument, from: number, to: number): DocumentSlot {
  const known = slots.get(standing);
  if (known?.from === from && known.to === to) return known;
  const { slot, file, document, lastGood, stale, resources, swallowed } = standing;
  const made = { slot, file, from, to, document, lastGood, stale, resources, swallowed };
  slots.set(standing, made);
  return made;
}

const slotLists = new WeakMap<FileCut, readonly DocumentSlot[]>();

/** The documents of a file with their places; made when first asked for. */
export function slotsOf(cut: FileCut): readonly DocumentSlot[] {
  let list = slotLists.get(cut);
  if (list === undefined) {
    list = cut.documents.flatMap((_, at) => slotAt(cut, at) ?? []);
    slotLists.set(cut, list);
  }
  return list;
}

type Documents = readonly StandingDocument[];
const places = new WeakMap<Documents, ReadonlyMap<SlotId, number>>();

/** The place in the list of the document of an id, or of the one that has swallowed it. */
export function placeOfSlot(documents: Documents, id: SlotId): number | undefined {
  let known = places.get(documents);
  if (known === undefined) {
    const made = new Map<SlotId, number>();
    documents.forEach(({ swallowed }, at) => {
      for (const { was } of swallowed ?? []) made.set(was.slot, at);
    });
    documents.forEach(({ slot }, at) => made.set(slot, at));
    places.set(documents, made);
    known = made;
  }
  return known.get(id);
}

/** Notes that all documents of a list stand in the same places of a later one, where only those from `start` up to `end` are others. */
export function keepSlotPlaces(before: Documents, now: Documents, start: number, end: number): void {
  const known = places.get(before);
  if (known === undefined || before.length !== now.length) return;
  for (let at = start; at < end; at += 1) {
    const [was, is] = [before[at], now[at]];
    if (was?.slot !== is?.slot || was?.swallowed || is?.swallowed) return;
  }
  places.set(now, known);
}
