import type { KeyboardEvent } from 'react';
import { runCommand } from '../ui/index.ts';
import { canvasCommands, find, nudge, open, shiftRule, typeShares } from './commands.ts';
import { focusItem } from './focus.ts';
import { nearest, type Direction } from './scene/nearest.ts';
import { itemById } from './scene/scene.ts';
import { stage } from './stage.ts';
import { getAppState } from '../state/index.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const GRID = 8;

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
  if (event.key === ' ') return holdSpace(event);
  const id = itemOf(event.target);
  if (id === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const direction = directions[event.key];
  if (direction) return event.altKey ? alter(id, direction) : walk(id, direction);
  if (event.altKey) return false;
  if (event.key === 'Enter') return enter(id, event.target);
  return event.key === 'Escape' && leave(id, event.target);
}

// Space held is for dragging the view; only a press without a drag plays or pauses.
function holdSpace(event: KeyboardEvent): boolean {
  if (event.target instanceof Element && event.target.closest('button')) return false;
  event.preventDefault();
  if (event.repeat) return false;
  let dragged = false;
  const onPress = (): void => {
    dragged = true;
  };
  window.addEventListener('pointerdown', onPress, true);
  const onRelease = (release: globalThis.KeyboardEvent): void => {
    if (release.key !== ' ') return;
    window.removeEventListener('pointerdown', onPress, true);
    window.removeEventListener('keyup', onRelease, true);
    if (!dragged) runCommand('traffic.play');
  };
  window.addEventListener('keyup', onRelease, true);
  // It goes on to React Flow, which listens for it on the document.
  return false;
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
