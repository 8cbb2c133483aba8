import type { Point } from '../types.ts';
import { heightAt } from './path.ts';
import { isCovered, passAt, type Strip } from './strips.ts';

/** The way of a wire as it would be if it were alone. */
export interface Course {
  readonly from: Point;
  readonly to: Point;
  /** The strips between its ends, in the order in which it passes them. */
  readonly between: readonly Strip[];
  /** The height at which it can pass each of them; empty where its one curve is clear. */
  readonly heights: readonly number[];
  /** Indices of the passages that it needs: from one to the next a curve is clear. */
  readonly needed: readonly number[];
  /** What lies outside of these heights makes no difference to it. */
  readonly low: number;
  readonly high: number;
}

/** A curve is clear of a card that it passes at this distance, and is planned to pass at that one. */
const CLEAR = 3;
const PLANNED = 12;
/** What a bend costs, in units of a detour. */
const BEND = 16;
/** How many ways are kept in mind from one strip to the next. */
const KEPT = 3;
/** How many strips a curve between two lanes is tried over. */
const FARTHEST = 8;
/** The height of a gap that is too low to pass, and more. */
const AROUND = 32;

/** Finds the way of a wire between (and, where it runs backwards, through) strips that are handed in from left to right. */
export function courseOf(from: Point, to: Point, strips: readonly Strip[]): Course {
  const backwards = to.x < from.x;
  const between = backwards ? [...strips].reverse() : strips;
  const low = Math.min(from.y, to.y) - AROUND;
  const high = Math.max(from.y, to.y) + AROUND;
  if (!backwards && isClear(from, to, strips)) return { from, to, between, heights: [], needed: [], low, high };
  const { heights, ...seen } = cheapest(from.y, to.y, between);
  const needed = backwards ? heights.map((_, i) => i) : neededOf(from, to, between, heights);
  return { from, to, between, heights, needed, low: seen.low - AROUND, high: seen.high + AROUND };
}

/** Whether the one curve from here to there, which runs to the right, passes no card of some strips. */
export function isClear(from: Point, to: Point, between: readonly Strip[], margin = CLEAR): boolean {
  return isClearOf(from, to, { between, first: 0, end: between.length }, margin);
}

function isClearOf(
  from: Point,
  to: Point,
  { between, first, end }: { readonly between: readonly Strip[]; readonly first: number; readonly end: number },
  margin: number,
): boolean {
  const low = Math.min(from.y, to.y);
  const high = Math.max(from.y, to.y);
  for (let i = first; i < end; i += 1) {
    const strip = between[i];
    if (!strip || !isCovered(strip, low, high, margin)) continue;
    const a = heightAt(from, to, strip.left);
    const b = heightAt(from, to, strip.right);
    if (isCovered(strip, Math.min(a, b), Math.max(a, b), margin)) return false;
  }
  return true;
}

/**
 * The passages with the shortest way up and down and the fewest bends, and between which heights was looked for them. Of the ways to a
 * strip the cheapest few are followed: each wishes to go on level, or at the height of the end.
 */
function cheapest(
  from: number,
  to: number,
  strips: readonly Strip[],
): { readonly heights: readonly number[]; readonly low: number; readonly high: number } {
  let low = Math.min(from, to);
  let high = Math.max(from, to);
  // Ways one after the other, KEPT a strip: where, what it has cost, and the way that it goes on.
  const at: number[] = [from];
  const cost: number[] = [0];
  const back: number[] = [-1];
  let first = 0;
  for (const strip of strips) {
    const begin = at.length;
    for (let wish = first - 1; wish < begin; wish += 1) {
      const wished = wish < first ? to : (at[wish] ?? 0);
      const above = passAt(strip, wished, -1);
      add(begin, above);
      if (above !== wished) add(begin, passAt(strip, wished, 1));
    }
    first = begin;
  }
  let end = first;
  for (let i = first + 1; i < at.length; i += 1) if (costTo(i, to) < costTo(end, to)) end = i;
  const heights: number[] = [];
  for (let i = end; i > 0; i = back[i] ?? 0) heights.push(at[i] ?? 0);
  return { heights: heights.reverse(), low, high };

  function add(begin: number, y: number): void {
    if (Number.isNaN(y) || at.includes(y, begin)) return;
    low = Math.min(low, y);
    high = Math.max(high, y);
    let last = first;
    for (let i = first + 1; i < begin; i += 1) if (costTo(i, y) < costTo(last, y)) last = i;
    keepCheapest(begin, y, costTo(last, y), last);
  }
  function costTo(i: number, y: number): number {
    return (cost[i] ?? 0) + bendTo(at[i] ?? 0, y);
  }
  function keepCheapest(begin: number, y: number, own: number, last: number): void {
    let place = at.length;
    if (place - begin >= KEPT) {
      place = begin;
      for (let i = begin + 1; i < at.length; i += 1) if (costTo(i, to) > costTo(place, to)) place = i;
      if (own + bendTo(y, to) >= costTo(place, to)) return;
    }
    at[place] = y;
    cost[place] = own;
    back[place] = last;
  }
}

const bendTo = (from: number, to: number): number => (from === to ? 0 : BEND + Math.abs(from - to));

function neededOf(from: Point, to: Point, between: readonly Strip[], heights: readonly number[]): number[] {
  const needed: number[] = [];
  let at = from;
  for (let next = 0; next < between.length; next += 1) {
    let far = between.length;
    while (far > next) {
      const strip = between[far];
      const goal = strip ? { x: strip.left, y: heights[far] ?? 0 } : to;
      if (isClearOf(at, goal, { between, first: next, end: far }, PLANNED)) break;
      far = Math.min(far - 1, next + FARTHEST);
    }
    const strip = between[far];
    if (!strip) break;
    needed.push(far);
    at = { x: strip.right, y: heights[far] ?? 0 };
    next = far;
  }
  return needed;
}
