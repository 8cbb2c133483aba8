import type { Point } from '../types.ts';

/** A lane through a column: the wire is level at `y` from `enter` to `leave`, which lies to the left where the wire runs backwards. */
export interface Via {
  readonly enter: number;
  readonly leave: number;
  readonly y: number;
}

/**
 * The way of a wire: cubic Béziers, one after the other, which leave to the right and arrive from the left. `curve` holds x and y in turn:
 * the start, then two control points and an end for each piece.
 */
export interface Wire {
  readonly from: Point;
  readonly to: Point;
  readonly curve: readonly number[];
}

/** Stretches that a piece of a wire is cut into for drawing particles. */
export const SAMPLES = 24;
/** The part of a gutter that a piece's arms may take up at most, so that the piece stays between its ends. */
const MOST_ARM = 0.7;

/** The length of both arms of a piece that runs on as it began: they grow with the distance. */
function armOf(dx: number, dy: number): number {
  return Math.max(28, Math.min(dx * 0.5, 40 + dx * 0.25 + dy * 0.25));
}

/**
 * The one way of a wire, for painters, particles and bounds alike: straight through its lanes, curved between them. Without lanes it is
 * one curve; one that runs backwards gets long arms then, so that it loops around its nodes.
 */
export function wireThrough(from: Point, to: Point, lanes: readonly Via[] = []): Wire {
  if (lanes.length === 0) return { from, to, curve: wholeCurve(from, to) };
  const points = [from.x, from.y];
  let x = from.x;
  let y = from.y;
  let way = 1;
  for (const lane of lanes) {
    const next = lane.leave < lane.enter ? -1 : 1;
    points.push(...piece({ x, y, way }, { x: lane.enter, y: lane.y, way: next }));
    points.push(...level(lane));
    x = lane.leave;
    y = lane.y;
    way = next;
  }
  points.push(...piece({ x, y, way }, { x: to.x, y: to.y, way: 1 }));
  return { from, to, curve: points };
}

function wholeCurve(from: Point, to: Point): number[] {
  const dx = to.x - from.x;
  const dy = Math.abs(to.y - from.y);
  const arm = dx >= 0 ? armOf(dx, dy) : Math.min(220, 60 - dx * 0.25 + dy * 0.1);
  return [from.x, from.y, from.x + arm, from.y, to.x - arm, to.y, to.x, to.y];
}

interface End extends Point {
  /** 1 to the right, -1 to the left. */
  readonly way: number;
}

function piece(from: End, to: End): number[] {
  const dx = Math.abs(to.x - from.x);
  const dy = Math.abs(to.y - from.y);
  const arm = from.way === to.way ? Math.min(armOf(dx, dy), dx * MOST_ARM) : Math.min(40, 20 + dy * 0.1);
  return [from.x + from.way * arm, from.y, to.x - to.way * arm, to.y, to.x, to.y];
}

function level({ enter, leave, y }: Via): number[] {
  const third = (leave - enter) / 3;
  return [enter + third, y, leave - third, y, leave, y];
}

/** How many Béziers a wire is made of. */
export function piecesOf(wire: Wire): number {
  return (wire.curve.length - 2) / 6;
}

/** The point at `t` (0 to 1) of a wire; every piece takes an equal part of `t`. */
export function pointAt(wire: Wire, t: number): Point {
  const pieces = piecesOf(wire);
  const index = Math.min(pieces - 1, Math.floor(t * pieces));
  return {
    x: onPiece(wire.curve, index * 6, t * pieces - index),
    y: onPiece(wire.curve, index * 6 + 1, t * pieces - index),
  };
}

/** A coordinate of the piece whose start has it at `at`. */
function onPiece(curve: readonly number[], at: number, t: number): number {
  const s = 1 - t;
  const [a = 0, b = 0, c = 0, d = 0] = [curve[at], curve[at + 2], curve[at + 4], curve[at + 6]];
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** The height of the one curve between two ends, which runs to the right, where it passes `x`. Without the wire: this is asked often. */
export function heightAt(from: Point, to: Point, x: number): number {
  const dx = to.x - from.x;
  const arm = armOf(dx, Math.abs(to.y - from.y));
  const wanted = x - from.x;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 12; step += 1) {
    const t = (low + high) / 2;
    const s = 1 - t;
    if (3 * s * s * t * arm + 3 * s * t * t * (dx - arm) + t * t * t * dx < wanted) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return from.y + (to.y - from.y) * t * t * (3 - 2 * t);
}

/**
 * Points of a wire at even distances along it, as x and y in turn, SAMPLES stretches for each piece: a particle at an even speed on the
 * polyline looks even on the curve too.
 */
export function sampleWire(wire: Wire): Float32Array {
  const count = SAMPLES * piecesOf(wire);
  const fine = count * 4;
  const lengths = new Float64Array(fine + 1);
  let before = wire.from;
  for (let step = 1; step <= fine; step += 1) {
    const point = pointAt(wire, step / fine);
    lengths[step] = (lengths[step - 1] ?? 0) + Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
  }
  const total = lengths[fine] ?? 0;
  const samples = new Float32Array((count + 1) * 2);
  let step = 0;
  for (let index = 0; index <= count; index += 1) {
    const wanted = (total * index) / count;
    while (step < fine && (lengths[step + 1] ?? 0) < wanted) step += 1;
    const low = lengths[step] ?? 0;
    const high = lengths[step + 1] ?? low;
    const part = high > low ? (wanted - low) / (high - low) : 0;
    const point = pointAt(wire, Math.min(1, (step + part) / fine));
    samples[index * 2] = point.x;
    samples[index * 2 + 1] = point.y;
  }
  return samples;
}
