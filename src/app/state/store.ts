import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import { rememberedEyes } from './problems.ts';
import type { AppState } from './types.ts';

/** The state before the worker has said anything. */
export const initialState: AppState = {
  phase: 'starting',
  theme: 'dark',
  reducedMotion: false,
  version: -1,
  nodes: new Map(),
  edges: new Map(),
  positions: new Map(),
  resources: [],
  resourceLines: new Uint32Array(),
  files: [],
  activeFile: undefined,
  problems: [],
  allProblems: [],
  problemPlaces: new Map(),
  eyes: rememberedEyes(),
  help: null,
  selection: { ids: [] },
  inspected: { view: null, nodes: new Map(), id: undefined },
  stale: [],
  reveal: undefined,
  restored: false,
  undoLabel: null,
  redoLabel: null,
  assumed: [],
  savedAt: undefined,
  notices: [],
  bottomTab: 'problems',
  caller: null,
  paletteOpen: false,
  zoom: 1,
  traffic: { playing: false, speed: 1, seed: 1, run: 0, shown: undefined },
  request: { form: { method: 'GET', url: '', from: '', headers: [] } },
  joinedNotes: new Map(),
  litEdges: new Set(),
  litWays: new Map(),
};

/** The page's one store. Written by `state/` alone; see `AppState`. */
export const store = createStore<AppState>(() => initialState);

/** A part of the state, kept current. Selections that hold the same things (compared one level deep) do not render again. */
export function useAppState<T>(selector: (state: AppState) => T): T {
  return useStore(store, useShallow(selector));
}

/** The state as it stands, for handlers that run outside of rendering. */
export function getAppState(): AppState {
  return store.getState();
}

/** Calls back with each new state and the one before. Gives the function that ends it. */
export function subscribeAppState(listener: (state: AppState, before: AppState) => void): () => void {
  return store.subscribe(listener);
}
