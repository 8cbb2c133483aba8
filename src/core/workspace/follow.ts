import { hasNode, heldBy } from '../graph/lookup.ts';
import type { Graph, GraphNode } from '../graph/types.ts';
import type { SourceRef } from '../istio/types.ts';
import type { Selection } from './types.ts';

/** A selected thing with what it can be found by when its id is gone: the node that holds it, its text and its accessible name. */
export interface Marked {
  readonly id: string;
  readonly holder?: GraphNode | undefined;
  readonly name?: string | undefined;
  readonly source?: SourceRef | undefined;
}

const marks = new WeakMap<Selection, { readonly graph: Graph; readonly marked: readonly Marked[] }>();

/** What the selection holds, in a form that finds it again after edits, undo or a reload. Kept for a selection and a graph. */
export function mark(graph: Graph, selection: Selection): readonly Marked[] {
  if (selection.ids.length === 0) return NOTHING;
  const known = marks.get(selection);
  if (known?.graph === graph) return known.marked;
  const marked = selection.ids.map((id) => markOf(graph, id));
  marks.set(selection, { graph, marked });
  return marked;
}
const NOTHING: readonly Marked[] = [];

function markOf(graph: Graph, id: string): Marked {
  const held = heldBy(graph, id);
  if (held === undefined) return { id };
  const { node: holder, row, destination } = held;
  if (destination) return { id, source: destination.source, holder };
  const { name, source } = row ?? holder;
  return { id, name, source, holder };
}

/**
 * The selection in another graph: by id where that is still there, else whatever stands at the same place of the text, else whatever has
 * the same name; else it is dropped. Gives `selection` itself when it holds the same ids.
 */
export function find(graph: Graph, marked: readonly Marked[], selection: Selection): Selection {
  if (marked.length === 0) return selection.ids.length === 0 ? selection : { ids: [] };
  // An edge is looked for last, since all must be walked over.
  const isThere = ({ id, holder }: Marked): boolean =>
    (holder !== undefined && hasNode(graph, holder)) ||
    heldBy(graph, id) !== undefined ||
    graph.edges.some((edge) => edge.id === id);
  return sameOr(selection, marked.every(isThere) ? marked.map((one) => one.id) : heirs(graph, marked, 'id'));
}

/**
 * The selection in a graph whose texts are again what they were when it was marked. Then the place in the text is what tells: a document
 * that was away may have come back with other ids for its rules.
 */
export function findAgain(graph: Graph, marked: readonly Marked[], selection: Selection): Selection {
  const moved = marked.some(({ holder }) => holder === undefined || !hasNode(graph, holder));
  if (!moved) return find(graph, marked, selection);
  return sameOr(selection, heirs(graph, marked, 'place'));
}

function sameOr(selection: Selection, ids: readonly string[]): Selection {
  const same = ids.length === selection.ids.length && ids.every((id, index) => id === selection.ids[index]);
  return same ? selection : { ids };
}

/** Ids of what is there of the marked things: by id, place in the text and name, the one or the other of the first two first. */
function heirs(graph: Graph, marked: readonly Marked[], first: 'id' | 'place'): readonly string[] {
  const present = new Set<string>();
  const bySource = new Map<string, string>();
  const byName = new Map<string, string>();
  visit(graph, ({ id, name, source }) => {
    present.add(id);
    if (source !== undefined && !bySource.has(keyOf(source))) bySource.set(keyOf(source), id);
    if (name !== undefined && !byName.has(name)) byName.set(name, id);
  });
  const ids = new Set<string>();
  for (const { id, name, source } of marked) {
    const own = present.has(id) ? id : undefined;
    const there = source && bySource.get(keyOf(source));
    const named = name === undefined ? undefined : byName.get(name);
    const next = first === 'id' ? (own ?? there ?? named) : (there ?? own ?? named);
    if (next !== undefined) ids.add(next);
  }
  return [...ids];
}

const keyOf = (source: SourceRef): string => `${source.slot} ${JSON.stringify(source.path)}`;

/** Shows every node, row, destination and edge to `see`. */
function visit(graph: Graph, see: (thing: Marked) => void): void {
  for (const node of graph.nodes) {
    see({ id: node.id, name: node.name, source: node.source });
    for (const row of node.rows) {
      see({ id: row.id, name: row.name, source: row.source });
      if (row.kind === 'rule') for (const { id, source } of row.destinations) see({ id, source });
    }
  }
  for (const edge of graph.edges) see({ id: edge.id });
}
