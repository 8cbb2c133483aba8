import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrafficWindow } from '../../../core/simulation/types.ts';
import { buildScene } from '../scene/scene.ts';
import { smallGraph } from '../testing/graph.ts';
import { blit, clearFrame, makeFrame } from './blit.ts';
import { PARTICLE_FIELDS, particlesAt } from './particles.ts';
import { ratesOf } from './rates.ts';

const graph = smallGraph();
const scene = buildScene(graph.nodes, graph.edges, graph.positions);
const screen = { view: { x: 0, y: 0, zoom: 1, width: 2000, height: 1000 }, ratio: 1 };
const window = (...segments: number[]): TrafficWindow => ({
  run: 1,
  fromUs: 0,
  toUs: 1_000_000,
  edges: ['enter', 'two', 'gone'],
  segments: Float64Array.from(segments),
  counters: [],
  statuses: {},
  requests: 1,
});
const list = (count: number, array: Float32Array): number[][] =>
  Array.from({ length: count }, (_, index) => [...array.slice(index * PARTICLE_FIELDS, (index + 1) * PARTICLE_FIELDS)]);

describe('particles', () => {
  it('are where the play head says, from end to end of their edge', () => {
    const out = { array: new Float32Array(4) };
    const both = window(0, 0, 1000, -1, 0, 1, 1, 0, 1000, 0, 2, 2);
    const at = (time: number): number[][] => list(particlesAt([both], time, scene, screen, out), out.array);
    expect(at(0).map(([x]) => x)).toEqual([136, 696]);
    expect(at(0)[1]?.slice(2)).toEqual([0, 1]);
    const [begin, middle] = [at(0)[0]?.[0] ?? 0, at(500)[0]?.[0] ?? 0];
    expect(middle).toBeCloseTo((begin + 416) / 2, 0);
    expect(at(1000)).toEqual([]);
  });

  it('are left out where their edge is gone or out of view', () => {
    const out = { array: new Float32Array(64) };
    expect(particlesAt([window(2, 0, 1000, 0, 0, 1)], 10, scene, screen, out)).toBe(0);
    const small = { view: { ...screen.view, width: 100 }, ratio: 1 };
    expect(particlesAt([window(1, 0, 1000, 0, 0, 1)], 10, scene, small, out)).toBe(0);
  });

  it('are counted by edge where motion is not wanted', () => {
    expect(ratesOf(window(0, 0, 1, 0, 0, 1, 0, 5, 9, 0, 0, 2)).get('enter')).toBe(2);
  });
});

describe('writing pixels', () => {
  const stamp = { size: 3, pixels: new Uint32Array(9).fill(0xff0000ff) };
  const stamps = [[stamp], [stamp]];

  it('touches nothing outside of the picture, and clears what it wrote', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 29 }), fc.integer({ min: -9, max: 19 })), { maxLength: 20 }),
        (places) => {
          const buffer = new ArrayBuffer(20 * 10 * 4);
          const frame = makeFrame(20, 10, buffer);
          clearFrame(frame);
          const particles = Float32Array.from(places.flatMap(([x, y]) => [x, y, 0, 0]));
          blit(frame, particles, places.length, stamps);
          const expected = new Set(places.flatMap(([x, y]) => square(Math.round(x - 1.5), Math.round(y - 1.5))));
          expect(frame.pixels.every((pixel, at) => (pixel !== 0) === expected.has(at))).toBe(true);
          clearFrame(frame);
          expect(frame.pixels.every((pixel) => pixel === 0)).toBe(true);
        },
      ),
    );
  });
});

function square(left: number, top: number): number[] {
  const at: number[] = [];
  for (let y = top; y < top + 3; y += 1)
    for (let x = left; x < left + 3; x += 1) if (x >= 0 && x < 20 && y >= 0 && y < 10) at.push(y * 20 + x);
  return at;
}
