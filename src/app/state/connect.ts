import { keepLastWords, readLastWords } from '../platform/index.ts';
import { applyTheme, initialTheme, onReducedMotion, onSystemTheme, reducedMotionNow } from '../platform/theme.ts';
import type { FromWorker, ToWorker } from '../worker/protocol.ts';
import { followJoined } from './joined.ts';
import { notify } from './notices.ts';
import { send, setPort } from './port.ts';
import { receive } from './receive.ts';
import { store } from './store.ts';
import { texts } from './texts.ts';
import { settleView } from './views.ts';

/** Sets theme and motion from what was chosen here or what the system asks for, and follows the system. Call it before the first paint. */
export function followSystem(): void {
  const theme = initialTheme();
  applyTheme(theme, false);
  store.setState({ theme, reducedMotion: reducedMotionNow() });
  onReducedMotion((reducedMotion) => store.setState({ reducedMotion }));
  onSystemTheme((next) => {
    applyTheme(next, false);
    store.setState({ theme: next });
  });
}

/** Tells this page from others. */
const page = performance.timeOrigin;

/**
 * The page goes, and the worker with it, which may not have heard the last keys: with 900 documents a page that was closed at once lost them
 * two times in ten.
 */
function leave(): void {
  send({ kind: 'flush' });
  const at = Date.now();
  // Closed again before anything was stored: what the page before had left is still to be taken in.
  if (texts.isStored) keepLastWords(texts.unsaved().map((words) => ({ ...words, at, page })));
}

/** Memory that goes to the worker with a message rather than being copied: copying 50 MB held the page up for half a second. */
function handedOver(message: ToWorker): Transferable[] {
  if (message.kind !== 'open') return [];
  return message.files.map(({ bytes }) => bytes.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

/** Starts the worker and asks it for what storage holds. Call it once. Theme and motion are set too. */
export function connectWorker(): void {
  followSystem();
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<FromWorker>) => receive(event.data));
  worker.addEventListener('error', (event) => {
    const message = `Something went wrong inside: ${event.message || 'the worker stopped'}. Nothing that was saved is lost.`;
    notify({ tone: 'error', message, remedy: 'Reload the page to go on.' });
  });
  setPort({ postMessage: (message) => worker.postMessage(message, handedOver(message)) });
  // What is pressed must meet the page as the worker told it, not a frame behind.
  for (const input of ['keydown', 'pointerdown']) window.addEventListener(input, settleView, { capture: true });
  send({ kind: 'start', page, unsaved: readLastWords() });
  followJoined();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send({ kind: 'flush' });
  });
  window.addEventListener('pagehide', leave);
}
