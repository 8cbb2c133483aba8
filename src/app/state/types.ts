import type { FileId, SlotId } from '../../core/base/ids.ts';
import type { Refused, TextRange } from '../../core/base/result.ts';
import type { Gesture } from '../../core/commands/types.ts';
import type { GraphEdge, GraphNode, NodeId, Point } from '../../core/graph/types.ts';
import type { TrafficWindow } from '../../core/simulation/types.ts';
import type { RequestAnswer, RequestForm } from '../../core/workspace/asked/types.ts';
import type { JoinedAnswer, JoinedNote } from '../../core/workspace/joined/types.ts';
import type { DirectWay } from '../../core/workspace/traffic.ts';
import type { Review } from '../../core/workspace/review/types.ts';
import type { Problem, Selection } from '../../core/workspace/types.ts';
import type { FileView, FixView, MendingWay, InspectorView, ResourceView, ToWorker } from '../worker/protocol.ts';

export type Theme = 'dark' | 'light';
export type BottomTab = 'problems' | 'request' | 'traffic' | 'changes';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** Whose findings are shown. */
export type Eyes = Problem['by'][number];

/** Where a document begins in its file: offset, and line from 1. */
export interface ProblemPlace {
  readonly from: number;
  readonly line: number;
}

/** What the inspector shows: the picked thing as it was when the last view was taken in as a whole, so never ahead of its own fields. */
export interface Inspected {
  readonly view: InspectorView | null;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly id: string | undefined;
}

/** The traffic controls. The play head is event time in microseconds; it lives outside the store (see `playhead.ts`). */
export interface TrafficState {
  readonly playing: boolean;
  readonly speed: number;
  readonly seed: number;
  readonly run: number;
  /** Counters of the newest window that the play head has passed. */
  readonly shown?: TrafficWindow | undefined;
}

/** The Request panel: what stands in the form, what was sent of it last, and the newest answer. */
export interface RequestState {
  readonly form: RequestForm;
  /** Absent before the first one. The form may have gone on since. */
  readonly sent?: RequestForm | undefined;
  readonly answer?: RequestAnswer | undefined;
  /** For a rule that was asked for: what was found out. Goes with the next request. */
  readonly about?: RequestAnswer['about'];
}

/**
 * The page's one store (zustand, vanilla). Only `state/` writes it: from the worker's messages and through `actions`.
 * Components read it through selectors and call actions; nobody else talks to the worker.
 */
export interface AppState {
  readonly phase: 'starting' | 'welcome' | 'editing';
  readonly theme: Theme;
  readonly reducedMotion: boolean;
  readonly version: number;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly positions: ReadonlyMap<NodeId, Point>;
  readonly resources: readonly ResourceView[];
  /** The line on which the document of each resource begins, from 1. */
  readonly resourceLines: Uint32Array;
  readonly files: readonly FileView[];
  readonly activeFile?: FileId | undefined;
  /** What the chosen eyes see and nothing mutes, file by file, in text order. */
  readonly problems: readonly Problem[];
  /** With what others see, and what is muted. */
  readonly allProblems: readonly Problem[];
  /** Where the documents that have problems stand now. */
  readonly problemPlaces: ReadonlyMap<SlotId, ProblemPlace>;
  readonly eyes: ReadonlySet<Eyes>;
  /** The code whose page of help is open. */
  readonly help: string | null;
  readonly selection: Selection;
  readonly inspected: Inspected;
  /** Documents that can't be read as they stand: the canvas shows what they last said. */
  readonly stale: readonly { readonly file: FileId; readonly range: TextRange }[];
  /** A stretch to show in the text, without moving the focus. `serial` grows with each wish. */
  readonly reveal?: { readonly file: FileId; readonly range: TextRange; readonly serial: number } | undefined;
  /** The workspace came back from this browser's storage at the start. */
  readonly restored: boolean;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly assumed: readonly string[];
  readonly savedAt?: number | undefined;
  readonly notices: readonly Notice[];
  readonly bottomTab: BottomTab;
  readonly caller: NodeId | null;
  readonly paletteOpen: boolean;
  readonly zoom: number;
  readonly traffic: TrafficState;
  readonly request: RequestState;
  /** For the caller: rules that do not exist for it; for the picked VirtualService or host: how rules are joined. Its notes are in `joinedNotes`. */
  readonly joined?: JoinedAnswer | undefined;
  /** What cards say of how rules are joined, by node. */
  readonly joinedNotes: ReadonlyMap<NodeId, JoinedNote>;
  /** What changed since the files were opened, as it was when last asked. */
  readonly review?: Review | undefined;
  /** Edges of the canvas that the request takes, while its panel is shown. */
  readonly litEdges: ReadonlySet<string>;
  /** Ways of the request from its caller for which the canvas has no edge, by a name of their own, which is in `litEdges` too. */
  readonly litWays: ReadonlyMap<string, DirectWay>;
}

