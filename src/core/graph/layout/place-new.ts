import { BAND_WIDTH, COLUMNS, GRID, nodeSize, rowOffset } from '../size.ts';
import type { Graph, GraphEnd, GraphNode, NodeId, Point, Positions } from '../types.ts';
import { NODE_GAP } from './blocks.ts';
import { layoutGraph } from './layered.ts';

/** What stands in the way: nodes by the stripe of the canvas that they stand in, so that a search looks at one column only. */
type Stripes = Map<
  number,
  { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }[]
>;
const STRIPE = 256;

/**
 * Places for the nodes that have none: beside their placed neighbours, in their own column, at the nearest free height. New nodes that
 * know nobody placed are laid out among themselves, under everything else. No node with a place moves; gives `positions` plus the new.
 */
export function placeNew(graph: Graph, positions: Positions): Positions {
  const added = graph.nodes.filter(({ id }) => !positions.has(id));
  if (added.length === 0) return positions;
  if (added.length === graph.nodes.length) return layoutGraph(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const neighbours = neighboursOf(graph, new Set(added.map(({ id }) => id)));
  const placed = new Map<NodeId, Point>();
  const stripes: Stripes = new Map();
  for (const node of graph.nodes) {
    const at = positions.get(node.id);
    if (!at) continue;
    placed.set(node.id, at);
    occupy(stripes, node, at);
  }
  const waiting = new Set(added);
  const apart = partsOfTheirOwn(added, neighbours, nodes);
  for (const node of apart) waiting.delete(node);
  // Whoever knows somebody placed goes first, and may be the neighbour that the next one waits for.
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const node of waiting) {
      const wish = wishBeside(node, neighbours.get(node.id) ?? [], nodes, placed);
      if (!wish) continue;
      const at = freePlace(stripes, node, wish);
      placed.set(node.id, at);
      occupy(stripes, node, at);
      waiting.delete(node);
    }
  }
  for (const node of waiting) apart.add(node);
  if (apart.size > 0) placeApart(graph, apart, placed);
  return placed;
}

/** The free place for a node of the graph that is nearest to the wish, above or below it; `positions` are of the nodes that stand. */
export function freePlaceFor(graph: Graph, positions: Positions, node: GraphNode, wish: Point): Point {
  const stripes: Stripes = new Map();
  for (const other of graph.nodes) {
    const at = other.id === node.id ? undefined : positions.get(other.id);
    if (at) occupy(stripes, other, at);
  }
  return freePlace(stripes, node, wish);
}

/** From how many nodes on a new part is laid out for itself, rather than threaded in node by node. */
const PART_OF_ITS_OWN = 3;
/** From how many nodes on smaller parts are laid out together for themselves: a folder's 10,000, each threaded in, took minutes. */
const CROWD = 40;

/** New nodes that hang together, or came, in numbers and know nobody placed but callers: a configuration that was added beside another. */
function partsOfTheirOwn(
  added: readonly GraphNode[],
  neighbours: ReadonlyMap<NodeId, readonly { other: GraphEnd }[]>,
  nodes: ReadonlyMap<NodeId, GraphNode>,
): Set<GraphNode> {
  const all = new Set(added);
  const open = new Set(added);
  const apart = new Set<GraphNode>();
  const small: GraphNode[] = [];
  for (const start of added) {
    if (!open.delete(start)) continue;
    const part = [start];
    let known = false;
    for (const node of part) {
      for (const { other } of neighbours.get(node.id) ?? []) {
        const its = nodes.get(other.node);
        if (!its || (its.column === 'callers') !== (start.column === 'callers')) continue;
        if (open.delete(its)) part.push(its);
        else known ||= !all.has(its);
      }
    }
    if (known) continue;
    if (part.length < PART_OF_ITS_OWN) small.push(...part);
    else for (const node of part) apart.add(node);
  }
  if (small.length >= CROWD) for (const node of small) apart.add(node);
  return apart;
}

