import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../layout/layout.ts';
import { nodeSize, rowOffset } from '../size.ts';
import { edge, graphs, mesh, node } from '../testing/graphs.ts';
import type { Graph, GraphEdge, Positions } from '../types.ts';
import { type Lanes, lanesFor, type WireEnds } from './lanes.ts';
import { pointAt, type Wire, wireThrough } from './path.ts';
import type { Box } from './strips.ts';

function boxesOf(graph: Graph, positions: Positions): Box[] {
  return graph.nodes.map((one) => ({ ...(positions.get(one.id) ?? { x: NaN, y: NaN }), ...nodeSize(one) }));
}

function wiresOf(graph: Graph, positions: Positions): Map<string, WireEnds> {
  const nodes = new Map(graph.nodes.map((one) => [one.id, one]));
  return new Map(
    graph.edges.flatMap(({ id, from, to }) => {
      const [source, target] = [nodes.get(from.node), nodes.get(to.node)];
      const [a, b] = [positions.get(from.node), positions.get(to.node)];
      if (!source || !target || !a || !b) return [];
      const start = { x: a.x + nodeSize(source).width, y: a.y + rowOffset(source, from.row) };
      return [[id, { wire: { from: start, to: { x: b.x, y: b.y + rowOffset(target, to.row) } }, width: 2 }] as const];
    }),
  );
}

/** The wires that run behind a card. */
function hidden(wires: ReadonlyMap<string, WireEnds>, lanes: Lanes, boxes: readonly Box[]): string[] {
  return [...wires].flatMap(([id, { wire }]) =>
    isHidden(wireThrough(wire.from, wire.to, lanes.vias.get(id)), boxes) ? [id] : [],
  );
}

function isHidden(wire: Wire, boxes: readonly Box[]): boolean {
  const steps = 40 * ((wire.curve.length - 2) / 6);
  for (let step = 0; step <= steps; step += 1) {
    const { x, y } = pointAt(wire, step / steps);
    if (boxes.some((box) => x > box.x + 0.5 && x < box.x + box.width - 0.5 && y > box.y && y < box.y + box.height))
      return true;
  }
  return false;
}

/** Also edges within a column, as between a virtual service and its delegate. */
const withDelegates = fc
  .tuple(graphs, fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 4 }))
  .map(([graph, pairs]): Graph => ({
    nodes: graph.nodes,
    edges: uniqueEdges([
      ...graph.edges,
      ...pairs.flatMap(([a, b]) => {
        const [from, to] = [graph.nodes[a % graph.nodes.length], graph.nodes[b % graph.nodes.length]];
        return from && to && from !== to && from.column === to.column ? [edge(from.id, to.id)] : [];
      }),
    ]),
  }));
const uniqueEdges = (edges: readonly GraphEdge[]): GraphEdge[] => [
  ...new Map(edges.map((one) => [one.id, one])).values(),
];

