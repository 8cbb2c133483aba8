import type { KeyboardEvent } from 'react';
import { runCommand } from '../ui/index.ts';
import {
  addRule,
  canvasCommands,
  find,
  nudge,
  open,
  openConnectMenu,
  removeSelected,
  rename,
  shiftRule,
  splitEvenly,
  typeShares,
} from './commands.ts';
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
 * Keys of the canvas. What is done here goes no further: the page's own keys run the same commands for a selection, and would do it
 * twice. Keys that are typed into a field are left alone.
 */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.target instanceof HTMLInputElement || event.defaultPrevented) return;
  if (!handle(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

function handle(event: KeyboardEvent): boolean {
  const id = itemOf(event.target);
  const modified = event.ctrlKey || event.metaKey;
  const direction = directions[event.key];
  if (direction && id !== undefined && !modified && !event.shiftKey)
    return event.altKey ? alter(id, direction) : walk(id, direction);
  if (modified || event.shiftKey) return view(event, modified);
  if (event.altKey) return false;
  return id === undefined ? false : act(event.key, id, event.target);
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

function view(event: KeyboardEvent, modified: boolean): boolean {
  const run = (command: keyof typeof canvasCommands): boolean => {
    canvasCommands[command]();
    return true;
  };
  if (event.shiftKey && !modified && event.code === 'Digit1') return run('view.fit');
  if (event.shiftKey && !modified && event.code === 'Digit2') return run('view.fitSelection');
  if (!modified || event.altKey) return false;
  if (event.code === 'Digit0' || event.code === 'Numpad0') return run('view.zoomReset');
  if (event.key === '+' || event.key === '=' || event.code === 'NumpadAdd') return run('view.zoomIn');
  if (event.key === '-' || event.code === 'NumpadSubtract') return run('view.zoomOut');
  if (event.key === 'd' && !event.shiftKey) return run('edit.duplicate');
  return event.key === 'a' && !event.shiftKey ? run('select.all') : false;
}

function act(key: string, id: string, target: EventTarget): boolean {
  switch (key) {
    case 'Enter':
      if (inSplit(target)) typeShares(id);
      else {
        open(id);
        runCommand('edit.open');
      }
      return true;
    case 'F2':
      rename(id);
      return true;
    case 'Delete':
    case 'Backspace':
      removeSelected();
      return true;
    case 'Escape':
      return leave(id, target);
    case 'c':
      return done(openConnectMenu, id);
    case 's':
      return done(typeShares, id);
    case 'e':
      return done(splitEvenly, id);
    case 'r':
      return done(addRule, id);
    default:
      return false;
  }
}

function done(command: (id: string) => void, id: string): boolean {
  command(id);
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
