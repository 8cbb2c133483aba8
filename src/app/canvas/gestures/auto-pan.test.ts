import { describe, expect, it } from 'vitest';
import { pushAt } from './auto-pan.ts';

const surface = { left: 100, right: 900, top: 50, bottom: 550 };

describe('the push of a drag at the edge of the canvas', () => {
  it('is nothing within', () => {
    expect(pushAt(surface, { x: 500, y: 300 })).toEqual({ x: 0, y: 0 });
    expect(pushAt(surface, { x: 140, y: 510 })).toEqual({ x: 0, y: 0 });
  });

  it('grows towards the edge, and is whole at it and beyond', () => {
    expect(pushAt(surface, { x: 880, y: 300 }).x).toBeCloseTo(0.5);
    expect(pushAt(surface, { x: 900, y: 300 }).x).toBe(1);
    expect(pushAt(surface, { x: 1200, y: 300 }).x).toBe(1);
    expect(pushAt(surface, { x: 500, y: 60 }).y).toBeCloseTo(-0.75);
    expect(pushAt(surface, { x: 500, y: -40 }).y).toBe(-1);
  });
});
