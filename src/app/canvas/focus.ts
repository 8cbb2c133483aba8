import { revealRect } from './camera.ts';
import { itemById } from './scene/scene.ts';
import { stage } from './stage.ts';
import { setCanvas } from './ui-state.ts';

/** Frames to wait for a card that has to be mounted first. */
const PATIENCE = 12;

/** The element of an item, if it is mounted. */
export function elementOf(id: string): HTMLElement | undefined {
  const found = document.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`);
  return found ?? undefined;
}

/** Gives an item the focus; brings it into view first, since cards out of view are not mounted. */
export function focusItem(id: string): void {
  setCanvas({ active: id });
  const item = itemById(stage.scene, id);
  if (item) revealRect(item);
  attempt(id, PATIENCE);
}

function attempt(id: string, left: number): void {
  const element = elementOf(id);
  if (element) {
    element.focus({ preventScroll: true });
    if (document.activeElement === element) return;
  }
  if (left > 0) requestAnimationFrame(() => attempt(id, left - 1));
}
