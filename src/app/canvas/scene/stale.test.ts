import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallGraph } from '../testing/graph.ts';
import type { Look } from './look.ts';
import { grow, overlap, type Rect } from './measure.ts';
import { type Marks, paintStretch } from './paint.ts';
import { buildScene } from './scene.ts';
import { type Painted, staleBetween } from './stale.ts';

const look: Look = {
  ground: 'ground',
  surface: 'surface',
  line: 'line',
  text: 'text',
  dim: 'dim',
  strong: 'strong',
  dot: 'dot',
  accent: 'accent',
  error: 'error',
  warn: 'warn',
  hues: ['hue'],
  fontUi: 'ui',
  fontCode: 'code',
  dark: false,
};

/** What is done to a context, in order. */
function strokesOf({ scene, marks }: Painted, rect: Rect, zoom: number): readonly unknown[] {
  const done: unknown[] = [];
  const target: Record<string, unknown> = {};
  const context = new Proxy(target, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        void done.push([name, ...args]),
    set: (_, name, value) => {
      done.push([name, value]);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D; // it is only called and written to
  const steps = paintStretch(context, scene, { rect, zoom, look, marks });
  while (steps.next().done !== true);
  return done;
}

const { nodes, edges, positions } = smallGraph();
const ids = [...nodes.keys()];
const picture = fc
  .record({
    gone: fc.subarray(ids, { maxLength: 1 }),
    moved: fc.subarray(ids),
    by: fc.constantFrom(8, 400),
    selected: fc.subarray([...ids, ...edges.keys()], { maxLength: 2 }),
    moving: fc.subarray(ids, { maxLength: 1 }),
    cards: fc.subarray(ids, { maxLength: 1 }),
    share: fc.constantFrom(undefined, 0.25, 0.75),
    boxes: fc.boolean(),
  })
  .map(({ gone, moved, by, share, boxes, ...sets }): Painted => {
    const there = new Map([...nodes].filter(([id]) => !gone.includes(id)));
    const at = new Map(
      [...positions].map(([id, point]) => [id, moved.includes(id) ? { ...point, y: point.y + by } : point]),
    );
    const marks: Marks = {
      selected: new Set(sets.selected),
      moving: new Set(sets.moving),
      cards: new Set(sets.cards),
      faded: NONE,
      lit: NO_IDS,
      boxes,
      shares: new Map(share === undefined ? [] : [['two', share]]),
    };
    return { scene: buildScene(there, edges, at), marks, beside: undefined };
  });
const NONE: Marks['faded'] = new Map();
const NO_IDS: Marks['lit'] = new Set();

describe('what is stale of a picture', () => {
  it('is all that would be painted otherwise', () => {
    fc.assert(
      fc.property(picture, picture, fc.constantFrom(1, 0.3), (before, next, zoom) => {
        // Most changes leave the most as it was.
        const scene = buildScene(
          new Map([...next.scene.nodes].map(([id, { node }]) => [id, node])),
          edges,
          new Map([...next.scene.nodes].map(([id, { x, y }]) => [id, { x, y }])),
          before.scene,
        );
        const after = { ...next, scene };
        const stale = staleBetween(before, after);
        if (!stale) return;
        for (let x = -400; x < 1600; x += 250)
          for (let y = -200; y < 1200; y += 250) {
            const rect = { x, y, width: 250, height: 250 };
            if (stale.some((one) => overlap(one, grow(rect, 8 + 6 / zoom)))) continue;
            expect(strokesOf(after, rect, zoom)).toEqual(strokesOf(before, rect, zoom));
          }
      }),
    );
  });

  it('is nothing where nothing changed, and all where all may look otherwise', () => {
    const marks: Marks = {
      selected: NO_IDS,
      moving: NO_IDS,
      cards: NO_IDS,
      faded: NONE,
      lit: NO_IDS,
      boxes: true,
      shares: new Map(),
    };
    const painted: Painted = { scene: buildScene(nodes, edges, positions), marks, beside: 1 };
    expect(staleBetween(painted, { ...painted, marks: { ...marks, selected: new Set() } })).toEqual([]);
    expect(staleBetween(painted, { ...painted, marks: { ...marks, faded: new Map() } })).toBeUndefined();
    expect(staleBetween(painted, { ...painted, beside: 2 })).toBeUndefined();
  });
});
