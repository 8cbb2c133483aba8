import { tinykeys } from 'tinykeys';
import { COMMANDS, type Command } from '../../../core/commands/list.ts';
import { getAppState } from '../../state/index.ts';
import { keysOf, runCommand } from '../../ui/index.ts';
import { sheetIsOpen } from '../shell/view-state.ts';
import { singleKeysAreOn } from './single-keys.ts';

const FIELD = 'input, textarea, select, [contenteditable="true"], .monaco-editor';
const PRESSABLE = 'button, summary, a[href], [role="menuitem"], [role="option"], [role="tab"], [role="slider"]';
/** Commands that are about what is picked: their keys work with the focus on the canvas or nowhere, never from a form beside it. */
const ANYWHERE = new Set(['always', 'undoable', 'redoable', 'problems', 'file']);

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** A box whose own undo is wanted: it holds text that is not written yet. */
const isOwnUndo = (target: EventTarget | null): boolean =>
  within(target, 'input:not([data-committed]), textarea') && !within(target, '.monaco-editor');

/** May this key press run the command? The keys themselves are known to fit. */
function mayRun(command: Command, keys: string, event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.repeat || event.isComposing) return false;
  if (sheetIsOpen() || getAppState().paletteOpen || within(target, '[role="menu"], [role="dialog"]')) return false;
  if (command.id === 'edit.undo' || command.id === 'edit.redo') return !isOwnUndo(target);
  if (command.whileTyping !== true && within(target, FIELD)) return false;
  const onCanvas = target === document.body || within(target, '[aria-label="Canvas"]');
  if (!ANYWHERE.has(command.when) && !onCanvas) return false;
  const isPlain = !/\$mod|Control|Alt|Meta/.test(keys) && !/^(Shift\+)?F\d+$/.test(keys);
  if (isPlain && !singleKeysAreOn()) return false;
  return !(/^(Space|Enter)$/.test(keys) && within(target, PRESSABLE));
}

/** Listens for the keys of all commands, in one place. Gives the function that ends it. */
export function listenForKeys(): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const command of COMMANDS) {
    // A question mark is on another key on many keyboards.
    const keys = keysOf(command.id).flatMap((key) => (key === 'Shift+Slash' ? [key, '[Shift]+?'] : [key]));
    for (const key of keys) {
      bindings[key] = (event) => {
        if (mayRun(command, key, event) && runCommand(command.id)) event.preventDefault();
        // Saving and opening are the page's here, whatever the focus is on: never the browser's dialogs.
        else if (/^file\.(save|open|saveAll)$/.test(command.id)) event.preventDefault();
      };
    }
  }
  return tinykeys(window, bindings, { ignore: () => false });
}
