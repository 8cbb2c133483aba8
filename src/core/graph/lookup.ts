import type { SlotId } from '../base/ids.ts';
import type { SourceRef } from '../istio/types.ts';
import type { YamlPath } from '../yaml/types.ts';
import { aliasesOf } from './build/service.ts';
import type { Graph, GraphNode } from './types.ts';

interface Spot {
  readonly id: string;
  readonly source: SourceRef;
}
interface Index {
  readonly bySlot: ReadonlyMap<SlotId, readonly Spot[]>;
  readonly byId: ReadonlyMap<string, SourceRef>;
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

function indexOf(graph: Graph): Index {
  const known = indexes.get(graph);
  if (known) return known;
  const bySlot = new Map<SlotId, Spot[]>();
  const byId = new Map<string, SourceRef>();
  for (const node of graph.nodes) {
    const more = aliasesOf(node).map((source) => ({ id: node.id, source }));
    for (const spot of [...spotsOf(node), ...more]) {
      const list = bySlot.get(spot.source.slot) ?? [];
      list.push(spot);
      bySlot.set(spot.source.slot, list);
      if (!byId.has(spot.id)) byId.set(spot.id, spot.source);
    }
  }
  const index = { bySlot, byId };
  indexes.set(graph, index);
  return index;
}

/**
 * The deepest node, row or destination that a place in a document belongs to: a caret in a route's weight gives the destination, one in
 * `metadata` the node, one in a DestinationRule's policy the service. `undefined` where the document is on the canvas with nothing.
 */
export function idAt(graph: Graph, slot: SlotId, path: YamlPath): string | undefined {
  let best: Spot | undefined;
  for (const spot of indexOf(graph).bySlot.get(slot) ?? []) {
    const own = spot.source.path;
    if (own.length > path.length || (best && own.length <= best.source.path.length)) continue;
    if (own.every((step, i) => step === path[i])) best = spot;
  }
  return best?.id;
}

/**
 * Where the text of a node, row or destination stands; of a host that nothing declares, a DestinationRule for it. `undefined` for callers,
 * ghosts and last rows.
 */
export function sourceOf(graph: Graph, id: string): SourceRef | undefined {
  return indexOf(graph).byId.get(id);
}
