import { SEGMENT_FIELDS, type TrafficWindow } from '../../../core/simulation/types.ts';

const known = new WeakMap<TrafficWindow, ReadonlyMap<string, number>>();

/** Requests a second over each edge in a window, by edge id: what is shown in the place of particles where motion is not wanted. */
export function ratesOf(window: TrafficWindow): ReadonlyMap<string, number> {
  const before = known.get(window);
  if (before) return before;
  const counts = new Map<string, number>();
  const { segments, edges } = window;
  for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
    const edge = edges[segments[at] ?? -1];
    if (edge !== undefined) counts.set(edge, (counts.get(edge) ?? 0) + 1);
  }
  const seconds = Math.max(1, window.toUs - window.fromUs) / 1e6;
  for (const [edge, count] of counts) counts.set(edge, count / seconds);
  known.set(window, counts);
  return counts;
}
