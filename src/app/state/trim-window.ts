import { SEGMENT_FIELDS, type TrafficWindow } from '../../core/simulation/types.ts';

/**
 * The part of a window that had departed before `timeUs`: what an edit at that moment can't change any more. A request that was under
 * way keeps all its hops. A window that ends before is given back as it is; one that begins later gives nothing.
 */
export function trimmedAt(window: TrafficWindow, timeUs: number): TrafficWindow[] {
  if (window.toUs <= timeUs) return [window];
  if (window.fromUs >= timeUs) return [];
  const { segments } = window;
  const departed = new Set<number>();
  for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
    if ((segments[at + 1] ?? 0) < timeUs) departed.add(segments[at + 5] ?? -1);
  }
  const kept: number[] = [];
  for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
    if (departed.has(segments[at + 5] ?? -1)) kept.push(...segments.subarray(at, at + SEGMENT_FIELDS));
  }
  return [{ ...window, toUs: timeUs, segments: Float64Array.from(kept) }];
}
