import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallGraph } from '../testing/graph.ts';
import { nearest } from './nearest.ts';
import { connected, outOfReach } from './reach.ts';
import { buildScene, edgeWidth, findLanes, headItem, itemAt, itemById, nodesIn, type Scene } from './scene.ts';

function scene(): Scene {
  const { nodes, edges, positions } = smallGraph();
  return buildScene(nodes, edges, positions);
}
const item = (id: string): NonNullable<ReturnType<typeof itemById>> => {
  const found = itemById(scene(), id);
  if (!found) throw new Error(`No item ${id}`);
  return found;
};

describe('a scene', () => {
  it('keeps the objects of what did not move', () => {
    const { nodes, edges, positions } = smallGraph();
    const before = buildScene(nodes, edges, positions);
    const after = buildScene(nodes, edges, new Map([...positions, ['other', { x: 800, y: 300 }]]), before);
    expect(after.nodes.get('vs')).toBe(before.nodes.get('vs'));
    expect(after.edges.get('two')).toBe(before.edges.get('two'));
    expect(after.nodes.get('other')).not.toBe(before.nodes.get('other'));
  });

  it('leads wires from row to row, the parts of a split side by side', () => {
    const { edges } = scene();
    const [two, three] = [edges.get('two'), edges.get('three')];
    expect(two && three && three.wire.from.y - two.wire.from.y).toBeCloseTo(
      (edgeWidth(two?.edge ?? three?.edge ?? never()) + edgeWidth(three?.edge ?? never())) / 2,
    );
    expect(two?.wire.from.x).toBe(416 + 280);
    expect(two?.wire.to.x).toBe(792);
  });

  it('leads a wire that would run behind a card past it, until the card is gone', () => {
    const { nodes, edges, positions } = smallGraph();
    const [enter] = edges.values();
    if (!enter) throw never();
    const past = new Map([...edges, ['past', { ...enter, id: 'past', to: { node: 'svc' } }]]);
    const before = buildScene(nodes, past, positions);
    const placed = before.edges.get('past') ?? never();
    expect(placed.vias).toHaveLength(1);
    const { bounds } = placed;
    const samples = [...placed.samples()];
    expect(samples.every((at, i) => (i % 2 === 0 ? at >= bounds.x : at >= bounds.y))).toBe(true);
    const moved = buildScene(nodes, past, new Map([...positions, ['vs', { x: 416, y: 480 }]]), before);
    expect(moved.edges.get('past')?.vias).toEqual([]);
    const retyped = buildScene(
      new Map([...nodes, ['vs', { ...(nodes.get('vs') ?? never()), title: 'x' }]]),
      past,
      positions,
      before,
    );
    expect(retyped.lanes).toBe(before.lanes);
    const two = past.get('two') ?? never();
    const reweighed = buildScene(nodes, new Map([...past, ['two', { ...two, share: 0.5 }]]), positions, before);
    expect(reweighed.lanes).toBe(before.lanes);
    expect(retyped.edges.get('past')).toBe(placed);
  });

  it('finds what lies under a point: a row, a head, nothing', () => {
    expect(itemAt(scene(), { x: 500, y: 10 })?.id).toBe('vs');
    expect(itemAt(scene(), { x: 500, y: 60 })?.id).toBe('reviews rule 1');
    expect(itemAt(scene(), { x: 300, y: 60 })).toBeUndefined();
    expect(nodesIn(scene(), { x: 780, y: 0, width: 100, height: 500 }).map((placed) => placed.node.id)).toEqual([
      'svc',
      'other',
    ]);
  });

  it('names a column once', () => {
    expect(scene().captions.map((caption) => caption.label)).toEqual(['Callers', 'Virtual services', 'Services']);
  });
});

const never = (): never => {
  throw new Error('not placed');
};

describe('arrow keys', () => {
  it('walk the rows of a node and go on to the next one', () => {
    const walk = ['svc', 'reviews v1', 'reviews v2', 'reviews v3', 'other'];
    walk.slice(1).forEach((id, index) => {
      expect(nearest(scene(), item(walk[index] ?? ''), 'down')?.id).toBe(id);
      expect(nearest(scene(), item(id), 'up')?.id).toBe(walk[index]);
    });
  });

  it('go to the nearest node on that side, to the row at the same height', () => {
    expect(nearest(scene(), item('reviews rule 2'), 'right')?.id).toBe('reviews v2');
    expect(nearest(scene(), item('reviews v1'), 'left')?.id).toBe('reviews rule 1');
    expect(nearest(scene(), headItem(scene().nodes.get('vs') ?? never()), 'left')?.id).toBe('caller');
    expect(nearest(scene(), item('caller'), 'left')).toBeUndefined();
  });
});

