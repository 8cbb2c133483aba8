import type { FileId } from '../../core/base/ids.ts';
import { lineIndex, type LineIndex } from '../../core/text/index.ts';
import type { DocumentSlot, Projection, WorkspaceFile } from '../../core/workspace/types.ts';
import type { FileView, ResourceView, ViewDelta } from './protocol.ts';

/** The lines of each file's text, made when first asked for and kept while the text stays. */
export class LineCache {
  private readonly known = new Map<FileId, { readonly text: string; readonly lines: LineIndex }>();

  of(file: WorkspaceFile): LineIndex {
    const known = this.known.get(file.id);
    if (known?.text === file.text) return known.lines;
    const lines = lineIndex(file.text);
    this.known.set(file.id, { text: file.text, lines });
    return lines;
  }
}

/** The same list where all its items are the same as before, so that what did not change is not sent. */
export function keepList<T>(before: readonly T[] | undefined, after: readonly T[]): readonly T[] {
  if (before?.length !== after.length) return after;
  return after.every((item, at) => item === before[at]) ? before : after;
}

/** The same object where all its values are the same as before. */
export function keepObject<T extends object>(before: T | undefined, after: T): T {
  if (!before) return after;
  const keys = Object.keys(after);
  // Both have the shape of T, so its keys can be looked up in both.
  const same = keys.every((key) => before[key as keyof T] === after[key as keyof T]);
  return same && Object.keys(before).length === keys.length ? before : after;
}

const STALE_KEEP = 200;
type Stale = NonNullable<ViewDelta['stale']>[number];

/** What the page is told of a projection beside the graph, each part the same object as before where nothing in it changed. */
export interface Views {
  readonly files: readonly FileView[];
  readonly resources: readonly ResourceView[];
  readonly stale: readonly Stale[];
}

/** Makes `Views` of projections, one after the other. `isDirty` says whether a file is as it was opened. */
export class ViewMaker {
  private readonly lines = new LineCache();
  private before: (Views & { readonly projection: Projection }) | undefined;

  make(projection: Projection, isDirty: (file: WorkspaceFile) => boolean): Views {
    const { before } = this;
    const files = this.fileViews(projection, isDirty);
    const slots = new Map(projection.slots.map((slot) => [slot.slot, slot]));
    const byId = new Map(projection.files.map((file) => [file.id, file]));
    const shown = new Set(projection.graph.nodes.map((node) => node.resource));
    const known = new Map((before?.resources ?? []).map((view) => [view.id, view]));
    const resources = projection.resources.map((resource) => {
      const slot = slots.get(resource.source.slot);
      const file = byId.get(resource.source.file);
      const line = slot && file ? this.lines.of(file).position(firstText(slot)).line : 1;
      const view: ResourceView = {
        id: resource.id,
        kind: resource.kind,
        namespace: resource.namespace,
        name: resource.name,
        file: resource.source.file,
        line,
        stale: resource.stale,
        onCanvas: shown.has(resource.id),
      };
      return keepObject(known.get(resource.id), view);
    });
    const stale = projection.slots
      .filter((slot) => slot.stale)
      .slice(0, STALE_KEEP)
      .map(({ file, from, to }, at): Stale => {
        const old = before?.stale[at];
        return old?.file === file && old.range.from === from && old.range.to === to
          ? old
          : { file, range: { from, to } };
      });
    const views = {
      files: keepList(before?.files, files),
      resources: keepList(before?.resources, resources),
      stale: keepList(before?.stale, stale),
    };
    this.before = { ...views, projection };
    return views;
  }

  private fileViews(projection: Projection, isDirty: (file: WorkspaceFile) => boolean): FileView[] {
    const errors = new Map<FileId, number>();
    for (const problem of projection.problems) {
      if (problem.severity === 'error') errors.set(problem.file, (errors.get(problem.file) ?? 0) + 1);
    }
    const known = new Map((this.before?.files ?? []).map((view) => [view.id, view]));
    return projection.files.map((file) =>
      keepObject(known.get(file.id), {
        id: file.id,
        version: file.version,
        readOnly: file.readOnly,
        lines: this.lines.of(file).lineCount,
        errors: errors.get(file.id) ?? 0,
        dirty: isDirty(file),
      }),
    );
  }
}

/** Where a document's own text begins: behind its marker line and the blank and comment lines above it. */
function firstText(slot: DocumentSlot): number {
  const text = slot.document.text;
  const marker = /^---[^\n]*\n?/.exec(text)?.[0] ?? '';
  const above = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(text.slice(marker.length))?.[0] ?? '';
  const at = marker.length + above.length;
  return slot.from + (at < text.length ? at : 0);
}
