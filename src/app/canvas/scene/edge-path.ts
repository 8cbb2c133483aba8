import type { Point } from '../../../core/graph/types.ts';

/** A wire: a cubic Bézier that leaves to the right and arrives from the left. `reach` is the length of both control arms, in canvas units. */
export interface Wire {
  readonly from: Point;
  readonly to: Point;
  readonly reach: number;
}

/** Stretches that a wire is cut into for drawing particles: SAMPLES + 1 points. */
export const SAMPLES = 24;

/** The wire between two ends. Arms grow with the distance; a wire that runs backwards gets long arms, so that it loops around its nodes. */
export function wireBetween(from: Point, to: Point): Wire {
  const dx = to.x - from.x;
  const dy = Math.abs(to.y - from.y);
  const reach =
    dx >= 0 ? Math.max(28, Math.min(dx * 0.5, 40 + dx * 0.25 + dy * 0.25)) : Math.min(220, 60 + -dx * 0.25 + dy * 0.1);
  return { from, to, reach };
}

/** The point at `t` (0 to 1) of a wire. */
export function pointAt(wire: Wire, t: number): Point {
  const s = 1 - t;
  const { from, to, reach } = wire;
  const a = s * s * s;
  const b = 3 * s * s * t;
  const c = 3 * s * t * t;
  const d = t * t * t;
  return {
    x: a * from.x + b * (from.x + reach) + c * (to.x - reach) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  };
}

/**
 * SAMPLES + 1 points of a wire at even distances along it, as x and y in turn: a particle at an even speed on the polyline looks even
 * on the curve too.
 */
export function sampleWire(wire: Wire): Float32Array {
  const fine = SAMPLES * 4;
  const lengths = new Float64Array(fine + 1);
  let before = wire.from;
  for (let step = 1; step <= fine; step += 1) {
    const point = pointAt(wire, step / fine);
    lengths[step] = (lengths[step - 1] ?? 0) + Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
  }
  const total = lengths[fine] ?? 0;
  const samples = new Float32Array((SAMPLES + 1) * 2);
  let step = 0;
  for (let index = 0; index <= SAMPLES; index += 1) {
    const wanted = (total * index) / SAMPLES;
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
