import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, nodeSize } from '../size.ts';
import { edge, graphs, mesh, node } from '../testing/graphs.ts';
import type { Graph, Positions } from '../types.ts';
import { inversions } from './crossings.ts';
import { layoutGraph, meshBoundary, placeNew } from './layout.ts';
import { settle } from './settle.ts';

function overlaps(graph: Graph, positions: Positions): string[] {
  const boxes = graph.nodes.map((one) => ({
    id: one.id,
    at: positions.get(one.id) ?? { x: NaN, y: NaN },
    size: nodeSize(one),
  }));
  const found: string[] = [];
  boxes.forEach((a, i) =>
    boxes.slice(i + 1).forEach((b) => {
      const apart =
        a.at.x + a.size.width <= b.at.x ||
        b.at.x + b.size.width <= a.at.x ||
        a.at.y + a.size.height <= b.at.y ||
        b.at.y + b.size.height <= a.at.y;
      if (!apart) found.push(`${a.id} ${b.id}`);
    }),
  );
  return found;
}

describe('a layout', () => {
  it('puts no node over another, and each in its column', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const positions = layoutGraph(graph);
        expect(overlaps(graph, positions)).toEqual([]);
        for (const one of graph.nodes) expect(positions.get(one.id)?.x).toBe(COLUMNS[one.column].x);
      }),
    );
  });

  it('is the same for the same graph, and stays as it is when it is made again from itself', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const positions = layoutGraph(graph);
        expect(layoutGraph(graph)).toEqual(positions);
        const again = layoutGraph(graph, { previous: positions });
        expect(layoutGraph(graph, { previous: again })).toEqual(layoutGraph(graph, { previous: again }));
        expect(overlaps(graph, again)).toEqual([]);
      }),
    );
  });

  it('opens further bands where a mesh would be an endless column, also when one gateway holds all of it', () => {
    for (const graph of [mesh(40, 10), mesh(1, 400)]) {
      const positions = layoutGraph(graph);
      const points = [...positions.values()];
      const width = Math.max(...points.map(({ x }) => x));
      const height = Math.max(...points.map(({ y }) => y));
      expect(width / height).toBeGreaterThan(0.4);
      expect(width / height).toBeLessThan(2.5);
      expect(overlaps(graph, positions)).toEqual([]);
    }
  });

  it('keeps what one caller calls together', () => {
    const nodes = [
      node('c', 'callers', 0),
      node('d', 'callers', 0),
      node('v', 'virtualServices', 2),
      node('w', 'virtualServices', 2),
      node('s', 'services', 0),
    ];
    const graph: Graph = { nodes, edges: [edge('c', 'v'), edge('d', 'w'), edge('c', 's')] };
    const positions = layoutGraph(graph);
    const top = (id: string): number => positions.get(id)?.y ?? NaN;
    expect([top('v') < top('s'), top('s') < top('w')]).toEqual([true, true]);
  });

  it('draws the boundary round all but callers and external entries', () => {
    const graph: Graph = {
      nodes: [node('c', 'callers', 0), node('v', 'virtualServices', 1), node('e', 'external', 1)],
      edges: [],
    };
    const positions = layoutGraph(graph);
    const box = meshBoundary(graph.nodes, positions);
    expect(box && box.x > COLUMNS.callers.x + COLUMNS.callers.width && box.x + box.width < COLUMNS.external.x).toBe(
      true,
    );
    expect(meshBoundary([], positions)).toBeUndefined();
  });
});

describe('a place for a new node', () => {
  it('is free, in its column, and leaves the others where they are', () => {
    fc.assert(
      fc.property(graphs, fc.nat(40), (graph, cut) => {
        const some: Graph = { nodes: graph.nodes.slice(0, Math.max(1, cut % graph.nodes.length)), edges: graph.edges };
        const before = layoutGraph(some);
        const after = placeNew(graph, before);
        for (const [id, at] of before) expect(after.get(id)).toBe(at);
        expect(overlaps(graph, after)).toEqual([]);
      }),
    );
  });

  it('is beside its neighbour', () => {
    const graph = mesh(1, 8);
    const whole = layoutGraph(graph);
    const before = new Map([...whole].filter(([id]) => id !== 's0-3'));
    const at = placeNew(graph, before).get('s0-3');
    expect(Math.abs((at?.y ?? 0) - (whole.get('v0-3')?.y ?? 0))).toBeLessThan(400);
  });
});

describe('a part that comes as a whole', () => {
  it('is laid out for itself, under what stands, though the Internet knows it', () => {
    const both = mesh(2, 3);
    const first = mesh(1, 3);
    const before = layoutGraph(first);
    const bottom = Math.max(...first.nodes.map((one) => (before.get(one.id)?.y ?? 0) + nodeSize(one).height));
    const after = placeNew(both, before);
    const added = both.nodes.filter(({ id }) => !before.has(id));
    for (const { id } of added) expect(after.get(id)?.y).toBeGreaterThan(bottom);
    expect(overlaps(both, after)).toEqual([]);
  });

  it('is laid out as one where many small parts come at once', () => {
    const stands: Graph = { nodes: [node('all', 'callers', 0), node('a', 'services', 1)], edges: [edge('all', 'a')] };
    const before = layoutGraph(stands);
    const came = Array.from({ length: 30 }, (_, i) => [
      node(`r${i}`, 'virtualServices', 1),
      node(`s${i}`, 'services', 1),
    ]);
    const both: Graph = {
      nodes: [...stands.nodes, ...came.flat()],
      edges: [...stands.edges, ...came.flatMap((_, i) => [edge('all', `r${i}`), edge(`r${i}`, `s${i}`)])],
    };
    const after = placeNew(both, before);
    const bottom = (before.get('a')?.y ?? 0) + 40;
    for (const { id } of came.flat()) expect(after.get(id)?.y).toBeGreaterThan(bottom);
    expect(overlaps(both, after)).toEqual([]);
  });
});

describe('the parts of a layout', () => {
  it('boxes settle in order, without overlap, where they wish to be when that is free', () => {
    const boxes = fc.array(
      fc.record({ wish: fc.integer({ min: -500, max: 500 }), height: fc.integer({ min: 1, max: 90 }) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(boxes, (list) => {
        const tops = settle(
          Float64Array.from(list, ({ wish }) => wish),
          Float64Array.from(list, ({ height }) => height),
          10,
        );
        list.forEach(({ height }, i) => {
          if (i + 1 < list.length) expect(tops[i + 1]).toBeGreaterThanOrEqual((tops[i] ?? 0) + height + 10 - 1e-6);
        });
        const free = list.every(({ wish, height }, i) => wish + height + 10 <= (list[i + 1]?.wish ?? Infinity));
        if (free) list.forEach(({ wish }, i) => expect(tops[i]).toBeCloseTo(wish));
      }),
    );
  });

  it('crossings are counted as pairs are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (keys) => {
        let pairs = 0;
        keys.forEach((a, i) => keys.slice(i + 1).forEach((b) => (pairs += a > b ? 1 : 0)));
        expect(inversions(Float64Array.from(keys))).toBe(pairs);
      }),
    );
  });
});
