import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointAt, SAMPLES, sampleWire, wireThrough } from './path.ts';

const point = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) });

describe('wires', () => {
  it('begin and end at their ends', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const wire = wireThrough(from, to);
        expect(pointAt(wire, 0)).toEqual(from);
        expect(pointAt(wire, 1)).toEqual(to);
      }),
    );
  });

  it('leave to the right and arrive from the left, backwards too', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const wire = wireThrough(from, to);
        expect(pointAt(wire, 0.001).x).toBeGreaterThan(from.x - 1e-6);
        expect(pointAt(wire, 0.999).x).toBeLessThan(to.x + 1e-6);
      }),
    );
  });

  it('are sampled at even distances', () => {
    const samples = sampleWire(wireThrough({ x: 0, y: 0 }, { x: 300, y: 200 }));
    const steps: number[] = [];
    for (let index = 1; index <= SAMPLES; index += 1) {
      const dx = (samples[index * 2] ?? 0) - (samples[index * 2 - 2] ?? 0);
      const dy = (samples[index * 2 + 1] ?? 0) - (samples[index * 2 - 1] ?? 0);
      steps.push(Math.hypot(dx, dy));
    }
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.05);
    expect(samples[SAMPLES * 2]).toBeCloseTo(300, 3);
  });
});
