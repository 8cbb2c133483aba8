import type { SlotId } from '../base/ids.ts';
import { put } from '../base/lists.ts';
import type { SourceRef } from '../istio/types.ts';
import type { YamlPath } from '../yaml/types.ts';
import { aliasesOf } from './build/service.ts';
import type { Graph, GraphDestination, GraphNode, GraphRow, NodeId } from './types.ts';

interface Spot {
  readonly id: string;
  readonly source: SourceRef;
}
/** Places in the list of nodes: of each node by its id, and of all that show something of a document. */
interface Index {
  readonly places: ReadonlyMap<NodeId, number>;
  readonly bySlot: ReadonlyMap<SlotId, readonly number[]>;
}

// Made when first asked for; a node keeps its spots for as long as it lives, a graph its index.
const spots = new WeakMap<GraphNode, readonly Spot[]>();
const indexes = new WeakMap<Graph, Index>();

function spotsOf(node: GraphNode): readonly Spot[] {
  const known = spots.get(node);
  if (known) return known;
  const made: Spot[] = [];
  const add = (id: string, source: SourceRef | undefined): void => {
    if (source) made.push({ id, source });
  };
  add(node.id, node.source);
  for (const row of node.rows) {
    add(row.id, row.source);
    if (row.kind === 'rule') for (const { id, source } of row.destinations) add(id, source);
  }
  spots.set(node, made);
  return made;
}

/** The spots of a node with those of the rules that have no node of their own. */
const allSpotsOf = (node: GraphNode): readonly Spot[] => {
  const aliases = aliasesOf(node);
  const own = spotsOf(node);
  return aliases.length === 0 ? own : [...own, ...aliases.map((source) => ({ id: node.id, source }))];
};

/** The documents that a node shows something of. */
export function slotsOf(node: GraphNode): ReadonlySet<SlotId> {
  return new Set(allSpotsOf(node).map(({ source }) => source.slot));
}

function indexOf(graph: Graph): Index {
  const known = indexes.get(graph);
  if (known) return known;
  const places = new Map<NodeId, number>();
  const bySlot = new Map<SlotId, number[]>();
  graph.nodes.forEach((node, at) => {
    places.set(node.id, at);
    for (const slot of slotsOf(node)) put(bySlot, slot, at);
  });
  const index = { places, bySlot };
  indexes.set(graph, index);
  return index;
}

/** Notes that in the places of a graph stand nodes of the same ids and documents as in those of an earlier one: it costs a walk to find out. */
export function keepIndex(previous: Graph, graph: Graph): void {
  const known = indexes.get(previous);
  if (known) indexes.set(graph, known);
}

/** Notes that nodes of this graph show something of other documents than before. */
export function forgetIndex(graph: Graph): void {
  indexes.delete(graph);
}

/** Whether the node is one of the graph's. */
export function hasNode(graph: Graph, node: GraphNode): boolean {
  return graph.nodes[indexOf(graph).places.get(node.id) ?? -1] === node;
}

/** A node, row or destination of a graph, with the node that holds it. */
export interface Held {
  readonly node: GraphNode;
  readonly row?: GraphRow | undefined;
  readonly destination?: GraphDestination | undefined;
}

/** What goes by an id: a node, or a row or destination, whose ids begin with that of their node. */
export function heldBy(graph: Graph, id: string): Held | undefined {
  const { places } = indexOf(graph);
  for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
    const node = graph.nodes[places.get(id.slice(0, end)) ?? -1];
    if (node === undefined) continue;
    if (end === id.length) return { node };
    for (const row of node.rows) {
      if (row.id === id) return { node, row };
      const destination = row.kind === 'rule' ? row.destinations.find((one) => one.id === id) : undefined;
      if (destination) return { node, row, destination };
    }
  }
  return undefined;
}

/**
 * The deepest node, row or destination that a place in a document belongs to: a caret in a route's weight gives the destination, one in
 * `metadata` the node, one in a DestinationRule's policy the service. `undefined` where the document is on the canvas with nothing.
 */
export function idAt(graph: Graph, slot: SlotId, path: YamlPath): string | undefined {
  let best: Spot | undefined;
  for (const at of indexOf(graph).bySlot.get(slot) ?? []) {
    const node = graph.nodes[at];
    for (const spot of node ? allSpotsOf(node) : []) {
      const own = spot.source.path;
      if (spot.source.slot !== slot || own.length > path.length) continue;
      if (best && own.length <= best.source.path.length) continue;
      if (own.every((step, i) => step === path[i])) best = spot;
    }
  }
  return best?.id;
}

/**
 * Where the text of a node, row or destination stands; of a host that nothing declares, a DestinationRule for it. `undefined` for callers,
 * ghosts and last rows.
 */
export function sourceOf(graph: Graph, id: string): SourceRef | undefined {
  const held = heldBy(graph, id);
  return held && allSpotsOf(held.node).find((spot) => spot.id === id)?.source;
}