describe('lanes', () => {
  it('lead every wire past all cards', () => {
    fc.assert(
      fc.property(withDelegates, (graph) => {
        const positions = layoutGraph(graph);
        const boxes = boxesOf(graph, positions);
        const wires = wiresOf(graph, positions);
        expect(hidden(wires, lanesFor(wires, boxes), boxes)).toEqual([]);
      }),
    );
  });

  it('do so from band to band too, forwards and backwards', () => {
    const { nodes, edges } = mesh(12, 20);
    const across = nodes.flatMap(({ id, column }, i) =>
      column === 'virtualServices' && i % 7 === 0 ? [edge(id, `s${String((i * 5) % 12)}-${String(i % 20)}`)] : [],
    );
    const graph = { nodes, edges: uniqueEdges([...edges, ...across]) };
    const positions = layoutGraph(graph);
    const boxes = boxesOf(graph, positions);
    const wires = wiresOf(graph, positions);
    const lanes = lanesFor(wires, boxes);
    expect(new Set(boxes.map(({ x }) => x)).size).toBeGreaterThan(5);
    expect(lanes.vias.size).toBeGreaterThan(20);
    expect(hidden(wires, lanes, boxes)).toEqual([]);
  });

  it('are for wires alone whose one curve would run behind a card', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const positions = layoutGraph(graph);
        const boxes = boxesOf(graph, positions);
        const wires = wiresOf(graph, positions);
        const { vias } = lanesFor(wires, boxes);
        for (const [id, { wire }] of wires) {
          const beside = boxes.every(({ x, width }) => x + width <= wire.from.x || x >= wire.to.x);
          if (beside) expect(vias.has(id)).toBe(false);
        }
      }),
    );
  });

  it('lie side by side in one gap', () => {
    const nodes = [
      ...['a', 'b', 'c'].map((id) => node(id, 'callers', 0)),
      node('v', 'virtualServices', 3),
      node('w', 'virtualServices', 3),
      ...['s', 't', 'u'].map((id) => node(id, 'services', 0)),
    ];
    const graph = { nodes, edges: [edge('a', 's'), edge('b', 't'), edge('c', 'u')] };
    const place = (id: string, x: number, y: number): [string, { x: number; y: number }] => [id, { x, y }];
    const positions = new Map([
      ...['a', 'b', 'c'].map((id, i) => place(id, 0, 104 + i * 8)),
      place('v', 392, 0),
      place('w', 392, 160),
      ...['s', 't', 'u'].map((id, i) => place(id, 744, 96 + i * 8)),
    ]);
    const wires = wiresOf(graph, positions);
    const boxes = boxesOf(graph, positions).slice(3, 5);
    const heights = [...lanesFor(wires, boxes).vias.values()].map(([via]) => via?.y ?? NaN);
    expect(heights).toHaveLength(3);
    const [first = NaN, second = NaN, third = NaN] = heights;
    expect([second - first, third - second].every((apart) => apart >= 3)).toBe(true);
    expect(heights.every((y) => y > 136 + 6 && y < 160 - 6)).toBe(true);
  });
});

describe('lanes made from those before', () => {
  const moves = fc.array(
    fc.record({
      node: fc.nat(40),
      dx: fc.integer({ min: -40, max: 40 }),
      dy: fc.integer({ min: -40, max: 40 }),
      gone: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  );

  it('are those from nothing, whatever moved, came or went', () => {
    fc.assert(
      fc.property(withDelegates, moves, (whole, steps) => {
        const positions = new Map(layoutGraph(whole));
        let lanes = lanesFor(wiresOf(whole, positions), boxesOf(whole, positions));
        for (const { node: at, dx, dy, gone } of steps) {
          const id = whole.nodes[at % whole.nodes.length]?.id ?? '';
          const point = positions.get(id) ?? { x: 0, y: 0 };
          positions.set(id, { x: point.x + 8 * dx, y: point.y + 8 * dy });
          const nodes = whole.nodes.filter((one) => !gone || one.id !== id);
          const graph = { nodes, edges: whole.edges };
          const wires = wiresOf(graph, positions);
          const boxes = boxesOf(graph, positions);
          const before = lanes;
          lanes = lanesFor(wires, boxes, before);
          const fresh = lanesFor(wires, boxes);
          expect(lanes.strips).toEqual(fresh.strips);
          expect([...lanes.vias]).toEqual([...fresh.vias]);
          for (const [wire, vias] of lanes.vias) {
            const old = before.vias.get(wire);
            if (old && JSON.stringify(old) === JSON.stringify(vias)) expect(vias).toBe(old);
          }
        }
      }),
    );
  });

  it('are the same objects where nothing moved', () => {
    fc.assert(
      fc.property(withDelegates, (graph) => {
        const positions = layoutGraph(graph);
        const wires = wiresOf(graph, positions);
        const before = lanesFor(wires, boxesOf(graph, positions));
        const after = lanesFor(wires, boxesOf(graph, positions), before);
        expect(after.strips).toBe(before.strips);
        for (const [id, course] of after.courses) expect(course).toBe(before.courses.get(id));
        for (const [id, vias] of after.vias) expect(vias).toBe(before.vias.get(id));
      }),
    );
  });
});
