import type { Graph } from '../graph/types.ts';
import type { SourceRef } from '../istio/types.ts';
import type { Selection } from './types.ts';

/** A selected thing with what it can be found by when its id is gone: its text and its accessible name. */
export interface Marked {
  readonly id: string;
  readonly name?: string | undefined;
  readonly source?: SourceRef | undefined;
}

/** What the selection holds, in a form that finds it again after edits, undo or a reload. */
export function mark(graph: Graph, selection: Selection): readonly Marked[] {
  if (selection.ids.length === 0) return [];
  const wanted = new Set(selection.ids);
  const found = new Map<string, Marked>();
  for (const thing of things(graph)) if (wanted.has(thing.id)) found.set(thing.id, thing);
  return selection.ids.map((id) => found.get(id) ?? { id });
}

/**
 * The selection in another graph: by id where that is still there, else whatever stands at the same place of the text, else whatever has
 * the same name; else it is dropped. Gives `selection` itself when it holds the same ids.
 */
export function find(graph: Graph, marked: readonly Marked[], selection: Selection): Selection {
  if (marked.length === 0) return selection.ids.length === 0 ? selection : { ids: [] };
  // Nearly always all are there: then no text place needs a key (2,000 documents have some 10,000 rows).
  const wanted = new Set(marked.map((one) => one.id));
  for (const thing of things(graph)) wanted.delete(thing.id);
  if (wanted.size === 0)
    return sameOr(
      selection,
      marked.map((one) => one.id),
    );

  const present = new Set<string>();
  const bySource = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { id, name, source } of things(graph)) {
    present.add(id);
    if (source !== undefined && !bySource.has(keyOf(source))) bySource.set(keyOf(source), id);
    if (name !== undefined && !byName.has(name)) byName.set(name, id);
  }
  const ids: string[] = [];
  for (const { id, name, source } of marked) {
    const next = present.has(id)
      ? id
      : ((source && bySource.get(keyOf(source))) ?? (name === undefined ? undefined : byName.get(name)));
    if (next !== undefined && !ids.includes(next)) ids.push(next);
  }
  return sameOr(selection, ids);
}

function sameOr(selection: Selection, ids: readonly string[]): Selection {
  const same = ids.length === selection.ids.length && ids.every((id, index) => id === selection.ids[index]);
  return same ? selection : { ids };
}

const keyOf = (source: SourceRef): string => `${source.slot} ${JSON.stringify(source.path)}`;

function* things(graph: Graph): Generator<Marked> {
  for (const node of graph.nodes) {
    yield node;
    for (const row of node.rows) {
      yield row;
      if (row.kind === 'rule') for (const { id, source } of row.destinations) yield { id, source };
    }
  }
  for (const edge of graph.edges) yield { id: edge.id };
}
