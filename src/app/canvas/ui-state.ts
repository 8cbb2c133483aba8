import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import type { NodeId, Point } from '../../core/graph/types.ts';

/** What the canvas alone needs to know: focus, edits under way, previews. Nothing of it outlives the page, nothing is in the history. */
export interface CanvasState {
  /** The item that Tab reaches: a node's or row's id. */
  readonly active: string | null;
  readonly renaming: NodeId | null;
  /** The rule whose shares are being typed. */
  readonly typing: string | null;
  /** Weights as a divider shows them while it is dragged. */
  readonly preview: { readonly row: string; readonly weights: readonly number[] } | null;
  readonly drag: { readonly rule: string; readonly to: number } | null;
  readonly wire: Connecting | null;
  readonly connectMenu: { readonly rule: string; readonly x: number; readonly y: number } | null;
  /** The node whose list of joined rules is open. */
  readonly joinedOf: NodeId | null;
  /** Ids that requests of the chosen caller never meet, and why. */
  readonly faded: ReadonlyMap<string, string>;
  /** Space is held: a drag moves the view, over nodes too. */
  readonly panning: boolean;
  readonly spoken: string;
}

/** A wire that is being drawn from a rule: where its free end is, and what lies under it. */
export interface Connecting {
  readonly rule: string;
  readonly from: Point;
  readonly to: Point;
  readonly over: string | null;
  /** Why the thing under it can't be the target; `null` where it can, or where there is nothing. */
  readonly refusal: string | null;
  readonly legal: ReadonlySet<string>;
}

const store = createStore<CanvasState>(() => ({
  active: null,
  renaming: null,
  typing: null,
  preview: null,
  drag: null,
  wire: null,
  connectMenu: null,
  joinedOf: null,
  faded: new Map(),
  panning: false,
  spoken: '',
}));

/** Changes parts of the canvas's own state. */
export function setCanvas(changes: Partial<CanvasState>): void {
  store.setState(changes);
}

/** The canvas's own state as it stands. */
export function canvasState(): CanvasState {
  return store.getState();
}

/** Calls back with each new state. Gives the function that ends it. */
export function subscribeCanvas(listener: (state: CanvasState, before: CanvasState) => void): () => void {
  return store.subscribe(listener);
}

/** A part of the canvas's own state, kept current; compared one level deep. */
export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  return useStore(store, useShallow(selector));
}

/** Says something to people who listen to the page. */
export function speak(text: string): void {
  setCanvas({ spoken: text });
}
