import type { ResourceId } from '../../core/base/ids.ts';
import { changedPlaces } from '../../core/base/keep.ts';
import { sameItems } from '../../core/base/lists.ts';
import type { GraphNode } from '../../core/graph/types.ts';
import type { Resource } from '../../core/istio/types.ts';
import { countBreaks } from '../../core/text/index.ts';
import type { Projection, StandingDocument, WorkspaceFile } from '../../core/workspace/types.ts';
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
}

/** Where resources stand: the document of each, and how many line breaks stand above its own text in that. */
interface Standing {
  readonly documentOf: Uint32Array;
  readonly above: Uint32Array;
  /** Places of the documents that can't be read for the time being. */
  readonly stale: readonly number[];
}

interface Made extends Views {
  readonly projection: Projection;
  readonly shown: Shown;
  readonly standing: Standing;
}

/** Makes `Views` of projections, one after the other: work is in the size of what changed between them. */
export class ViewMaker {
  private before: Made | undefined;

  /** `isDirty` says whether a file is as it was opened; without it all files count as they did before. */
  make(projection: Projection, isDirty?: (file: WorkspaceFile) => boolean): Views {
    const { before } = this;
    const standing = this.standingOf(projection);
    const shown = this.shownIn(projection.graph.nodes);
    const views = {
      files: isDirty || !before ? keepList(before?.files, this.fileViews(projection, isDirty)) : before.files,
      resources: this.resourceViews(projection, shown),
      lines: this.linesOf(projection, standing),
      stale: keepList(before?.stale, this.staleViews(projection, standing)),
    };
    this.before = { ...views, projection, shown, standing };
    return views;
  }

  private standingOf({ documents, resources }: Projection): Standing {
    const was = this.before;
    const places = was && changedPlaces(was.projection.documents, documents);
    const isSame = (at: number): boolean =>
      was?.projection.documents[at]?.resources.length === documents[at]?.resources.length;
    if (was && places?.every(isSame) === true) return standingAfter(was.standing, documents, places);
    const documentOf = new Uint32Array(resources.length);
    const above = new Uint32Array(resources.length);
    const stale: number[] = [];
    let first = 0;
    for (const [at, document] of documents.entries()) {
      const next = first + document.resources.length;
      documentOf.fill(at, first, next);
      above.fill(breaksAbove(document), first, next);
      if (document.stale) stale.push(at);
      first = next;
    }
    return { documentOf, above, stale };
  }

  private linesOf({ startLines }: Projection, { documentOf, above }: Standing): Uint32Array {
    const { before } = this;
    const same = before?.standing.documentOf === documentOf && before.standing.above === above;
    if (same && before.projection.startLines === startLines) return before.lines;
    const lines = above.map((breaks, at) => (startLines[documentOf[at] ?? 0] ?? 0) + breaks);
    return before && sameItems(before.lines, lines) ? before.lines : lines;
  }

  /** The resources that have a node; the set from before where the nodes that changed are of the same ones. */
  private shownIn(nodes: readonly GraphNode[]): Shown {
    const { before } = this;
    const was = before?.projection.graph.nodes;
    const isSame = (node: GraphNode, at: number): boolean =>
      node === was?.[at] || node.resource === was?.[at]?.resource;
    const same = was === nodes || (was?.length === nodes.length && nodes.every(isSame));
    return before && same ? before.shown : new Set(nodes.map((node) => node.resource));
  }

  private resourceViews({ resources }: Projection, shown: Shown): readonly ResourceView[] {
    const { before } = this;
    const places = before?.shown === shown ? changedPlaces(before.projection.resources, resources) : undefined;
    if (before && places) {
      const views = places.map((at) => viewOf(resources[at], shown, before.resources[at]));
      const others = places.filter((at, index) => views[index] !== before.resources[at]);
      return others.length === 0
        ? before.resources
        : before.resources.map((view, at) => views[places.indexOf(at)] ?? view);
    }
    const known = new Map(before?.resources.map((view) => [view.id, view]));
    return keepList(
      before?.resources,
      resources.flatMap((resource) => viewOf(resource, shown, known.get(resource.id)) ?? []),
    );
  }

  private staleViews({ documents, starts }: Projection, { stale }: Standing): Stale[] {
    const before = this.before?.stale ?? [];
    return stale.slice(0, STALE_KEEP).flatMap((place, at): Stale[] => {
      const document = documents[place];
      if (!document) return [];
      const { file } = document;
      const from = starts[place] ?? 0;
      const to = from + document.document.text.length;
      const old = before[at];
      return [
        old?.file === file && old.range.from === from && old.range.to === to ? old : { file, range: { from, to } },
      ];
    });
  }

  private fileViews(projection: Projection, isDirty: ((file: WorkspaceFile) => boolean) | undefined): FileView[] {
    const known = new Map((this.before?.files ?? []).map((view) => [view.id, view]));
    return projection.files.map((file) =>
      keepObject(known.get(file.id), {
        id: file.id,
        readOnly: file.readOnly,
        dirty: isDirty?.(file) ?? false,
      }),
    );
  }
}

/** The same, where few documents gave way to others of as many resources. */
function standingAfter(was: Standing, documents: Projection['documents'], places: readonly number[]): Standing {
  if (places.length === 0) return was;
  let { above } = was;
  for (const place of places) {
    const breaks = documents[place] ? breaksAbove(documents[place]) : 0;
    for (let at = was.documentOf.indexOf(place); at >= 0 && was.documentOf[at] === place; at += 1) {
      if (above[at] === breaks) continue;
      if (above === was.above) above = above.slice();
      above[at] = breaks;
    }
  }
  const isStale = (place: number): boolean => documents[place]?.stale === true;
  const touched = places.some((place) => isStale(place) || was.stale.includes(place));
  if (!touched) return above === was.above ? was : { ...was, above };
  const stale = [...new Set([...was.stale, ...places])].filter(isStale).sort((a, b) => a - b);
  return { ...was, above, stale };
}

/** What the page is told of a resource: `before` itself where that says the same. */
function viewOf(
  resource: Resource | undefined,
  shown: Shown,
  before: ResourceView | undefined,
): ResourceView | undefined {
  if (!resource) return undefined;
  const { id, kind, namespace, name, stale, source } = resource;
  const onCanvas = shown.has(id);
  // The id holds kind, namespace and name.
  const same = before?.id === id && before.stale === stale && before.onCanvas === onCanvas;
  if (same && before.file === source.file) return before;
  return { id, kind, namespace, name, file: source.file, stale, onCanvas };
}

const known = new WeakMap<YamlDocument, number>();

/** How many line breaks stand above a document's own text: those of the marker line, blank lines and comments. */
function breaksAbove({ document }: StandingDocument): number {
  let breaks = known.get(document);
  if (breaks === undefined) {
    const { text } = document;
    const head = /^\uFEFF?(?:---[^\r\n]*(?:\r\n|\r|\n))?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/.exec(text)?.[0] ?? '';
    breaks = head.length < text.length ? countBreaks(head) : 0;
    known.set(document, breaks);
  }
  return breaks;
}
