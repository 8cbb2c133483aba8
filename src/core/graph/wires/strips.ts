import { sameItems } from '../../base/lists.ts';
import { BAND_WIDTH, COLUMN_ORDER, COLUMNS } from '../size.ts';
import type { Point, Size } from '../types.ts';

export type Box = Point & Size;

/** A column of cards as wires meet it: what is covered from top to bottom, in order and without overlap. */
export interface Strip {
  readonly left: number;
  readonly right: number;
  readonly tops: Float64Array;
  readonly bottoms: Float64Array;
}

/** Between a wire in a lane and the cards above and below it. */
const LANE_MARGIN = 7;
/** How much farther from a card a wire keeps that has to go round it, where there is room. */
const EASE = 8;
/** More than any card is wide. */
const MOST_WIDTH = 4096;

/**
 * The strips of all cards, from left to right, none over another. The columns of the layout make strips; a card that was dragged out of
 * its column stands in the way in each strip that it reaches into, and makes a strip of its own where there is none. Strips that are as
 * they were are the objects of `before`.
 */
export function stripsOf(boxes: Iterable<Box>, before: readonly Strip[] = []): readonly Strip[] {
  const spans = new Map<
    number,
    { readonly left: number; readonly right: number; readonly column: boolean; count: number }
  >();
  const all: Box[] = [];
  for (const box of boxes) {
    all.push(box);
    const key = box.x * MOST_WIDTH + box.width;
    const span = spans.get(key);
    if (span) span.count += 1;
    else spans.set(key, { left: box.x, right: box.x + box.width, column: isColumn(box), count: 1 });
  }
  const order = [...spans.values()].sort(
    (a, b) => Number(b.column) - Number(a.column) || b.count - a.count || a.left - b.left || a.right - b.right,
  );
  const taken: { left: number; right: number; boxes: Box[] }[] = [];
  for (const { left, right } of order) {
    if (!taken.some((one) => one.left < right && left < one.right)) taken.push({ left, right, boxes: [] });
  }
  taken.sort((a, b) => a.left - b.left);
  for (const box of all)
    for (const strip of taken) if (strip.left < box.x + box.width && box.x < strip.right) strip.boxes.push(box);
  const old = new Map(before.map((strip) => [strip.left, strip]));
  const strips = taken.map((strip) => kept(covered(strip), old.get(strip.left)));
  return sameItems(strips, before) ? before : strips;
}

/** Whether a card stands on the line of a column of the layout, and is as wide as that. */
function isColumn(box: Box): boolean {
  return COLUMN_ORDER.some((id) => {
    const { x, width } = COLUMNS[id];
    return box.width === width && box.x >= x && (box.x - x) % BAND_WIDTH === 0;
  });
}

function covered({ left, right, boxes }: { left: number; right: number; boxes: Box[] }): Strip {
  boxes.sort((a, b) => a.y - b.y);
  const tops: number[] = [];
  const bottoms: number[] = [];
  for (const box of boxes) {
    const last = bottoms.length - 1;
    const low = box.y + box.height;
    if (last >= 0 && box.y <= (bottoms[last] ?? 0)) bottoms[last] = Math.max(bottoms[last] ?? 0, low);
    else {
      tops.push(box.y);
      bottoms.push(low);
    }
  }
  return { left, right, tops: Float64Array.from(tops), bottoms: Float64Array.from(bottoms) };
}

function kept(strip: Strip, old: Strip | undefined): Strip {
  return old && old.right === strip.right && sameItems(old.tops, strip.tops) && sameItems(old.bottoms, strip.bottoms)
    ? old
    : strip;
}

/** The strips from index `first` up to `end` (not included) that lie wholly between two x. */
export function stripsBetween(
  strips: readonly Strip[],
  left: number,
  right: number,
): { readonly first: number; readonly end: number } {
  let first = 0;
  while (first < strips.length && (strips[first]?.left ?? 0) < left) first += 1;
  let end = first;
  while (end < strips.length && (strips[end]?.right ?? 0) <= right) end += 1;
  return { first, end };
}

/** The stretch of a strip that is covered otherwise than it was, from the first difference to the last. */
export function differenceOf(old: Strip, strip: Strip): { readonly low: number; readonly high: number } {
  const [a, b] = [old.tops.length, strip.tops.length];
  let same = 0;
  while (same < a && same < b && isSameBlock(old, same, strip, same)) same += 1;
  let tail = 0;
  while (tail < a - same && tail < b - same && isSameBlock(old, a - 1 - tail, strip, b - 1 - tail)) tail += 1;
  return {
    low: Math.min(old.tops[same] ?? Infinity, strip.tops[same] ?? Infinity),
    high: Math.max(old.bottoms[a - 1 - tail] ?? -Infinity, strip.bottoms[b - 1 - tail] ?? -Infinity),
  };
}

const isSameBlock = (old: Strip, i: number, strip: Strip, j: number): boolean =>
  old.tops[i] === strip.tops[j] && old.bottoms[i] === strip.bottoms[j];

/** Whether any card of a strip comes nearer than `margin` to what lies between two heights. */
export function isCovered(strip: Strip, low: number, high: number, margin: number): boolean {
  return (strip.tops[blockBelow(strip, low - margin)] ?? Infinity) < high + margin;
}

/** The first covered stretch that ends below `y`; the gap above it has the same number. Asked most of all: hence the bare loop. */
export function blockBelow({ bottoms }: Strip, y: number): number {
  let low = 0;
  let high = bottoms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bottoms[middle] ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The heights at which wires can pass between the covered stretches `gap - 1` and `gap`; the outermost gaps have no end. */
export function roomOf(strip: Strip, gap: number): { readonly low: number; readonly high: number } {
  const above = strip.bottoms[gap - 1];
  const below = strip.tops[gap];
  return {
    low: above === undefined ? -Infinity : above + LANE_MARGIN,
    high: below === undefined ? Infinity : below - LANE_MARGIN,
  };
}

/** Whether a wire at height `y` can pass the strip there. */
function isFree({ tops, bottoms }: Strip, y: number, gap: number): boolean {
  return (bottoms[gap - 1] ?? -Infinity) + LANE_MARGIN <= y && y <= (tops[gap] ?? Infinity) - LANE_MARGIN;
}

/** Where a wire at height `y` can pass a strip: there, or else at the nearest height above (`way` -1) or below (1). NaN: nowhere. */
export function passAt(strip: Strip, y: number, way: number): number {
  const { tops, bottoms } = strip;
  const first = blockBelow(strip, y);
  if (isFree(strip, y, first)) return y;
  for (let gap = first; gap >= 0 && gap <= tops.length; gap += way) {
    const low = (bottoms[gap - 1] ?? -Infinity) + LANE_MARGIN;
    const high = (tops[gap] ?? Infinity) - LANE_MARGIN;
    if (low > high || (way < 0 ? low > y : high < y)) continue;
    return way < 0 ? high - easeIn(low, high) : low + easeIn(low, high);
  }
  return NaN;
}

const easeIn = (low: number, high: number): number => Math.min(EASE, (high - low) / 2);
