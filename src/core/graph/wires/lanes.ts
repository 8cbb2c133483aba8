import { takeSteps } from '../../base/steps.ts';
import { put, sameItems } from '../../base/lists.ts';
import { settle } from '../layout/settle.ts';
import type { Point } from '../types.ts';
import { type Course, courseOf, isClear } from './course.ts';
import type { Via } from './path.ts';
import { blockBelow, type Box, differenceOf, roomOf, type Strip, stripsBetween, stripsOf } from './strips.ts';

/** A wire that wants a way: its ends and its width. */
export interface WireEnds {
  readonly wire: { readonly from: Point; readonly to: Point };
  readonly width: number;
}

/** The lanes of all wires that need some, with what is needed to make them anew after a change. */
export interface Lanes {
  readonly strips: readonly Strip[];
  readonly courses: ReadonlyMap<string, Course>;
  /** Of each course that needs passages the height of each, beside the others. */
  readonly heights: ReadonlyMap<string, readonly number[]>;
  /** By wire. A wire that is not in it is one curve. */
  readonly vias: ReadonlyMap<string, readonly Via[]>;
}

export const noLanes: Lanes = { strips: [], courses: new Map(), heights: new Map(), vias: new Map() };

/** Between two wires side by side, and what the narrowest takes up. */
const APART = 2;
const NARROWEST = 4;
/** What wires that wish for one height take up together: a bundle that is wider would hide more than it tells. */
const WIDEST = 24;

/**
 * Gives lanes to the wires whose one curve would run behind a card: through the gaps of the columns in between, near the straight line,
 * side by side where several take the same gap. A function of cards and wires alone; `before` only saves work, and what is as it was
 * stays the same object. `boxes` undefined: the cards stand as they did.
 */
export function lanesFor(
  wires: ReadonlyMap<string, WireEnds>,
  boxes: Iterable<Box> | undefined,
  before: Lanes = noLanes,
): Lanes {
  return takeSteps(laneSteps(wires, boxes, before));
}

/** Between two steps so many wires are looked at, or the wires of one column. */
const STEP = 64;

/**
 * The same in steps, of which each is short however many wires there are. A step gives the courses that are found by then: handed in as
 * `known`, they save a later run their work, whatever moved meanwhile.
 */
export function* laneSteps(
  wires: ReadonlyMap<string, WireEnds>,
  boxes: Iterable<Box> | undefined,
  before: Lanes = noLanes,
  known: Lanes['courses'] = noLanes.courses,
): Generator<Lanes['courses'], Lanes> {
  const strips = boxes ? stripsOf(boxes, before.strips) : before.strips;
  const courses = new Map<string, Course>();
  const stillHolds = comparer(strips);
  let count = 0;
  for (const [id, { wire }] of wires) {
    count += 1;
    if (count % STEP === 0) yield courses;
    const { from, to } = wire;
    const { first, end } = stripsBetween(strips, Math.min(from.x, to.x), Math.max(from.x, to.x));
    if (first >= end) continue;
    const holds = (old: Course | undefined): Course | undefined =>
      old && samePoint(old.from, from) && samePoint(old.to, to) ? stillHolds(old, first, end) : undefined;
    const still = holds(before.courses.get(id)) ?? holds(known.get(id));
    courses.set(id, still ?? courseOf(from, to, strips.slice(first, end)));
  }
  const heights = yield* heightsOf(wires, courses);
  return { strips, courses, heights, vias: yield* viasOf(courses, heights, before) };
}

/** Whether a wire that is new or changed can make a difference to any lane, while the cards stand: not where no column lies between its ends. */
export function touchesLanes(lanes: Lanes, id: string, { wire: { from, to } }: WireEnds): boolean {
  if (lanes.courses.has(id)) return true;
  const { first, end } = stripsBetween(lanes.strips, Math.min(from.x, to.x), Math.max(from.x, to.x));
  return first < end;
}

/** Gives a course as it holds among these strips; `undefined` where cards that it looked at are not where they were. */
function comparer(strips: readonly Strip[]): (old: Course, first: number, end: number) => Course | undefined {
  const differences = new Map<Strip, ReturnType<typeof differenceOf>>();
  return (old, first, end) => {
    const count = end - first;
    if (old.between.length !== count) return undefined;
    const backwards = old.to.x < old.from.x;
    let between: Strip[] | undefined;
    for (let i = 0; i < count; i += 1) {
      const was = old.between[i];
      const is = strips[backwards ? end - 1 - i : first + i];
      if (was === is) continue;
      if (!was || !is || was.left !== is.left || was.right !== is.right) return undefined;
      let difference = differences.get(is);
      if (!difference) differences.set(is, (difference = differenceOf(was, is)));
      if (difference.low < old.high && difference.high > old.low) return undefined;
      between ??= [...old.between];
      between[i] = is;
    }
    return between ? { ...old, between } : old;
  };
}

const samePoint = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

/** A wire in a gap that it needs. */
interface Passing {
  readonly id: string;
  /** The heights of the wire's passages, to be written at the `nth`. */
  readonly own: number[];
  readonly nth: number;
  readonly y: number;
  readonly width: number;
  /** Where it comes from and goes to: of two wires the one that comes from above lies above. */
  readonly way: number;
}

