import type { FileId, SlotId } from '../../core/base/ids.ts';
import { lineIndex, type LineIndex } from '../../core/text/index.ts';
import type { Projection, WorkspaceFile } from '../../core/workspace/types.ts';
import type { YamlDocument } from '../../core/yaml/types.ts';
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

/** Marks of more broken documents than this are not looked at one by one. */
const STALE_KEEP = 200;
type Stale = NonNullable<ViewDelta['stale']>[number];

/** What the page is told of a projection beside the graph, each part the same object as before where nothing in it changed. */
export interface Views {
  readonly files: readonly FileView[];
  readonly resources: readonly ResourceView[];
  readonly stale: readonly Stale[];
}

/** Where documents begin, by slot, and how many lines files have. */
interface Lines {
  readonly ofSlot: ReadonlyMap<SlotId, number>;
  readonly ofFile: ReadonlyMap<FileId, number>;
}

/** Makes `Views` of projections, one after the other. `isDirty` says whether a file is as it was opened. */
export class ViewMaker {
  private readonly counter = new LineCounter();
  private before: (Views & { readonly projection: Projection }) | undefined;

  make(projection: Projection, isDirty: (file: WorkspaceFile) => boolean): Views {
    const { before } = this;
    const lines = this.linesOf(projection);
    const views = {
      files: keepList(before?.files, this.fileViews(projection, lines, isDirty)),
      resources: keepList(before?.resources, this.resourceViews(projection, lines)),
      stale: keepList(before?.stale, this.staleViews(projection)),
    };
    this.before = { ...views, projection };
    return views;
  }

  /** Counts the lines of each document once: a key press costs one document and a sum, not a walk over the whole text. */
  private linesOf(projection: Projection): Lines {
    const ofSlot = new Map<SlotId, number>();
    const ofFile = new Map<FileId, number>();
    const texts = new Map(projection.files.map((file) => [file.id, file.text]));
    const ends = new Map<FileId, number>();
    for (const { slot, file, from, to, document } of projection.slots) {
      const between = texts.get(file)?.slice(ends.get(file) ?? 0, from) ?? '';
      const line = (ofFile.get(file) ?? 1) + countBreaks(between);
      const { breaks, above } = this.counter.of(document);
      ofSlot.set(slot, line + above);
      ofFile.set(file, line + breaks);
      ends.set(file, to);
    }
    for (const [file, text] of texts) {
      ofFile.set(file, (ofFile.get(file) ?? 1) + countBreaks(text.slice(ends.get(file) ?? 0)));
    }
    return { ofSlot, ofFile };
  }

  private resourceViews(projection: Projection, lines: Lines): ResourceView[] {
    const shown = new Set(projection.graph.nodes.map((node) => node.resource));
    const before = this.before?.resources ?? [];
    let known: ReadonlyMap<string, ResourceView> | undefined;
    return projection.resources.map((resource, at) => {
      const { id, kind, namespace, name, stale, source } = resource;
      const line = lines.ofSlot.get(source.slot) ?? 1;
      const onCanvas = shown.has(id);
      let old = before[at];
      if (old?.id !== id) {
        known ??= new Map(before.map((view) => [view.id, view]));
        old = known.get(id);
      }
      // The id holds kind, namespace and name.
      if (old?.line === line && old.stale === stale && old.onCanvas === onCanvas && old.file === source.file)
        return old;
      return { id, kind, namespace, name, file: source.file, line, stale, onCanvas };
    });
  }

  private staleViews(projection: Projection): Stale[] {
    const before = this.before?.stale ?? [];
    const stale = projection.slots.filter((slot) => slot.stale).slice(0, STALE_KEEP);
    return stale.map(({ file, from, to }, at): Stale => {
      const old = before[at];
      return old?.file === file && old.range.from === from && old.range.to === to ? old : { file, range: { from, to } };
    });
  }

  private fileViews(projection: Projection, lines: Lines, isDirty: (file: WorkspaceFile) => boolean): FileView[] {
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
        lines: lines.ofFile.get(file.id) ?? 1,
        errors: errors.get(file.id) ?? 0,
        dirty: isDirty(file),
      }),
    );
  }
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') count += 1;
  return count;
}

/** Line breaks of documents, and how many of them stand above a document's own text (marker line, blank lines, comments). */
class LineCounter {
  private readonly known = new WeakMap<YamlDocument, { readonly breaks: number; readonly above: number }>();

  of(document: YamlDocument): { readonly breaks: number; readonly above: number } {
    let counts = this.known.get(document);
    if (!counts) {
      const { text } = document;
      const head =
        /^\uFEFF?(?:---[^\r\n]*(?:\r\n|\r|\n))?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/.exec(text)?.[0] ?? '';
      counts = { breaks: countBreaks(text), above: head.length < text.length ? countBreaks(head) : 0 };
      this.known.set(document, counts);
    }
    return counts;
  }
}
