import { ENDINGS, SEGMENT_FIELDS, type TrafficWindow } from '../../../core/simulation/types.ts';
import type { Scene } from '../scene/scene.ts';
import type { View } from '../scene/paint.ts';

/** dot: answered · diamond: an error came back · cross: no route took it · ring: a copy sent to a mirror. */
export type Shape = 'dot' | 'diamond' | 'cross' | 'ring';
export const SHAPES: readonly Shape[] = ['dot', 'diamond', 'cross', 'ring'];

/** Numbers a particle: x and y in device pixels, hue, index into SHAPES. */
export const PARTICLE_FIELDS = 4;

const shapeOfEnding: readonly number[] = ENDINGS.map((ending) => {
  if (ending === 'answered') return 0;
  return ending === 'noRoute' || ending === 'refused' ? 2 : 1;
});

/**
 * The particles at one moment: a pure function of windows, play head and view, so a dropped frame changes nothing. Writes into `out`
 * (grown when too small) and gives how many; what is outside of the view is left out. Nothing else is allocated in the frame.
 */
export function particlesAt(
  windows: readonly TrafficWindow[],
  nowUs: number,
  scene: Scene,
  screen: { readonly view: View; readonly ratio: number },
  out: { array: Float32Array },
): number {
  const { view, ratio } = screen;
  let count = 0;
  for (const window of windows) {
    const { segments, edges } = window;
    for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
      const depart = segments[at + 1] ?? 0;
      const arrive = segments[at + 2] ?? 0;
      if (nowUs < depart || nowUs >= arrive) continue;
      const placed = scene.edges.get(edges[segments[at] ?? -1] ?? '');
      if (!placed) continue;
      const samples = placed.samples();
      const stretches = samples.length / 2 - 1;
      const along = ((nowUs - depart) / (arrive - depart)) * stretches;
      const step = Math.min(stretches - 1, Math.floor(along));
      const part = along - step;
      const x0 = samples[step * 2] ?? 0;
      const y0 = samples[step * 2 + 1] ?? 0;
      const x = (x0 + ((samples[step * 2 + 2] ?? x0) - x0) * part) * view.zoom + view.x;
      const y = (y0 + ((samples[step * 2 + 3] ?? y0) - y0) * part) * view.zoom + view.y;
      if (x < -8 || y < -8 || x > view.width + 8 || y > view.height + 8) continue;
      if ((count + 1) * PARTICLE_FIELDS > out.array.length) out.array = grown(out.array);
      const to = count * PARTICLE_FIELDS;
      out.array[to] = x * ratio;
      out.array[to + 1] = y * ratio;
      out.array[to + 2] = segments[at + 3] ?? -1;
      out.array[to + 3] = placed.edge.kind === 'mirror' ? 3 : (shapeOfEnding[segments[at + 4] ?? 0] ?? 0);
      count += 1;
    }
  }
  return count;
}

function grown(array: Float32Array): Float32Array {
  const larger = new Float32Array(array.length * 2);
  larger.set(array);
  return larger;
}