describe('the reach of a caller', () => {
  it('is what the edges lead to; the rest says why not', () => {
    const { nodes, edges } = smallGraph();
    const faded = outOfReach(nodes, edges.values(), 'caller');
    expect([...faded.keys()]).toEqual(['reviews v3', 'other']);
    expect(faded.get('other')).toContain('web');
  });

  it('is nothing without the way in', () => {
    const { nodes } = smallGraph();
    expect(outOfReach(nodes, [], 'caller').has('reviews rule 1')).toBe(true);
    expect(outOfReach(nodes, [], 'nobody').size).toBe(0);
  });

  it('goes up and down from any node', () => {
    const { edges } = smallGraph();
    expect([...connected(['vs'], edges.values(), 'up')]).toEqual(['vs', 'caller']);
    expect([...connected(['vs'], edges.values(), 'down')]).toEqual(['vs', 'svc']);
    expect(connected(['svc'], edges.values(), 'both').size).toBe(3);
  });
});

describe('a scene made from the one before', () => {
  it('keeps every lane while a hand holds a card, and makes them anew when it lets go', () => {
    const { nodes, edges: few, positions } = smallGraph();
    const [enter] = few.values();
    if (!enter) throw new Error('no edge');
    const edges = new Map([...few, ['past', { ...enter, id: 'past', to: { node: 'svc' } }]]);
    const before = buildScene(nodes, edges, positions);
    expect(before.edges.get('past')?.vias).not.toEqual([]);
    const away = new Map([...positions, ['vs', { x: 416, y: 4800 }] as const]);
    const held = buildScene(nodes, edges, away, before, true);
    expect(held.lanes).toBe(before.lanes);
    expect(held.edges.get('past')).toBe(before.edges.get('past'));
    const released = buildScene(nodes, edges, away, held);
    expect(plain(released)).toEqual(plain(buildScene(nodes, edges, away)));
    expect(released.edges.get('past')?.vias).toEqual([]);
  });

  it('equals one made from nothing, whatever came, went, moved or changed its share', () => {
    const { nodes, edges: few, positions } = smallGraph();
    const [enter] = few.values();
    // A wire past the virtual services, behind which its one curve would run.
    const edges = new Map([
      ...few,
      ...(enter ? ([['past', { ...enter, id: 'past', to: { node: 'svc' } }]] as const) : []),
    ]);
    const ids = { nodes: [...nodes.keys()], edges: [...edges.keys()] };
    const step = fc.record({
      gone: fc.subarray(ids.nodes),
      goneEdges: fc.subarray(ids.edges),
      moved: fc.subarray(ids.nodes),
      shares: fc.dictionary(fc.constantFrom(...ids.edges), fc.integer({ min: 0, max: 4 })),
      taller: fc.subarray(ids.nodes),
      isHeld: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
        let scene: Scene | undefined;
        let known: Scene['lanes']['courses'] | undefined;
        for (const { gone, goneEdges, moved, shares, taller, isHeld } of steps) {
          const now = {
            nodes: new Map(
              [...nodes]
                .filter(([id]) => !gone.includes(id))
                .map(([id, node]) => [id, taller.includes(id) ? { ...node, rows: node.rows.slice(1) } : node]),
            ),
            edges: new Map(
              [...edges]
                .filter(([id]) => !goneEdges.includes(id))
                .map(([id, edge]) => [id, id in shares ? { ...edge, share: (shares[id] ?? 0) / 4 } : edge]),
            ),
            positions: new Map(
              [...positions].map(([id, at]) => [id, moved.includes(id) ? { x: at.x, y: at.y + 64 } : at]),
            ),
          };
          if (isHeld) {
            scene = buildScene(now.nodes, now.edges, now.positions, scene, true);
            // A search that is broken off lends what it found to the next one.
            if (scene.lanesDue) scene = finished(findLanes(scene, known));
            known = scene.lanes.courses;
            expect(plain(scene)).toEqual(plain(buildScene(now.nodes, now.edges, now.positions)));
          }
          scene = buildScene(now.nodes, now.edges, now.positions, scene);
          expect(plain(scene)).toEqual(plain(buildScene(now.nodes, now.edges, now.positions)));
        }
      }),
    );
  });
});

function finished<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const plain = ({ nodes, edges, boundary, captions }: Scene): unknown => ({
  nodes: [...nodes],
  edges: [...edges].map(([id, { samples, ...edge }]) => [id, edge, [...samples()]]),
  boundary,
  captions,
});