function* heightsOf(
  wires: ReadonlyMap<string, WireEnds>,
  courses: ReadonlyMap<string, Course>,
): Generator<Lanes['courses'], Map<string, readonly number[]>> {
  const gaps = new Map<Strip, Map<number, Passing[]>>();
  const heights = new Map<string, number[]>();
  let count = 0;
  for (const [id, course] of courses) {
    count += 1;
    if (count % STEP === 0) yield courses;
    if (course.needed.length === 0) continue;
    const own: number[] = [];
    heights.set(id, own);
    const width = Math.max(NARROWEST, (wires.get(id)?.width ?? 0) + APART);
    course.needed.forEach((index, nth) => {
      const strip = course.between[index];
      if (!strip) return;
      const y = course.heights[index] ?? 0;
      const way = (course.heights[index - 1] ?? course.from.y) + (course.heights[index + 1] ?? course.to.y);
      let inStrip = gaps.get(strip);
      if (!inStrip) gaps.set(strip, (inStrip = new Map()));
      put(inStrip, blockBelow(strip, y), { id, own, nth, y, width, way });
    });
  }
  for (const [strip, inStrip] of gaps) {
    yield courses;
    for (const [gap, together] of inStrip) {
      const [only] = together;
      if (only && together.length === 1) {
        only.own[only.nth] = only.y;
        continue;
      }
      const ys = sideBySide(together, roomOf(strip, gap));
      together.forEach(({ own, nth }, i) => (own[nth] = ys[i] ?? 0));
    }
  }
  return heights;
}

function* viasOf(
  courses: ReadonlyMap<string, Course>,
  heights: ReadonlyMap<string, readonly number[]>,
  before: Lanes,
): Generator<Lanes['courses'], Map<string, readonly Via[]>> {
  const vias = new Map<string, readonly Via[]>();
  let count = 0;
  for (const [id, ys] of heights) {
    count += 1;
    if (count % STEP === 0) yield courses;
    const course = courses.get(id);
    if (!course) continue;
    const old = before.vias.get(id);
    // A course that holds has the very heights that it had.
    const holds = before.courses.get(id)?.heights === course.heights && sameItems(before.heights.get(id) ?? [], ys);
    const now = old && holds ? old : lanesOf(course, ys);
    vias.set(id, old && sameVias(old, now) ? old : now);
  }
  return vias;
}

/** Sorts the wires of a gap and gives the height of each: near its wish, and beside the others where there is room. */
function sideBySide(together: Passing[], { low, high }: { readonly low: number; readonly high: number }): number[] {
  together.sort((a, b) => a.y - b.y || a.way - b.way || (a.id < b.id ? -1 : 1));
  const sizes = sizesOf(together);
  const span = sizes.reduce((sum, size) => sum + size, 0) - ((sizes[0] ?? 0) + (sizes.at(-1) ?? 0)) / 2;
  if (span > high - low) sizes.forEach((size, i) => (sizes[i] = (size * (high - low)) / span));
  const ys = settled(together, sizes);
  push(ys, sizes, low, 1);
  push(ys, sizes, high, -1);
  return ys;
}

function sizesOf(together: readonly Passing[]): number[] {
  const alike = new Map<number, number>();
  for (const { y } of together) alike.set(y, (alike.get(y) ?? 0) + 1);
  return together.map(({ y, width }) => Math.min(width, WIDEST / (alike.get(y) ?? 1)));
}

/** As near to the wishes as can be. Nearly always all wish for the same: then they lie round that. */
function settled(together: readonly Passing[], sizes: readonly number[]): number[] {
  const wish = together[0]?.y ?? 0;
  if (together.at(-1)?.y === wish) {
    let top = wish - sizes.reduce((sum, size) => sum + size, 0) / 2;
    return sizes.map((size) => {
      top += size;
      return top - size / 2;
    });
  }
  const tops = settle(
    Float64Array.from(together, ({ y }, i) => y - (sizes[i] ?? 0) / 2),
    Float64Array.from(sizes),
    0,
  );
  return Array.from(tops, (top, i) => top + (sizes[i] ?? 0) / 2);
}

/** Keeps a row of wires inside its room: from one end on, each as far as it must for those before it. */
function push(ys: number[], sizes: readonly number[], end: number, way: number): void {
  let least = end;
  for (let n = 0; n < ys.length; n += 1) {
    const i = way > 0 ? n : ys.length - 1 - n;
    if (((ys[i] ?? 0) - least) * way >= 0) return;
    ys[i] = least;
    least += (way * ((sizes[i] ?? 0) + (sizes[i + way] ?? 0))) / 2;
  }
}

/** The lanes of a course: those that it needs, and where it is no longer clear between two of them (they gave way to others) all. */
function lanesOf({ from, to, between, heights, needed }: Course, ys: readonly number[]): Via[] {
  const backwards = to.x < from.x;
  const lanes: Via[] = [];
  const add = (index: number, y: number): void => {
    const strip = between[index];
    if (!strip) return;
    const { left, right } = strip;
    lanes.push(backwards ? { enter: right, leave: left, y } : { enter: left, leave: right, y });
  };
  let last = -1;
  for (let nth = 0; nth <= needed.length; nth += 1) {
    const index = needed[nth] ?? between.length;
    const at = lanes.at(-1);
    const y = ys[nth];
    const start = at ? { x: at.leave, y: at.y } : from;
    const goal = y === undefined ? to : { x: between[index]?.left ?? to.x, y };
    if (index > last + 1 && !isClear(start, goal, between.slice(last + 1, index)))
      for (let skipped = last + 1; skipped < index; skipped += 1) add(skipped, heights[skipped] ?? 0);
    if (y !== undefined) add(index, y);
    last = index;
  }
  return lanes;
}

function sameVias(a: readonly Via[], b: readonly Via[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ enter, leave, y }, i) => enter === b[i]?.enter && leave === b[i].leave && y === b[i].y)
  );
}
