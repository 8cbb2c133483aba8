import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type Pane = 'text' | 'inspector' | 'bottom';
export type Sheet = 'import' | 'export' | 'keys';

/** What the page shows beside its work: hidden panes and the open sheet. None of it is in the history. */
export interface ViewState {
  readonly hidden: ReadonlySet<Pane>;
  readonly sheet: Sheet | null;
}

const store = createStore<ViewState>(() => ({ hidden: new Set<Pane>(), sheet: null }));

/** A part of the view's state, kept current. */
export function useViewState<T>(selector: (state: ViewState) => T): T {
  return useStore(store, selector);
}

/** Opens a sheet over the page, or closes the one that is open. */
export function showSheet(sheet: Sheet | null): void {
  store.setState({ sheet });
}

/** Is a sheet open now. */
export function sheetIsOpen(): boolean {
  return store.getState().sheet !== null;
}

/** Takes in whether a pane is hidden: the panes themselves tell, since they can also be dragged shut. */
export function paneIsHidden(pane: Pane, isHidden: boolean): void {
  const { hidden } = store.getState();
  if (hidden.has(pane) === isHidden) return;
  const next = new Set(hidden);
  if (isHidden) next.add(pane);
  else next.delete(pane);
  store.setState({ hidden: next });
}

interface PaneHandle {
  readonly collapse: () => void;
  readonly expand: () => void;
  readonly isCollapsed: () => boolean;
}
const handles = new Map<Pane, PaneHandle>();

/** Registers the pane's own controls; gives the function that forgets them. */
export function holdPane(pane: Pane, handle: PaneHandle): () => void {
  handles.set(pane, handle);
  return () => {
    handles.delete(pane);
  };
}

/** Hides the pane, or brings it back in the size that it had. */
export function togglePane(pane: Pane): void {
  const handle = handles.get(pane);
  if (!handle) return;
  if (handle.isCollapsed()) handle.expand();
  else handle.collapse();
}

/** Brings a pane back where it is hidden. */
export function showPane(pane: Pane): void {
  const handle = handles.get(pane);
  if (handle?.isCollapsed()) handle.expand();
}

/** Hides a pane where it is shown. */
export function hidePane(pane: Pane): void {
  const handle = handles.get(pane);
  if (handle && !handle.isCollapsed()) handle.collapse();
}

/** The panes that are hidden now. */
export function hiddenPanes(): ReadonlySet<Pane> {
  return store.getState().hidden;
}
