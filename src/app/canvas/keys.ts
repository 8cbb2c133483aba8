import type { KeyboardEvent } from 'react';
import { GRID } from '../../core/graph/index.ts';
import { runCommand } from '../ui/index.ts';
import { canvasCommands, find, nudge, open, shiftRule, typeShares } from './commands.ts';
import { focusItem } from './focus.ts';
import { nearest, type Direction } from './scene/nearest.ts';
import { itemById } from './scene/scene.ts';
import { stage } from './stage.ts';
import { setCanvas } from './ui-state.ts';
import { getAppState } from '../state/index.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The id of the item that an event happened in. */
export function itemOf(target: EventTarget): string | undefined {
  return target instanceof Element
    ? (target.closest<HTMLElement>('[data-item]')?.dataset['item'] ?? undefined)
    : undefined;
}

/**
 * The keys that only make sense on the canvas: arrows, Enter, Escape, Space. All others are the page's, which runs `canvasCommands`.
 * What is done here goes no further. Keys that are typed into a field are left alone.
 */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.target instanceof HTMLInputElement || event.defaultPrevented) return;
  if (!handle(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

function handle(event: KeyboardEvent): boolean {
  const id = itemOf(event.target);
  if (id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const direction = directions[event.key];
  if (direction) return event.altKey ? alter(id, direction) : walk(id, direction);
  if (event.altKey) return false;
  if (event.key === 'Enter') return enter(id, event.target);
  return event.key === 'Escape' && leave(id, event.target);
}

const PRESSABLE = 'input, textarea, button, [role="menu"], [role="dialog"]';

/**
 * Space held is for dragging the view; only a press without a drag plays or pauses. Heard before the page's own keys, which leave alone
 * what is taken here. Gives the function that ends it.
 */
export function watchSpace(): () => void {
  let dragged: boolean | undefined;
  const onDown = (event: globalThis.KeyboardEvent): void => {
    const { target } = event;
    if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
    if (target !== document.body && (!target.closest('.cv') || target.closest(PRESSABLE))) return;
    // It goes on to React Flow, which listens for it on the document and does not mind.
    event.preventDefault();
    if (event.repeat) return;
    dragged = false;
    setCanvas({ panning: true });
  };
  const onPress = (): void => {
    if (dragged === false) dragged = true;
  };
  const onUp = (event: globalThis.KeyboardEvent): void => {
    if (event.key !== ' ') return;
    if (dragged === false) runCommand('traffic.play');
    if (dragged !== undefined) setCanvas({ panning: false });
    dragged = undefined;
  };
  window.addEventListener('keydown', onDown, true);
  window.addEventListener('pointerdown', onPress, true);
  window.addEventListener('keyup', onUp, true);
  return () => {
    window.removeEventListener('keydown', onDown, true);
    window.removeEventListener('pointerdown', onPress, true);
    window.removeEventListener('keyup', onUp, true);
  };
}

function walk(id: string, direction: Direction): boolean {
  const from = itemById(stage.scene, id);
  const to = from && nearest(stage.scene, from, direction);
  if (to) focusItem(to.id);
  return true;
}

function alter(id: string, direction: Direction): boolean {
  const row = find(id)?.row;
  if (row?.kind === 'rule' && (direction === 'up' || direction === 'down')) shiftRule(direction === 'up' ? -1 : 1, id);
  else if (!row)
    nudge(
      direction === 'left' ? -GRID : direction === 'right' ? GRID : 0,
      direction === 'up' ? -GRID : direction === 'down' ? GRID : 0,
      id,
    );
  else return false;
  return true;
}

function enter(id: string, target: EventTarget): boolean {
  if (inSplit(target)) typeShares(id);
  else {
    open(id);
    runCommand('edit.open');
  }
  return true;
}

const inSplit = (target: EventTarget): boolean => target instanceof Element && target.closest('.cv-bar') !== null;

// Out of the split to its rule, then the selection, then from a row to its node.
function leave(id: string, target: EventTarget): boolean {
  if (inSplit(target)) focusItem(id);
  else if (getAppState().selection.ids.length > 0) canvasCommands['select.none']();
  else {
    const found = find(id);
    if (!found?.row) return false;
    focusItem(found.node.id);
  }
  return true;
}
