import type { FileId, ResourceId, SlotId } from '../base/ids.ts';
import type { Refused, Result, TextRange } from '../base/result.ts';
import type { Graph, NodeId, Point, Positions } from '../graph/types.ts';
import type { Resource, SourceRef } from '../istio/types.ts';
import type { Mesh } from '../mesh/types.ts';
import type { ChangeSet } from '../text/types.ts';
import type { YamlDocument } from '../yaml/types.ts';

export type Origin = 'type' | 'canvas' | 'panel' | 'quickfix' | 'import' | 'command' | 'undo' | 'redo';

/** A file of the workspace. `readOnly` says why it can't be edited (too large, binary); its text is kept as it came. */
export interface WorkspaceFile {
  readonly id: FileId;
  readonly text: string;
  readonly version: number;
  readonly readOnly?: string | undefined;
}

/** A document where it stands now. `from`/`to` are offsets in the file; all else keeps its identity while the document's text does. */
export interface DocumentSlot {
  readonly slot: SlotId;
  readonly file: FileId;
  readonly from: number;
  readonly to: number;
  readonly document: YamlDocument;
  /** The last text that could be read, where the current one can't. */
  readonly lastGood?: YamlDocument | undefined;
  readonly stale: boolean;
  readonly resources: readonly Resource[];
}

/** A finding with its place. `range` is in the file's text as it stands. */
export interface Problem {
  readonly id: string;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly file: FileId;
  readonly range: TextRange;
  readonly line: number;
  readonly column: number;
  readonly resource?: ResourceId | undefined;
}

/** What is picked: nodes or rows of the graph, by id. The last one is the one that the inspector shows. */
export interface Selection {
  readonly ids: readonly string[];
}

/** Everything that follows from the files' text. Unchanged parts are the same objects as in the projection before. */
export interface Projection {
  readonly version: number;
  readonly files: readonly WorkspaceFile[];
  readonly slots: readonly DocumentSlot[];
  readonly resources: readonly Resource[];
  readonly mesh: Mesh;
  readonly graph: Graph;
  readonly positions: Positions;
  readonly problems: readonly Problem[];
  readonly selection: Selection;
  readonly undoLabel?: string | undefined;
  readonly redoLabel?: string | undefined;
}

/** The one way in. `at` is the caller's clock in milliseconds: typed neighbours within 500 ms join to one undo step. */
export interface Transaction {
  readonly origin: Origin;
  /** What the undo menu says: `Change shares`, `Type`, `Add VirtualService`. */
  readonly label: string;
  readonly at: number;
  readonly changes?: ReadonlyMap<FileId, ChangeSet>;
  readonly addFiles?: readonly { readonly id: FileId; readonly text: string; readonly readOnly?: string }[];
  readonly removeFiles?: readonly FileId[];
  readonly renameFiles?: ReadonlyMap<FileId, FileId>;
  readonly positions?: ReadonlyMap<NodeId, Point>;
  readonly selection?: Selection;
}

/** What a transaction, an undo or a redo did to the texts: the same change sets that a view of them must apply. */
export interface Applied {
  readonly origin: Origin;
  readonly label: string;
  readonly changes: ReadonlyMap<FileId, ChangeSet>;
  readonly projection: Projection;
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
  /** What to select afterwards, as a place (resolved after the edit). */
  readonly select?: SourceRef | undefined;
}
export type PlanResult = Result<GesturePlan>;
export type { Refused };
