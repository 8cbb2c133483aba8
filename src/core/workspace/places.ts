import type { Graph, GraphNode, NodeId, Point, Positions } from '../graph/types.ts';

/**
 * Where nodes stand, and where nodes stood that are gone: whoever comes back, by id or by accessible name, finds its place again. That
 * is what keeps the picture still through undo, reload, and a service that was assumed and is now declared.
 */
export interface PlaceMemory {
  readonly byId: ReadonlyMap<NodeId, Point>;
  readonly byName: ReadonlyMap<string, Point>;
}

/** A memory of nothing. */
export const NO_PLACES: PlaceMemory = { byId: new Map(), byName: new Map() };

/** Gives places: `all` to a whole graph, `added` to the nodes that have none, leaving the others where they are. */
export interface Placer {
  readonly all: (graph: Graph) => Positions;
  readonly added: (graph: Graph, positions: Positions) => Positions;
}

/** Positions of the nodes that there are, and the memory that knows them all. */
export interface Placed {
  readonly positions: Positions;
  readonly memory: PlaceMemory;
}

/**
 * Places every node of the graph: remembered ones where they were, one that took a vanished node's text where that stood, the rest by
 * the placer. No node that has a place moves. Gives `before.positions` itself when nothing came, went or moved.
 */
export function placeNodes(graph: Graph, previous: Graph | undefined, before: Placed, placer: Placer): Placed {
  const { memory } = before;
  const found = new Map<NodeId, Point>();
  const open: GraphNode[] = [];
  for (const node of graph.nodes) {
    const point = memory.byId.get(node.id);
    if (point === undefined) open.push(node);
    else found.set(node.id, point);
  }
  if (open.length === 0) return { positions: sameOr(before.positions, found), memory };

  const heirs = vanishedBySource(graph, previous);
  const used = new Set([...found.values()].map(key));
  let still = 0;
  for (const node of open) {
    const source = sourceKey(node);
    const point =
      (source === undefined ? undefined : pointOf(heirs.get(source), memory)) ?? memory.byName.get(node.name);
    if (point === undefined || used.has(key(point))) {
      still += 1;
      continue;
    }
    used.add(key(point));
    found.set(node.id, point);
  }
  let positions: Positions = found;
  if (still > 0) positions = found.size === 0 ? placer.all(graph) : placer.added(graph, found);
  return { positions, memory: remember(memory, open, positions) };
}

/** The memory with new places for some nodes, by id and by name. */
export function moveNodes(memory: PlaceMemory, graph: Graph, moves: ReadonlyMap<NodeId, Point>): PlaceMemory {
  const nodes = graph.nodes.filter((node) => moves.has(node.id));
  return remember({ ...memory, byId: new Map([...memory.byId, ...moves]) }, nodes, moves);
}

function remember(memory: PlaceMemory, nodes: readonly GraphNode[], positions: Positions): PlaceMemory {
  const byId = new Map(memory.byId);
  const byName = new Map(memory.byName);
  for (const node of nodes) {
    const point = positions.get(node.id);
    if (point === undefined) continue;
    byId.set(node.id, point);
    byName.set(node.name, point);
  }
  return { byId, byName };
}

function vanishedBySource(graph: Graph, previous: Graph | undefined): ReadonlyMap<string, GraphNode> {
  const present = new Set(graph.nodes.map((node) => node.id));
  const gone = new Map<string, GraphNode>();
  for (const node of previous?.nodes ?? []) {
    const source = sourceKey(node);
    if (source !== undefined && !present.has(node.id)) gone.set(source, node);
  }
  return gone;
}

function sourceKey({ kind, source }: GraphNode): string | undefined {
  return source && `${kind} ${source.slot} ${JSON.stringify(source.path)}`;
}

function pointOf(node: GraphNode | undefined, memory: PlaceMemory): Point | undefined {
  return node && memory.byId.get(node.id);
}

const key = (point: Point): string => `${point.x} ${point.y}`;

function sameOr(before: Positions, after: Positions): Positions {
  if (before.size !== after.size) return after;
  for (const [id, point] of after) if (before.get(id) !== point) return after;
  return before;
}
