import { beforeEach, describe, expect, it } from 'vitest';
import type { TrafficWindow } from '../../core/simulation/types.ts';
import { Playhead } from './playhead.ts';

/** One hop of one request: edge 0, from `depart` to `arrive`. */
const hop = (number: number, depart: number, arrive: number): number[] => [0, depart, arrive, -1, 0, number];
const windowOf = (run: number, fromUs: number, toUs: number, hops: number[][] = []): TrafficWindow => ({
  run,
  fromUs,
  toUs,
  edges: ['e'],
  segments: Float64Array.from(hops.flat()),
  counters: [],
  statuses: {},
  requests: hops.length,
});

describe('Playhead', () => {
  let asked: { run: number; fromUs: number; toUs: number }[] = [];
  let shown: TrafficWindow[] = [];
  let stepped = 0;
  let frame: ((nowMs: number, rested: boolean) => void) | undefined;
  let head: Playhead;
  beforeEach(() => {
    asked = [];
    shown = [];
    stepped = 0;
    frame = undefined;
    head = new Playhead({
      ask: (run, fromUs, toUs) => asked.push({ run, fromUs, toUs }),
      shown: (window) => shown.push(window),
      stepped: () => (stepped += 1),
      frame: (callback) => {
        frame = callback;
        return () => (frame = undefined);
      },
    });
  });
  let rests = false;
  /** Frames at these times, in milliseconds. */
  const frames = (...times: number[]): void => {
    for (const time of times) {
      const now = frame;
      frame = undefined;
      now?.(time, rests);
    }
  };

  it('asks for no frame until it plays, and for none after a pause', () => {
    expect(frame).toBeUndefined();
    head.play();
    expect(frame).toBeDefined();
    head.pause();
    expect(frame).toBeUndefined();
  });

  it('moves by the time of the frames and the speed', () => {
    head.play();
    frames(1000, 1016, 1032);
    expect(head.now()).toBe(32_000);
    head.setSpeed(0.5);
    frames(1048);
    expect(head.now()).toBe(40_000);
  });

  it('does not count the time of a pause', () => {
    head.play();
    frames(1000, 1010);
    head.pause();
    head.play();
    frames(9000, 9010);
    expect(head.now()).toBe(20_000);
  });

  it('asks for the stretches ahead, one behind the other without a gap', () => {
    head.play();
    frames(0, 400, 800, 1200);
    expect(asked[0]?.fromUs).toBe(0);
    for (let at = 1; at < asked.length; at += 1) expect(asked[at]?.fromUs).toBe(asked[at - 1]?.toUs);
    expect(asked.at(-1)?.toUs).toBeGreaterThanOrEqual(head.now() + 1_000_000);
  });

  it('shows the counters of a window when it has passed it', () => {
    head.play();
    head.add(windowOf(0, 0, 500_000));
    frames(0, 400);
    expect(shown).toHaveLength(0);
    frames(800);
    expect(shown).toHaveLength(1);
  });

  it('stands still while somebody types, and goes on from there', () => {
    head.play();
    frames(1000, 1016);
    rests = true;
    frames(1400);
    rests = false;
    frames(1416);
    expect(head.now()).toBe(32_000);
  });

  it('jumps after a hidden tab and asks for what is there', () => {
    head.play();
    frames(0, 16, 600_000);
    expect(head.now()).toBe(600_000_000);
    expect(asked.at(-1)?.fromUs).toBeGreaterThan(599_000_000);
    expect(asked.length).toBeLessThan(10);
  });

  it('keeps what departed before a new run and asks anew for the rest', () => {
    head.play();
    head.add(windowOf(0, 0, 500_000, [hop(1, 1_000, 90_000), hop(2, 200_000, 300_000)]));
    frames(0, 100);
    asked = [];
    head.setRun(1);
    expect([...(head.windowsAt(head.now())[0]?.segments ?? [])]).toEqual(hop(1, 1_000, 90_000));
    expect(asked[0]).toMatchObject({ run: 1, fromUs: 100_000 });
  });

  it('throws windows of an older run away', () => {
    head.setRun(2);
    head.add(windowOf(1, 0, 500_000));
    expect(head.windowsAt(0)).toEqual([]);
  });

  it('lets one request through and pauses', () => {
    head.step();
    head.add(windowOf(0, 0, 500_000, [hop(7, 30_000, 50_000), hop(8, 90_000, 99_000)]));
    frames(0, 40, 80, 120);
    expect(head.now()).toBe(50_001);
    expect(stepped).toBe(1);
    expect(frame).toBeUndefined();
  });
});