function neighboursOf(graph: Graph, added: ReadonlySet<NodeId>): Map<NodeId, { own: GraphEnd; other: GraphEnd }[]> {
  const lists = new Map<NodeId, { own: GraphEnd; other: GraphEnd }[]>();
  const add = (own: GraphEnd, other: GraphEnd): void => {
    if (!added.has(own.node) || own.node === other.node) return;
    const list = lists.get(own.node) ?? [];
    list.push({ own, other });
    lists.set(own.node, list);
  };
  for (const { from, to } of graph.edges) {
    add(from, to);
    add(to, from);
  }
  return lists;
}

/** Where a node would be level with its placed neighbours; callers speak only where nobody else does, since they know everybody. */
function wishBeside(
  node: GraphNode,
  ends: readonly { own: GraphEnd; other: GraphEnd }[],
  nodes: ReadonlyMap<NodeId, GraphNode>,
  placed: ReadonlyMap<NodeId, Point>,
): Point | undefined {
  let calls: { x: number; y: number; count: number } = { x: 0, y: 0, count: 0 };
  let rest: typeof calls = { x: 0, y: 0, count: 0 };
  for (const { own, other } of ends) {
    const its = nodes.get(other.node);
    const at = placed.get(other.node);
    if (!its || !at) continue;
    const x = at.x - COLUMNS[its.column].x + COLUMNS[node.column].x;
    const y = at.y + rowOffset(its, other.row) - rowOffset(node, own.row);
    const sum = its.column === 'callers' ? calls : rest;
    const next = { x: sum.count === 0 ? x : Math.min(sum.x, x), y: sum.y + y, count: sum.count + 1 };
    if (its.column === 'callers') calls = next;
    else rest = next;
  }
  const sum = rest.count > 0 ? rest : calls;
  if (sum.count === 0) return undefined;
  // The column's own line in the neighbour's band, wherever the neighbour was dragged to.
  const band = Math.round((sum.x - COLUMNS[node.column].x) / BAND_WIDTH);
  return { x: COLUMNS[node.column].x + band * BAND_WIDTH, y: snap(sum.y / sum.count) };
}

function occupy(stripes: Stripes, node: GraphNode, at: Point): void {
  const size = nodeSize(node);
  const box = { left: at.x, right: at.x + size.width, top: at.y, bottom: at.y + size.height };
  for (let stripe = Math.floor(box.left / STRIPE); stripe <= Math.floor(box.right / STRIPE); stripe += 1) {
    const list = stripes.get(stripe) ?? [];
    list.push(box);
    stripes.set(stripe, list);
  }
}

/** The height nearest to the wish at which the node stands free, with a gap above and below. */
function freePlace(stripes: Stripes, node: GraphNode, wish: Point): Point {
  const size = nodeSize(node);
  const inWay: { from: number; to: number }[] = [];
  for (let stripe = Math.floor(wish.x / STRIPE); stripe <= Math.floor((wish.x + size.width) / STRIPE); stripe += 1) {
    for (const box of stripes.get(stripe) ?? []) {
      if (box.left >= wish.x + size.width || box.right <= wish.x) continue;
      inWay.push({ from: box.top - NODE_GAP - size.height, to: box.bottom + NODE_GAP });
    }
  }
  inWay.sort((a, b) => a.from - b.from);
  let down = wish.y;
  for (const { from, to } of inWay) if (down > from && down < to) down = snapUp(to);
  let up = wish.y;
  inWay.sort((a, b) => b.to - a.to);
  for (const { from, to } of inWay) if (up > from && up < to) up = -snapUp(-from);
  return { x: wish.x, y: wish.y - up < down - wish.y ? up : down };
}

const snap = (y: number): number => Math.round(y / GRID) * GRID;
const snapUp = (y: number): number => Math.ceil(y / GRID) * GRID;

/** The part of the graph that nobody placed belongs to, laid out for itself under all that stands. */
function placeApart(graph: Graph, waiting: ReadonlySet<GraphNode>, placed: Map<NodeId, Point>): void {
  let bottom = -Infinity;
  for (const node of graph.nodes) {
    const at = placed.get(node.id);
    if (at) bottom = Math.max(bottom, at.y + nodeSize(node).height);
  }
  const ids = new Set([...waiting].map(({ id }) => id));
  const apart = layoutGraph({
    nodes: [...waiting],
    edges: graph.edges.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
  });
  for (const [id, at] of apart) placed.set(id, { x: at.x, y: snapUp(bottom + NODE_GAP) + at.y });
}
