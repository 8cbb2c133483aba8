import type { FileId, ResourceId, SlotId } from '../../core/base/ids.ts';
import type { Refused, TextRange } from '../../core/base/result.ts';
import type { Gesture } from '../../core/commands/types.ts';
import type { GraphEdge, GraphNode, NodeId, Point } from '../../core/graph/types.ts';
import type { SourceRef } from '../../core/istio/types.ts';
import type { TrafficWindow } from '../../core/simulation/types.ts';
import type { ChangeSet } from '../../core/text/types.ts';
import type { Question, RequestAnswer } from '../../core/workspace/asked/types.ts';
import type { JoinedAnswer, JoinedQuestion } from '../../core/workspace/joined/types.ts';
import type { Review } from '../../core/workspace/review/types.ts';
import type { Problem, Selection } from '../../core/workspace/types.ts';
import type { Json } from '../../core/yaml/types.ts';
import type { Stretch } from './stretch.ts';

/** A message to the worker. The worker owns the workspace; the page shows it. Messages are handled in order. */
export type ToWorker =
  /**
   * Restore what storage holds, or say that there is nothing (`ready` tells). `unsaved` are texts as they stood when the page before was
   * closed, if that was too soon for the storage. `page` tells this page from others.
   */
  | { readonly kind: 'start'; readonly page?: number; readonly unsaved?: readonly UnsavedText[] }
  /** `preview` files are shown and not stored until something is changed: the example behind the welcome screen. */
  | {
      readonly kind: 'open';
      readonly mode: 'replace' | 'add';
      readonly label: string;
      readonly preview?: boolean;
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
    }
  /**
   * Typed text. `base` is the version of the worker's newest change of the file that the page had applied: the worker maps the edit
   * over its own changes since then. `seq` numbers the page's edits, from 1; `texts` and `view` say how far they were taken in.
   */
  | {
      readonly kind: 'edit';
      readonly file: FileId;
      readonly base: number;
      readonly seq: number;
      readonly changes: ChangeSet;
      readonly at: number;
    }
  | {
      readonly kind: 'gesture';
      readonly id: number;
      readonly gesture: Gesture;
      readonly origin: 'canvas' | 'panel' | 'command' | 'quickfix';
      readonly at: number;
    }
  | {
      readonly kind: 'moveNodes';
      readonly positions: readonly (readonly [NodeId, Point])[];
      readonly label: string;
      readonly at: number;
    }
  | { readonly kind: 'tidy'; readonly at: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'select'; readonly selection: Selection; readonly reveal: boolean }
  | { readonly kind: 'caret'; readonly file: FileId; readonly offset: number }
  | { readonly kind: 'newFile'; readonly name: string; readonly text: string; readonly at: number }
  | { readonly kind: 'closeFile'; readonly file: FileId; readonly at: number }
  | { readonly kind: 'renameFile'; readonly file: FileId; readonly name: string; readonly at: number }
  /** The stretch of event time that the page will draw next. Answered by `traffic`. */
  | { readonly kind: 'traffic'; readonly run: number; readonly fromUs: number; readonly toUs: number }
  /** How Istio joins the rules of a node, and which rules do not exist for a caller. `id` numbers the questions. */
  | { readonly kind: 'joined'; readonly id: number; readonly question: JoinedQuestion }
  /** What changed since the files were opened, and the steps that led there. `id` numbers the questions. */
  | { readonly kind: 'review'; readonly id: number }
  /** Undo, or do again, until this many steps are done. */
  | { readonly kind: 'goToStep'; readonly done: number }
  | { readonly kind: 'restartTraffic'; readonly seed?: number }
  /** What becomes of one request, and why. `id` numbers the questions; of several that wait the newest is answered. */
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** Which ways there are out of a problem, by its id. Answered by `fixes`. */
  | { readonly kind: 'fixes'; readonly id: number; readonly problem: string }
  /** Take one way out of a problem, all safe ones of its kind, or mute it: one undo step. Answered as a gesture is. */
  | {
      readonly kind: 'mend';
      readonly id: number;
      readonly problem: string;
      readonly way: MendingWay;
      readonly at: number;
    }
  /** The file was downloaded or written to disk as it stands: it is no longer `dirty`. */
  | { readonly kind: 'markSaved'; readonly files: readonly FileId[] }
  /** What was opened as a preview is the user's work from now on. */
  | { readonly kind: 'keep' }
  /** Opens no more of the files that are being opened. */
  | { readonly kind: 'stopOpening' }
  /** The frame that shows the last view is painted: what waited for it may go on. */
  | { readonly kind: 'painted' }
  /** Write to storage now: the page is about to be hidden or closed. */
  | { readonly kind: 'flush' };

/** A file's text, or of a large one what may not be stored of it, and when it stood so, in milliseconds. */
export type UnsavedText = { readonly file: string; readonly at: number; readonly page?: number } & (
  { readonly text: string } | { readonly stretch: Stretch }
);

/** A fix by its id, every safe fix of the same kind of problem, or an annotation or comment that mutes it. */
export type MendingWay =
  { readonly kind: 'fix'; readonly fix: string } | { readonly kind: 'all' } | { readonly kind: 'mute' };

/** A way out of a problem that can be chosen. `safe` ones change nothing but what is wrong. */
export interface FixView {
  readonly id: string;
  readonly title: string;
  readonly kind: 'safe' | 'choice';
}

/** What the page knows of a resource; the line of its document is told apart, since a new line moves all that are below. */
export interface ResourceView {
  readonly id: ResourceId;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly file: FileId;
  readonly stale: boolean;
  readonly onCanvas: boolean;
}
export interface FileView {
  readonly id: FileId;
  readonly readOnly?: string | undefined;
  /** The text is not the one that was opened, created or last downloaded. Follows undo exactly. */
  readonly dirty: boolean;
}

