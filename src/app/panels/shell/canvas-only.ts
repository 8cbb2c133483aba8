import { actions } from '../../state/index.ts';
import { hidePane, hiddenPanes, showPane, type Pane } from './view-state.ts';

const PANES: readonly Pane[] = ['text', 'inspector', 'bottom'];
let before: readonly Pane[] = [];

/** Hides every pane around the canvas; done again, brings back those that were there. The bar on top stays, so the way out is seen. */
export function canvasOnly(): void {
  const hidden = hiddenPanes();
  if (PANES.every((pane) => hidden.has(pane))) {
    for (const pane of before.length > 0 ? before : PANES) showPane(pane);
    return;
  }
  before = PANES.filter((pane) => !hidden.has(pane));
  for (const pane of before) hidePane(pane);
  actions.notify({
    tone: 'info',
    message: 'Only the canvas is shown.',
    remedy: 'The buttons on top bring the panes back.',
  });
}
