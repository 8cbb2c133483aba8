import { applyTheme } from '../platform/theme.ts';
import { fixesOf, mend, runGesture } from './gestures.ts';
import { dismiss, notify } from './notices.ts';
import { send } from './port.ts';
import { rememberEyes, seenBy } from './problems.ts';
import {
  askForRule,
  editRequest,
  keepRequest,
  leaveRequest,
  refreshPicked,
  refreshRequest,
  sendRequest,
} from './request.ts';
import { goToStep, refreshReview } from './review.ts';
import { store } from './store.ts';
import { texts } from './texts.ts';
import { pause, play, restart, setSpeed, step } from './traffic.ts';
import type { Actions, AppState } from './types.ts';

const set = (changes: Partial<AppState>): void => store.setState(changes);
const beginEditing = (): void => set({ phase: 'editing' });

/** The name with a number before its ending, so that no open file has it: `mesh.yaml`, `mesh-2.yaml`. */
function freeName(name: string): string {
  const taken = new Set<string>(texts.files());
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${stem}-${count}${ending}`;
  return free;
}

/** Fetches an example that is served with the page and opens it in the place of what is there. */
async function openExample(name: string, preview = false): Promise<void> {
  const answer = await fetch(new URL(`examples/${name}.yaml`, document.baseURI)).catch(() => undefined);
  if (!answer?.ok) {
    notify({ tone: 'error', message: `The example ${name} could not be loaded.`, remedy: 'Reload the page.' });
    return;
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  // Something was opened meanwhile: the preview must not take its place.
  if (preview && store.getState().phase !== 'welcome') return;
  send({ kind: 'open', mode: 'replace', label: `Open ${name}`, preview, files: [{ name: `${name}.yaml`, bytes }] });
  if (!preview) beginEditing();
}

/** Shows an example behind the welcome screen; nothing of it is stored until it is changed. */
export const previewExample = (name: string): Promise<void> => openExample(name, true);

/** All that the page can ask for. Stable functions: they may be taken out of the object and handed on. */
export const actions: Actions = {
  send,
  gesture: (gesture, origin = 'canvas') => runGesture(gesture, origin),
  select: (ids, options = {}) => {
    set({ selection: { ids } });
    send({ kind: 'select', selection: { ids }, reveal: options.reveal ?? true });
  },
  openExample: (name) => openExample(name),
  openFiles: (files, mode, label) => {
    // Before the worker has said what it restored, nobody can want that to go.
    send({ kind: 'open', mode: store.getState().phase === 'starting' ? 'add' : mode, label, files });
    beginEditing();
  },
  startEditing: () => {
    beginEditing();
    send({ kind: 'keep' });
  },
  undo: () => send({ kind: 'undo' }),
  redo: () => send({ kind: 'redo' }),
  newFile: (name = 'mesh.yaml', text = '') => {
    send({ kind: 'newFile', name: freeName(name), text, at: Date.now() });
    beginEditing();
  },
  closeFile: (file) => send({ kind: 'closeFile', file, at: Date.now() }),
  renameFile: (file, name) => send({ kind: 'renameFile', file, name, at: Date.now() }),
  setActiveFile: (activeFile) => set({ activeFile }),
  revealText: (file, range) =>
    store.setState(({ reveal }) => ({
      activeFile: file,
      reveal: { file, range, serial: (reveal?.serial ?? 0) + 1 },
    })),
  setTheme: (theme) => {
    applyTheme(theme, true);
    set({ theme });
  },
  fixesOf,
  mend,
  showHelp: (help) => set({ help }),
  setEyes: (eyes) => {
    rememberEyes(eyes);
    store.setState(({ allProblems }) => ({ eyes, problems: seenBy(allProblems, eyes) }));
  },
  setBottomTab: (bottomTab) => set({ bottomTab }),
  setCaller: (caller) => set({ caller }),
  setPaletteOpen: (paletteOpen) => set({ paletteOpen }),
  setZoom: (zoom) => set({ zoom }),
  notify,
  dismiss,
  play,
  pause,
  step,
  restart,
  setSpeed,
  editRequest,
  sendRequest,
  refreshRequest,
  refreshPicked,
  askForRule,
  keepRequest,
  leaveRequest,
  refreshReview,
  goToStep,
};