export interface Actions {
  readonly send: (message: ToWorker) => void;
  /** Runs a gesture; resolves with the refusal, or `undefined` when it was done. A refusal is also shown as a notice. */
  readonly gesture: (
    gesture: Gesture,
    origin?: 'canvas' | 'panel' | 'command' | 'quickfix',
  ) => Promise<Refused | undefined>;
  readonly select: (ids: readonly string[], options?: { readonly reveal?: boolean }) => void;
  readonly openExample: (name: string) => Promise<void>;
  readonly openFiles: (
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
    mode: 'replace' | 'add',
    label: string,
  ) => void;
  /** Leaves the welcome screen and keeps what stands behind it. */
  readonly startEditing: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly newFile: (name?: string, text?: string) => void;
  readonly closeFile: (file: FileId) => void;
  readonly renameFile: (file: FileId, name: string) => void;
  readonly setActiveFile: (file: FileId) => void;
  /** Shows a stretch of a file's text, without moving the focus. */
  readonly revealText: (file: FileId, range: TextRange) => void;
  readonly setTheme: (theme: Theme) => void;
  /** Which fixes there are for a problem, by its id. */
  readonly fixesOf: (problem: string) => Promise<readonly FixView[]>;
  /** Takes a way out of a problem: one undo step. Resolves as a gesture does. */
  readonly mend: (problem: string, way: MendingWay) => Promise<Refused | undefined>;
  /** Opens the page of help on a code, or closes it. */
  readonly showHelp: (code: string | null) => void;
  /** Shows what these see, here and on later visits. */
  readonly setEyes: (eyes: ReadonlySet<Eyes>) => void;
  readonly setBottomTab: (tab: BottomTab) => void;
  readonly setCaller: (caller: NodeId | null) => void;
  readonly setPaletteOpen: (open: boolean) => void;
  readonly setZoom: (zoom: number) => void;
  readonly notify: (notice: Omit<Notice, 'id'>) => void;
  readonly dismiss: (id: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly step: () => void;
  readonly restart: (seed?: number) => void;
  readonly setSpeed: (speed: number) => void;
  readonly editRequest: (changes: Partial<RequestForm>) => void;
  /** Sends the form, or another request in its place. */
  readonly sendRequest: (form?: RequestForm) => void;
  /** Takes a choice of the form into what was sent, and asks again. */
  readonly refreshPicked: (changes: Partial<RequestForm>) => void;
  /** Asks again for what was sent, since the workspace has changed; before that for who could send. */
  readonly refreshRequest: () => void;
  /** Fills the form with a request that would reach the rule in this row, sends it, and shows the panel. */
  readonly askForRule: (row: string) => void;
  /** Puts the request with its likeliest outcome into the Scenario document. */
  readonly keepRequest: () => void;
  /** Asks what changed since the files were opened: `AppState.review`. */
  readonly refreshReview: () => void;
  /** Goes back, or forth again, until this many steps are done. */
  readonly goToStep: (done: number) => void;
  /** The panel is gone: the canvas is no longer lit. */
  readonly leaveRequest: () => void;
}
