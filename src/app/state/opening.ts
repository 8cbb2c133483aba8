import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
// The one file: the folder's index would bring the whole core to the page.
import { WORKSPACE_LIMIT_BYTES } from '../../core/workspace/open-bytes.ts';
import { MOST_FILES, readSources, type Choice, type OpenedFile } from '../platform/index.ts';
import type { FromWorker } from '../worker/protocol.ts';
import { notify } from './notices.ts';
import { send } from './port.ts';

/** Files that are being opened, and how far it is: found, read by the page, drawn by the worker. */
export interface Opening {
  readonly phase: 'looking' | 'reading' | 'drawing';
  readonly done: number;
  /** Not known while looking. */
  readonly total?: number | undefined;
  readonly bytes?: number | undefined;
}

/** Shorter than this nobody asks how far it is. */
const SHOWN_AFTER_MS = 400;
const PAINT_MS = 100;

const store = createStore<{ readonly opening: Opening | null }>(() => ({ opening: null }));
let reading: AbortController | undefined;

/** What is being opened at the moment, if it takes its time. */
export function useOpening(): Opening | null {
  return useStore(store, (state) => state.opening);
}

const count = (files: number): string => (files === 1 ? '1 file' : `${files.toLocaleString('en')} files`);

/** Calls of a function that are too many to paint: the first one comes after a while, and then ten in a second. */
function paced(show: (opening: Opening) => void): (opening: Opening) => void {
  let due = performance.now() + SHOWN_AFTER_MS;
  return (opening) => {
    if (performance.now() < due) return;
    due = performance.now() + PAINT_MS;
    show(opening);
  };
}

/**
 * Looks for the files of a choice and reads them; tells how far it is where it takes longer than a blink. Gives `undefined` where it was
 * stopped, or there is nothing to open: that is said.
 */
export async function readChoice(choice: Choice): Promise<readonly OpenedFile[] | undefined> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  const { signal } = controller;
  const show = paced((opening) => {
    if (!signal.aborted) store.setState({ opening });
  });
  try {
    const found = await choice({ signal, found: (done) => show({ phase: 'looking', done }) });
    if (signal.aborted) return undefined;
    const total = found.sources.length;
    if (total === 0) {
      notify({ tone: 'info', message: 'There is no YAML file (.yaml or .yml) in it, so nothing was opened.' });
      return undefined;
    }
    if (found.left > 0) {
      const message = `It holds ${count(found.left + total)}: the first ${MOST_FILES.toLocaleString('en')} by name are opened, ${found.left.toLocaleString('en')} are left out.`;
      notify({ tone: 'error', message, remedy: 'Open a smaller folder for the rest.' });
    }
    let isMuch = false;
    const read = await readSources(
      found.sources,
      ({ files, bytes }) => {
        show({ phase: 'reading', done: files, total, bytes });
        if (total > 1 && !isMuch && bytes > WORKSPACE_LIMIT_BYTES) {
          isMuch = true;
          // Which ones is said when all are read, and that may take its time.
          notify({
            tone: 'info',
            message: `That is more than the ${WORKSPACE_LIMIT_BYTES / 1e6} MB that can be drawn and edited at once: the rest will be read-only.`,
          });
        }
      },
      signal,
    );
    if (signal.aborted) return undefined;
    sayUnread(read.unread);
    return read.files.length === 0 ? undefined : read.files;
  } catch {
    if (!signal.aborted)
      notify({ tone: 'error', message: 'The browser could not read that.', remedy: 'Try to open it again.' });
    return undefined;
  } finally {
    if (reading === controller) {
      reading = undefined;
      store.setState({ opening: null });
    }
  }
}

function sayUnread([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const message = `The browser could not read ${first}${others.length === 0 ? '' : ` and ${count(others.length)} more`}.`;
  notify({ tone: 'error', message, remedy: 'Look whether they are still there, and open them again.' });
}

/** The worker tells how far it is with files that it draws in portions. */
export function takeOpening({ done, total }: Extract<FromWorker, { kind: 'opening' }>): void {
  store.setState({ opening: done < total ? { phase: 'drawing', done, total } : null });
}

/** Stops opening. What is open by then stays. */
export function stopOpening(): void {
  if (reading) {
    reading.abort();
    reading = undefined;
    store.setState({ opening: null });
    notify({ tone: 'info', message: 'Stopped: nothing of it was opened.' });
  } else send({ kind: 'stopOpening' });
}
