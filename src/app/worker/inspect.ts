import { countBreaks } from '../../core/text/index.ts';
import { kindSchema } from '../../core/istio/index.ts';
import type { Resource, SourceRef } from '../../core/istio/types.ts';
import { heldBy } from '../../core/graph/index.ts';
import type { GraphNode, GraphRow } from '../../core/graph/types.ts';
import { placeOfSlot } from '../../core/workspace/index.ts';
import type { Projection, Session } from '../../core/workspace/types.ts';
import type { Json } from '../../core/yaml/types.ts';
import { fieldsAt } from './fields.ts';
import type { InspectorView } from './protocol.ts';

interface Picked {
  readonly node: GraphNode;
  readonly row?: GraphRow | undefined;
  readonly source: SourceRef;
}

function find({ graph }: Projection, id: string): Picked | undefined {
  const held = heldBy(graph, id);
  if (!held) return undefined;
  const { node, row, destination } = held;
  const source = destination?.source ?? row?.source ?? node.source;
  return source && { node, row, source };
}

/** The row that an id stands for: its own, or that of the rule which a destination is part of. Nodes stay as they are. */
export function rowOrNode(projection: Projection, id: string): string {
  const picked = find(projection, id);
  return picked?.row?.id ?? id;
}

const startsWith = (path: SourceRef['path'], start: SourceRef['path']): boolean =>
  start.every((key, at) => path[at] === key);

function ownerOf({ documents, mesh, resources }: Projection, { slot, path }: SourceRef): Resource | undefined {
  const place = placeOfSlot(documents, slot);
  const isOwner = ({ source }: Resource): boolean => source.slot === slot && startsWith(path, source.path);
  const declared = place === undefined ? undefined : documents[place]?.resources.find(isOwner);
  const named = declared && mesh.byId.get(declared.id);
  // A resource whose name is taken goes by another id than its document gives it.
  return named && isOwner(named) ? named : declared && resources.find(isOwner);
}

function valueAt(value: Json, path: SourceRef['path']): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    // A list has items by number and a map by name; a key of the other sort finds nothing.
    at = (at as Readonly<Record<string | number, Json | undefined>>)[key];
  }
  return at;
}

function refusalOf(projection: Projection, resource: Resource): string | undefined {
  const file = projection.files.find((item) => item.id === resource.source.file);
  if (file?.readOnly !== undefined) return `${file.id} is read-only: ${file.readOnly}`;
  if (resource.document.template) return 'This document is a template. Edit its text.';
  if (!resource.stale) return undefined;
  const place = placeOfSlot(projection.documents, resource.source.slot) ?? -1;
  const document = projection.documents[place]?.document;
  const problem = document?.problems.find(({ severity }) => severity === 'error');
  if (!file || !document || !problem) return 'Fix the text of this document first.';
  const line = (projection.startLines[place] ?? 1) + countBreaks(document.text.slice(0, problem.range.from));
  return `Fix line ${String(line)} first: ${problem.message}`;
}

const ROW_KINDS = { server: 'Server', rule: 'Rule', rest: 'Rule', subset: 'Subset', port: 'Port' } as const;

function titleOf({ node, row }: Picked): string {
  if (!row) return node.title;
  if (row.kind === 'rule') return `Rule ${String(row.number)} of ${node.title}`;
  if (row.kind === 'subset') return `${node.title} ${row.title}`;
  if (row.kind === 'rest') return `Everything else of ${node.title}`;
  return `Port ${String(row.port)} of ${node.title}`;
}

/** The view that the inspector shows of a node, row or destination, or `null` where nothing with a text is picked. */
export class Inspector {
  private last: { readonly resource: Resource; readonly key: string; readonly view: InspectorView } | undefined;

  view(session: Session, projection: Projection): InspectorView | null {
    const id = projection.selection.ids.at(-1);
    const picked = id === undefined ? undefined : find(projection, id);
    if (id === undefined || !picked) return null;
    const resource = ownerOf(projection, picked.source);
    const place = session.rangeOf(picked.source);
    const file = place && projection.files.find((item) => item.id === place.file);
    if (!resource || !place || !file) return null;
    const at = placeOfSlot(projection.documents, picked.source.slot) ?? -1;
    const begin = projection.starts[at] ?? 0;
    // In the document's text: the file's would have to be put together first.
    const text = projection.documents[at]?.document.text ?? '';
    const shown = withoutEdges(text, { from: place.range.from - begin, to: place.range.to - begin });
    const first = (projection.startLines[at] ?? 1) + countBreaks(text.slice(0, shown.from));
    const lines: [number, number] = [first, first + countBreaks(text.slice(shown.from, shown.to))];
    const refusal = refusalOf(projection, resource);
    const name = picked.row?.name ?? picked.node.name;
    // The fields follow from the resource; all else is in the key. So a key press elsewhere gives the view from before.
    const key = JSON.stringify([id, name, picked.source, lines, file.id, refusal]);
    if (this.last?.resource === resource && this.last.key === key) return this.last.view;
    const path = picked.source.path.slice(resource.source.path.length);
    const view: InspectorView = {
      id,
      name,
      title: titleOf(picked),
      kind: picked.row ? ROW_KINDS[picked.row.kind] : resource.kind,
      resource: resource.id,
      source: picked.source,
      lines,
      file: file.id,
      editable: refusal === undefined,
      refusal,
      fields: fieldsAt(kindSchema(resource.group, resource.kind), resource.source, path, valueAt(resource.value, path)),
    };
    this.last = { resource, key, view };
    return view;
  }
}

/** A range without the marker line and the blank lines at its edges, so that a lit document begins and ends with its own text. */
export function withoutEdges(text: string, range: { from: number; to: number }): { from: number; to: number } {
  const part = text.slice(range.from, range.to);
  const marker = /^\uFEFF?(?:---[^\n]*\n|[ \t]*\r?\n)*/.exec(part)?.[0] ?? '';
  const foot = /(?:[ \t]*(?:\r\n|\r|\n))*$/.exec(part.slice(marker.length))?.[0] ?? '';
  if (marker.length === part.length) return range;
  return { from: range.from + marker.length, to: range.to - foot.length };
}