/** Everything the inspector shows of the last selected thing: made in the worker, so that the page never parses. */
export interface InspectorView {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly resource?: ResourceId | undefined;
  readonly source: SourceRef;
  readonly lines: readonly [number, number];
  readonly file: FileId;
  readonly editable: boolean;
  /** Why not, where it is not. */
  readonly refusal?: string | undefined;
  readonly fields: readonly FieldView[];
}
/** One field: set (`value`), or unset with what Istio then does (`placeholder`). `children` for messages and lists. */
export interface FieldView {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly type: 'string' | 'number' | 'boolean' | 'enum' | 'duration' | 'map' | 'list' | 'message';
  readonly at: SourceRef;
  /** What the items of a list or the values of a map are. */
  readonly of?: FieldView['type'] | undefined;
  readonly set: boolean;
  readonly value?: Json | undefined;
  readonly placeholder?: string | undefined;
  readonly options?: readonly string[] | undefined;
  readonly children?: readonly FieldView[] | undefined;
}

/** What changed since the view before. Maps and lists hold only what is new; `removed…` what is gone; absent parts are as they were. */
export interface ViewDelta {
  readonly version: number;
  readonly nodes?: readonly GraphNode[];
  readonly removedNodes?: readonly NodeId[];
  readonly edges?: readonly GraphEdge[];
  readonly removedEdges?: readonly string[];
  readonly positions?: readonly (readonly [NodeId, Point])[];
  /** `items` stand where those from `from` up to `to` stood. */
  readonly resources?: { readonly from: number; readonly to: number; readonly items: readonly ResourceView[] };
  /** The line on which the document of each resource begins, from 1. */
  readonly resourceLines?: Uint32Array;
  readonly files?: readonly FileView[];
  readonly problems?: ProblemsDelta['problems'];
  readonly problemPlaces?: ProblemsDelta['problemPlaces'];
  readonly selection?: Selection;
  readonly inspector?: InspectorView | null;
  readonly undoLabel?: string | null;
  readonly redoLabel?: string | null;
  /** Documents that are broken now, by file: the ranges to mark as stale. */
  readonly stale?: readonly { readonly file: FileId; readonly range: TextRange }[];
  readonly assumed?: readonly string[];
  /** The traffic's run, where the configuration changed: windows of an older run no longer hold from now on. */
  readonly run?: number;
}

/** Things of a list of a `ViewDelta`, which stand before those that come later. */
export type ViewPart = Pick<ViewDelta, 'nodes' | 'edges' | 'positions'> & {
  /** Items of `resources`. */
  readonly resourceItems?: readonly ResourceView[];
};

/** What changed of the problems, in a view where documents moved or went, and by itself when the checks are through. */
export interface ProblemsDelta {
  /** In text order; `items` stand where those from `from` up to `to` stood. */
  readonly problems?: { readonly from: number; readonly to: number; readonly items: readonly Problem[] };
  /** Where the documents that have problems stand: offset and line (from 1). `slots` is absent where it is as before. */
  readonly problemPlaces?: {
    readonly slots?: readonly SlotId[];
    readonly from: Uint32Array;
    readonly lines: Uint32Array;
  };
}

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly restored: boolean;
      readonly savedAt?: number;
      readonly files: readonly {
        readonly id: FileId;
        readonly text: string;
        readonly version: number;
        readonly readOnly?: string | undefined;
        /** A handle on what no text holds: 50 MB of bytes would hold the page up. */
        readonly bytes?: Blob | undefined;
      }[];
    }
  /**
   * Texts that the worker changed or opened: whole for new files, change sets for the rest. `base` is the version before; `seen` is the
   * `seq` of the newest edit that these changes stand on: the page maps them over its edits after that one.
   */
  | {
      readonly kind: 'texts';
      readonly opened: readonly {
        readonly id: FileId;
        readonly text: string;
        readonly version: number;
        readonly readOnly?: string | undefined;
        readonly bytes?: Blob | undefined;
      }[];
      readonly closed: readonly FileId[];
      readonly changed: readonly {
        readonly id: FileId;
        readonly base: number;
        readonly version: number;
        readonly changes: ChangeSet;
      }[];
      readonly renamed: readonly (readonly [FileId, FileId])[];
      readonly seen: number;
      readonly origin: string;
      readonly label: string;
      /** More files of an opening that is under way: what is shown stays in front. */
      readonly more?: boolean;
    }
  /** How many files of an opening that takes its time are open. */
  | { readonly kind: 'opening'; readonly done: number; readonly total: number }
  /** A part of the next `view`, where that is large: what the page takes in at once would hold it up. */
  | { readonly kind: 'viewPart'; readonly part: ViewPart }
  | { readonly kind: 'view'; readonly delta: ViewDelta; readonly seen: number }
  | ({ readonly kind: 'problems' } & ProblemsDelta)
  | { readonly kind: 'reveal'; readonly file: FileId; readonly range: TextRange }
  | { readonly kind: 'done'; readonly id: number; readonly label: string; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refused }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saveFailed'; readonly message: string }
  | { readonly kind: 'notice'; readonly message: string }
  | { readonly kind: 'traffic'; readonly window: TrafficWindow }
  | { readonly kind: 'joinedRules'; readonly id: number; readonly answer: JoinedAnswer }
  | { readonly kind: 'reviewed'; readonly id: number; readonly review: Review }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: RequestAnswer }
  | { readonly kind: 'fixes'; readonly id: number; readonly fixes: readonly FixView[] };
