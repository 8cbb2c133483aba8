import { sameItems } from '../../core/base/lists.ts';
import type { ResourceId } from '../../core/base/ids.ts';
import type { GraphNode } from '../../core/graph/types.ts';
import type { Projection, WorkspaceFile } from '../../core/workspace/types.ts';
import type { YamlDocument } from '../../core/yaml/types.ts';
import type { FileView, ResourceView, ViewDelta } from './protocol.ts';

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
type Shown = ReadonlySet<ResourceId | undefined>;

/** What the page is told of a projection beside the graph, each part the same object as before where nothing in it changed. */
export interface Views {
  readonly files: readonly FileView[];
  readonly resources: readonly ResourceView[];
  /** The line on which each of the resources' documents begins, from 1. */
  readonly lines: Uint32Array;
  readonly stale: readonly Stale[];
  /** The line on which each document begins, from 1, in the order of the projection's slots. */
  readonly slotLines: Uint32Array;
}

interface Lines {
  readonly ofSlots: Uint32Array;
  readonly ofResources: Uint32Array;
}

/** Makes `Views` of projections, one after the other. `isDirty` says whether a file is as it was opened. */
export class ViewMaker {
  private readonly counter = new LineCounter();
  private before: (Views & { readonly projection: Projection; readonly shown: Shown }) | undefined;

  make(projection: Projection, isDirty: (file: WorkspaceFile) => boolean): Views {
    const { before } = this;
    const lines = this.linesOf(projection);
    const shown = this.shownIn(projection.graph.nodes);
    const views = {
      files: keepList(before?.files, this.fileViews(projection, isDirty)),
      resources: keepList(before?.resources, this.resourceViews(projection, shown)),
      lines: before && sameItems(before.lines, lines.ofResources) ? before.lines : lines.ofResources,
      stale: keepList(before?.stale, this.staleViews(projection)),
      slotLines: lines.ofSlots,
    };
    this.before = { ...views, projection, shown };
    return views;
  }

  /** Counts the lines of each document once: a key press costs one document and a sum, not a walk over the whole text. */
  private linesOf({ files, slots, resources }: Projection): Lines {
    const ofResources = new Uint32Array(resources.length);
    const ofSlots = new Uint32Array(slots.length);
    this.counter.trim(slots.length);
    let at = 0;
    let resource = 0;
    // Slots stand in the order of the files, and resources in the order of the slots.
    for (const file of files) {
      let line = 1;
      let end = 0;
      for (let slot = slots[at]; slot?.file === file.id; slot = slots[(at += 1)]) {
        if (slot.from > end) line += countBreaks(file.text.slice(end, slot.from));
        const { breaks, above } = this.counter.of(slot.document, at);
        ofSlots[at] = line;
        const next = resource + slot.resources.length;
        ofResources.fill(line + above, resource, next);
        resource = next;
        line += breaks;
        end = slot.to;
      }
    }
    return { ofSlots, ofResources };
  }

  /** The resources that have a node; the set from before where the nodes that changed are of the same ones. */
  private shownIn(nodes: readonly GraphNode[]): Shown {
    const { before } = this;
    const was = before?.projection.graph.nodes;
    const same = was?.length === nodes.length && nodes.every((node, at) => node.resource === was[at]?.resource);
    return before && same ? before.shown : new Set(nodes.map((node) => node.resource));
  }

  private resourceViews({ resources }: Projection, shown: Shown): ResourceView[] {
    const before = this.before?.resources ?? [];
    const was = this.before?.shown === shown ? this.before.projection.resources : [];
    let known: ReadonlyMap<string, ResourceView> | undefined;
    return resources.map((resource, at) => {
      let old = before[at];
      if (old && resource === was[at]) return old;
      const { id, kind, namespace, name, stale, source } = resource;
      const onCanvas = shown.has(id);
      if (old?.id !== id) {
        known ??= new Map(before.map((view) => [view.id, view]));
        old = known.get(id);
      }
      // The id holds kind, namespace and name.
      if (old?.stale === stale && old.onCanvas === onCanvas && old.file === source.file) return old;
      return { id, kind, namespace, name, file: source.file, stale, onCanvas };
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

  private fileViews(projection: Projection, isDirty: (file: WorkspaceFile) => boolean): FileView[] {
    const known = new Map((this.before?.files ?? []).map((view) => [view.id, view]));
    return projection.files.map((file) =>
      keepObject(known.get(file.id), {
        id: file.id,
        readOnly: file.readOnly,
        dirty: isDirty(file),
      }),
    );
  }
}

/** How many line breaks a text has, as Go counts them: CRLF is one. */
export function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') count += 1;
  return count;
}

/** Line breaks of a document, and how many of them stand above its own text (marker line, blank lines, comments). */
interface Counts {
  readonly document: YamlDocument;
  readonly breaks: number;
  readonly above: number;
}

class LineCounter {
  private readonly known = new WeakMap<YamlDocument, Counts>();
  /** The counts of the documents by their places, since nearly all stand where they stood. */
  private readonly placed: Counts[] = [];

  /** Forgets places that there are no longer. */
  trim(places: number): void {
    if (this.placed.length > places) this.placed.length = places;
  }

  /** The counts of the document that is now at this place of the workspace. */
  of(document: YamlDocument, place: number): Counts {
    const there = this.placed[place];
    if (there?.document === document) return there;
    const counts = this.known.get(document) ?? countsOf(document);
    this.known.set(document, counts);
    this.placed[place] = counts;
    return counts;
  }
}

function countsOf(document: YamlDocument): Counts {
  const { text } = document;
  const head = /^\uFEFF?(?:---[^\r\n]*(?:\r\n|\r|\n))?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/.exec(text)?.[0] ?? '';
  return { document, breaks: countBreaks(text), above: head.length < text.length ? countBreaks(head) : 0 };
}
