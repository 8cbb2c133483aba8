import { COLUMN_ORDER, nodeSize, rowOffset } from '../size.ts';
import type { Graph } from '../types.ts';

/**
 * The graph as numbers: node `i` is `graph.nodes[i]`. An edge end is a node and the place of its row below the node's top.
 * Adjacency is in compressed rows: the neighbours of `i` are `other[first[i] .. first[i + 1]]`.
 */
export interface Network {
  readonly graph: Graph;
  readonly count: number;
  readonly column: Uint8Array;
  readonly height: Float64Array;
  readonly first: Int32Array;
  readonly other: Int32Array;
  /** Row offset at the node's own end and at the other's. */
  readonly here: Float64Array;
  readonly there: Float64Array;
}

/** Turns a graph into typed arrays: one pass over nodes and two over edges. */
export function networkOf(graph: Graph): Network {
  const count = graph.nodes.length;
  const index = new Map<string, number>();
  const column = new Uint8Array(count);
  const height = new Float64Array(count);
  graph.nodes.forEach((node, i) => {
    index.set(node.id, i);
    column[i] = COLUMN_ORDER.indexOf(node.column);
    height[i] = nodeSize(node).height;
  });
  const ends: number[] = [];
  const first = new Int32Array(count + 1);
  for (const edge of graph.edges) {
    const from = index.get(edge.from.node);
    const to = index.get(edge.to.node);
    const source = from === undefined ? undefined : graph.nodes[from];
    const target = to === undefined ? undefined : graph.nodes[to];
    if (from === undefined || to === undefined || !source || !target || from === to) continue;
    ends.push(from, to, rowOffset(source, edge.from.row), rowOffset(target, edge.to.row));
    first[from + 1] = (first[from + 1] ?? 0) + 1;
    first[to + 1] = (first[to + 1] ?? 0) + 1;
  }
  for (let i = 0; i < count; i += 1) first[i + 1] = (first[i + 1] ?? 0) + (first[i] ?? 0);
  const total = ends.length / 2;
  const other = new Int32Array(total);
  const here = new Float64Array(total);
  const there = new Float64Array(total);
  const next = first.slice(0, count);
  const add = (node: number, neighbour: number, own: number, its: number): void => {
    const at = next[node] ?? 0;
    next[node] = at + 1;
    other[at] = neighbour;
    here[at] = own;
    there[at] = its;
  };
  for (let e = 0; e < ends.length; e += 4) {
    const from = ends[e] ?? 0;
    const to = ends[e + 1] ?? 0;
    const fromRow = ends[e + 2] ?? 0;
    const toRow = ends[e + 3] ?? 0;
    add(from, to, fromRow, toRow);
    add(to, from, toRow, fromRow);
  }
  return { graph, count, column, height, first, other, here, there };
}
