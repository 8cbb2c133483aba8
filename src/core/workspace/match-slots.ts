import { mapRange } from '../text/index.ts';
import type { ChangeSet } from '../text/types.ts';
import type { Segment } from '../yaml/types.ts';
import type { PlacedDocument } from './types.ts';

/**
 * Which document of the text before each of the new segments is. `before` and `after` are the stretches of both lists that an edit
 * touched, in text order; the answer has an entry for each of `after`.
 * First come equal texts, then those whose stretch of text lies on a segment when mapped through the edit (where several do, the one
 * that still says the same kind and name, else the one that lies on it most), then the same kind and name anywhere, then order among
 * what is left between the same neighbours. Documents that lie `within` others have no order.
 */
export function matchSlots(
  before: readonly PlacedDocument[],
  after: readonly Segment[],
  changes: ChangeSet | undefined,
  within: ReadonlySet<PlacedDocument> = new Set(),
): readonly (PlacedDocument | undefined)[] {
  const matched: (PlacedDocument | undefined)[] = after.map(() => undefined);
  const free = new Set(before);
  const take = (index: number, slot: PlacedDocument | undefined): void => {
    if (slot === undefined || !free.has(slot) || matched[index] !== undefined) return;
    matched[index] = slot;
    free.delete(slot);
  };

  if (changes !== undefined) byPlace(free, after, changes, take);
  const texts = firstBy(free, (slot) => slot.was.document.text);
  after.forEach((segment, index) => take(index, texts.get(segment.text)));
  const titles = firstBy(free, (slot) => titleOf(slot));
  after.forEach((segment, index) => take(index, titles.get(titleOfText(segment.text) ?? '')));
  byOrder(
    before.filter((slot) => !within.has(slot)),
    after,
    matched,
    take,
  );
  return matched;
}

type Take = (index: number, slot: PlacedDocument | undefined) => void;

interface Overlap {
  readonly index: number;
  readonly slot: PlacedDocument;
  readonly rank: number;
}

function byPlace(before: Iterable<PlacedDocument>, after: readonly Segment[], changes: ChangeSet, take: Take): void {
  const overlaps: Overlap[] = [];
  let first = 0;
  for (const slot of before) {
    const range = mapRange(changes, slot);
    while (first < after.length && (after[first]?.to ?? 0) <= range.from) first += 1;
    for (let index = first; index < after.length; index += 1) {
      const segment = after[index];
      if (segment === undefined || segment.from >= range.to) break;
      const shared = Math.min(segment.to, range.to) - Math.max(segment.from, range.from);
      const sameTitle = titleOf(slot) !== undefined && titleOf(slot) === titleOfText(segment.text);
      overlaps.push({
        index,
        slot,
        rank: shared + (segment.text === slot.was.document.text ? 2e9 : sameTitle ? 1e9 : 0),
      });
    }
  }
  overlaps.sort((a, b) => b.rank - a.rank);
  for (const { index, slot } of overlaps) take(index, slot);
}

/** A document that can't be read, or lost its name, is still the one that stood between the same two. */
function byOrder(
  before: readonly PlacedDocument[],
  after: readonly Segment[],
  matched: readonly (PlacedDocument | undefined)[],
  take: Take,
): void {
  const place = new Map(before.map((slot, index) => [slot, index]));
  const used = new Set(matched);
  let next = 0;
  after.forEach((segment, index) => {
    const own = matched[index];
    if (own !== undefined) {
      next = Math.max(next, (place.get(own) ?? 0) + 1);
      return;
    }
    const candidate = before[next];
    if (candidate === undefined || used.has(candidate)) return;
    const kind = kindOfText(segment.text);
    if (kind !== undefined && kind !== kindOfText(goodText(candidate))) return;
    take(index, candidate);
    next += 1;
  });
}

function firstBy(slots: Iterable<PlacedDocument>, keyOf: (slot: PlacedDocument) => string | undefined) {
  const map = new Map<string, PlacedDocument>();
  for (const slot of slots) {
    const key = keyOf(slot);
    if (key !== undefined && !map.has(key)) map.set(key, slot);
  }
  return map;
}

const goodText = ({ was }: PlacedDocument): string => (was.lastGood ?? was.document).text;

const titleOf = (slot: PlacedDocument): string | undefined =>
  titleOfText(slot.was.document.text) ?? titleOfText(goodText(slot));

/** `kind name` as the lines say it, however broken the rest is; `undefined` where a line is missing. */
function titleOfText(text: string): string | undefined {
  const kind = kindOfText(text);
  const name = /^[ \t]+name:[ \t]*(\S+)/m.exec(text)?.[1];
  return kind === undefined || name === undefined ? undefined : `${kind} ${name}`;
}

function kindOfText(text: string): string | undefined {
  return /^kind:[ \t]*(\S+)/m.exec(text)?.[1];
}
