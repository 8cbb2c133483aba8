import type { FileId, ResourceId, SlotId } from '../base/ids.ts';
import type { Result, TextRange } from '../base/result.ts';
import type { Muted, Speaker } from '../checks/index.ts';
import type { Graph, NodeId, Point, Positions } from '../graph/types.ts';
import type { Resource, SourceRef } from '../istio/types.ts';
import type { Mesh } from '../mesh/types.ts';
import type { RequestForm } from '../routing/request-text.ts';
import type { ChangeSet } from '../text/types.ts';
import type { YamlDocument } from '../yaml/types.ts';

export type Origin = 'type' | 'canvas' | 'panel' | 'quickfix' | 'import' | 'command' | 'undo' | 'redo';

/** What a file holds. `readOnly` says why it can't be edited (too large, binary); `bytes` keeps what no text can hold (binary files). */
export interface FileContent {
  readonly text: string;
  readonly readOnly?: string | undefined;
  readonly bytes?: Uint8Array | undefined;
}

/** A step that can be gone back to. */
export interface StepView {
  readonly label: string;
  readonly origin: Origin;
  /** The caller's clock when it was made. */
  readonly at: number;
  /** Files whose text it changed. */
  readonly files: readonly FileId[];
}

/** A file of the workspace. `version` grows with each change of its text. */
export interface WorkspaceFile extends FileContent {
  readonly id: FileId;
  readonly version: number;
}

/** A file to add. `index` is its place among the files; without it, the end. */
export interface AddedFile extends FileContent {
  readonly id: FileId;
  readonly index?: number | undefined;
}

/** A document wherever it stands: the same object for as long as its text is the same, and nothing comes into it or out of it. */
export interface StandingDocument {
  readonly slot: SlotId;
  readonly file: FileId;
  readonly document: YamlDocument;
  /** The last text that could be read, where the current one can't. */
  readonly lastGood?: YamlDocument | undefined;
  readonly stale: boolean;
  /** What is on the canvas of it, with that of the documents that lie in it. */
  readonly resources: readonly Resource[];
  /** Documents whose text has become part of this one, which can't be read for that: their `---` went. They stay until it is mended. */
  readonly swallowed?: readonly PlacedDocument[] | undefined;
}

/** A document where it stands now. `from`/`to` are offsets in the file. */
export interface DocumentSlot extends StandingDocument {
  readonly from: number;
  readonly to: number;
}

/** A document as it was while it stood for itself. `from`/`to` say where it lies now: in a file, or in the text of the one that swallowed it. */
export interface PlacedDocument {
  readonly was: StandingDocument;
  readonly from: number;
  readonly to: number;
}

/**
 * A finding with its place in its document: where the document stands moves with each key, what is found in it does not. Unchanged ones
 * are the same objects.
 */
export interface Problem {
  /** By document, code and path: what is said of the same place is the same problem. */
  readonly id: string;
  readonly code: string;
  /** What istioctl calls a rule of the webhook. */
  readonly istioCode?: string | undefined;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly file: FileId;
  /** Absent for what is said of a whole file. */
  readonly slot?: SlotId | undefined;
  /** In the document's text. */
  readonly range: TextRange;
  /** From 0 in the document. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly resource?: ResourceId | undefined;
  /** The deepest node, row or destination of the graph that the place belongs to. */
  readonly at?: string | undefined;
  /** Who says it. */
  readonly by: readonly Speaker[];
  /** It was found by a check, and can be muted where it stands. What is said of reading can't: nothing else would be found either. */
  readonly mutable: boolean;
  /** The request that proves it, and what becomes of it. */
  readonly proof?: { readonly form: RequestForm; readonly says: string } | undefined;
  /** By what it is muted. */
  readonly muted?: Muted | undefined;
}

/** What is picked: nodes or rows of the graph, by id. The last one is the one that the inspector shows. */
export interface Selection {
  readonly ids: readonly string[];
}

/** Everything that follows from the files' text. Unchanged parts are the same objects as in the projection before. */
export interface Projection {
  readonly version: number;
  readonly files: readonly WorkspaceFile[];
  /** Of all files one behind the other, in text order. */
  readonly documents: readonly StandingDocument[];
  /** Where each of the documents begins: the offset in its file, and the line, from 1. */
  readonly starts: Uint32Array;
  readonly startLines: Uint32Array;
  /** The documents with their places. Made when first asked for, since each key moves all that stand below it. */
  readonly slots: readonly DocumentSlot[];
  readonly resources: readonly Resource[];
  readonly mesh: Mesh;
  readonly graph: Graph;
  readonly positions: Positions;
  readonly selection: Selection;
  readonly undoLabel?: string | undefined;
  readonly redoLabel?: string | undefined;
}

