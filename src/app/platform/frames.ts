import { type CalmCallback, createCalm } from './calm.ts';

/** A typed letter waits no longer than this for the graph, in milliseconds. */
const MOST_MS = 16;

interface Frames {
  readonly request: (callback: FrameRequestCallback) => number;
  readonly cancel: (id: number) => void;
  readonly hold: () => void;
  readonly release: () => void;
  readonly calm: (callback: CalmCallback) => () => void;
}

/** What frames need from outside; tests hand in their own. */
export interface FramePorts {
  readonly request: (callback: FrameRequestCallback) => number;
  readonly cancel: (id: number) => void;
  readonly now: () => number;
  /** Calls back when the stack is empty. */
  readonly soon: (then: () => void) => void;
  /** Calls back after some milliseconds, unless it is ended with the function that it gives. */
  readonly wait: (ms: number, then: () => void) => () => void;
}

/**
 * Animation frames that wait a moment for what an edit brings. Monaco asks for a frame with each letter, and the browser draws one at once;
 * the graph of the same letter comes from the worker some milliseconds later and would need a second one. What was promised for the next
 * frame and what is asked for while frames are held is done at `release`, on the spot and in order, so that the one frame that follows shows
 * all of it. `MOST_MS` after `hold` it is done without waiting any longer.
 */
export function createFrames(ports: FramePorts): Frames {
  const asked = new Map<number, FrameRequestCallback>();
  const running = new Map<number, { readonly frame: number; readonly callback: FrameRequestCallback }>();
  let last = 0;
  let endWait: (() => void) | undefined;
  const pass = (): void => {
    for (const [id, callback] of asked) {
      const frame = ports.request((time) => {
        running.delete(id);
        callback(time);
      });
      running.set(id, { frame, callback });
    }
    asked.clear();
  };
  const release = (): void => {
    if (endWait === undefined) return;
    endWait();
    endWait = undefined;
    try {
      for (const id of [...asked.keys()].sort((one, other) => one - other)) {
        const callback = asked.get(id);
        asked.delete(id);
        callback?.(ports.now());
      }
    } finally {
      // What was asked for meanwhile is of the next frame, and so is what one that failed left behind.
      pass();
    }
  };
  const request = (callback: FrameRequestCallback): number => {
    // Whether this belongs to an edit is known when the stack is empty: Monaco may ask before it tells.
    if (asked.size === 0) ports.soon(() => (endWait === undefined ? pass() : undefined));
    last += 1;
    asked.set(last, callback);
    return last;
  };
  const cancel = (id: number): void => {
    asked.delete(id);
    const promised = running.get(id);
    if (promised === undefined) return;
    running.delete(id);
    ports.cancel(promised.frame);
  };
  const calm = createCalm({ ...ports, request, cancel });
  return {
    request,
    cancel,
    calm: calm.ask,
    hold() {
      calm.typed();
      if (endWait !== undefined) return;
      endWait = ports.wait(MOST_MS, release);
      for (const [id, { frame, callback }] of running) {
        ports.cancel(frame);
        asked.set(id, callback);
      }
      running.clear();
    },
    release,
  };
}

/** What somebody does next must find Monaco as a frame would have left it: it keeps what the browser's input holds in step in its frames. */
const INPUTS = [
  'keydown',
  'beforeinput',
  'compositionstart',
  'pointerdown',
  'mousedown',
  'paste',
  'cut',
  'drop',
  'wheel',
];

let page: Frames | undefined;
let nextFrame: ((callback: FrameRequestCallback) => number) | undefined;

/** Puts frames that can be held in the place of the window's: Monaco has no other way in. Call it once, before anything asks for a frame. */
export function installFrames(): void {
  const request = (nextFrame = window.requestAnimationFrame.bind(window));
  const cancel = window.cancelAnimationFrame.bind(window);
  page = createFrames({
    request,
    cancel,
    now: () => performance.now(),
    soon: (then) => queueMicrotask(then),
    wait: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  window.requestAnimationFrame = page.request;
  window.cancelAnimationFrame = page.cancel;
  for (const input of INPUTS) window.addEventListener(input, page.release, { capture: true, passive: true });
}

/** A frame for what moves by itself; it comes when nobody types. Gives the function that ends it. */
export function calmFrame(callback: CalmCallback): () => void {
  if (page) return page.calm(callback);
  const id = requestAnimationFrame((time) => callback(time, false));
  return () => cancelAnimationFrame(id);
}

/** So long after this a page that is not drawn goes on without a frame, in milliseconds. */
const HIDDEN_MS = 200;

/** Calls back once, behind the next frame that is really drawn: what comes then never stands between an edit and its picture. */
export function afterFrame(then: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(hidden);
    then();
  };
  const hidden = setTimeout(once, HIDDEN_MS);
  (nextFrame ?? requestAnimationFrame)(() => setTimeout(once));
}

/** No frame until the worker has answered, or a moment has passed. */
export const holdFrames = (): void => page?.hold();
/** The worker has answered: what waits is done as soon as React has drawn what the answer changed. */
export const releaseFrames = (): void => queueMicrotask(() => page?.release());