/** The place for a node that comes, its top left corner: just there, or at the nearest free height. */
export interface NewPlace extends Point {
  readonly exact: boolean;
}

/** The one way in. `at` is the caller's clock in milliseconds: typed neighbours within 500 ms join to one undo step. */
export interface Transaction {
  readonly origin: Origin;
  /** What the undo menu says: `Change shares`, `Type`, `Add VirtualService`. */
  readonly label: string;
  readonly at: number;
  readonly changes?: ReadonlyMap<FileId, ChangeSet>;
  readonly addFiles?: readonly AddedFile[];
  readonly removeFiles?: readonly FileId[];
  readonly renameFiles?: ReadonlyMap<FileId, FileId>;
  readonly positions?: ReadonlyMap<NodeId, Point>;
  readonly selection?: Selection;
  /** Select what stands at this offset of the text as it is afterwards. Goes before `selection`. */
  readonly selectAt?: { readonly file: FileId; readonly offset: number } | undefined;
  /** Where the node of `selectAt` comes to stand, if it is new: part of the same step. */
  readonly placeAt?: NewPlace | undefined;
  /** It goes on with the newest step, where that has the same label and only opened files as well: one undo takes both back. */
  readonly joins?: boolean | undefined;
  /** Forget where nodes of these names stood: another workspace takes this one's place, and is laid out anew. */
  readonly fresh?: boolean | undefined;
}

/** What a transaction, an undo or a redo did to the texts: the same change sets that a view of them must apply. */
export interface Applied {
  readonly origin: Origin;
  readonly label: string;
  /** By the name that the file has afterwards. */
  readonly changes: ReadonlyMap<FileId, ChangeSet>;
  readonly opened: readonly WorkspaceFile[];
  readonly closed: readonly FileId[];
  readonly renamed: ReadonlyMap<FileId, FileId>;
  readonly projection: Projection;
  /** What autosave has to write. Neighbours can be put together by `mergeJournal`. */
  readonly journal: JournalEntry;
}

/** A file as storage holds it. */
export interface SavedFile extends FileContent {
  readonly id: FileId;
}

/** A whole workspace as plain data. `version` is of this shape: see `readSnapshot`. Node positions are kept by id and by name. */
export interface Snapshot {
  readonly version: 1;
  readonly files: readonly SavedFile[];
  readonly places: readonly SavedPlace[];
  readonly selection: readonly string[];
}
export interface SavedPlace {
  readonly id: NodeId;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/**
 * What one transaction changed, in the size of the change: the files it wrote, whole; the order of all, where it changed; the nodes that
 * got a place. `applyJournal(snapshot, entry)` gives the snapshot after it.
 */
export interface JournalEntry {
  readonly version: 1;
  readonly files: readonly SavedFile[];
  readonly order?: readonly FileId[] | undefined;
  readonly places: readonly SavedPlace[];
  readonly selection: readonly string[];
}

/**
 * A workspace with its life: pure state machine, in the worker in the page, in-process elsewhere. Files, transactions, one history.
 * Nothing is refused but edits of read-only files and change sets that do not fit the text.
 */
export interface Session {
  readonly projection: () => Projection;
  readonly transact: (transaction: Transaction) => Result<Applied>;
  readonly undo: () => Applied | undefined;
  readonly redo: () => Applied | undefined;
  readonly select: (selection: Selection) => Projection;
  /** What was done, oldest first, and what was undone of it, next first. */
  readonly steps: () => { readonly done: readonly StepView[]; readonly undone: readonly StepView[] };
  /** Lays the whole graph out again: one undo step. */
  readonly tidy: (at: number) => Applied;
  /** All that a later session needs to go on, except the history. */
  readonly snapshot: () => Snapshot;
  /** The deepest node or row whose text holds this offset; `undefined` where none does. */
  readonly idAt: (file: FileId, offset: number) => string | undefined;
  /** Where a node's or row's text stands now. */
  readonly placeOf: (id: string) => { readonly file: FileId; readonly range: TextRange } | undefined;
  /** Where a path of a document stands now (the entry's lines). */
  readonly rangeOf: (ref: SourceRef) => { readonly file: FileId; readonly range: TextRange } | undefined;
}

/** A gesture's plan: text changes or a refusal that says why and what to do first. */
export interface GesturePlan {
  readonly label: string;
  readonly changes: ReadonlyMap<FileId, ChangeSet>;
  readonly addFiles?: readonly { readonly id: FileId; readonly text: string }[];
  readonly notes: readonly { readonly code: string; readonly message: string }[];
  /** What to select afterwards: what stands at this offset of the text after the edit. */
  readonly selectAt?: { readonly file: FileId; readonly offset: number } | undefined;
  /** Where the node that stands there comes to stand on the canvas, if it is new. */
  readonly placeAt?: NewPlace | undefined;
}
export type PlanResult = Result<GesturePlan>;
