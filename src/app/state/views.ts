import { afterFrame, releaseFrames } from '../platform/frames.ts';
import type { ViewDelta } from '../worker/protocol.ts';
import { applyPicture, applyRest } from './apply-delta.ts';
import { store } from './store.ts';
import { setRun } from './traffic.ts';

/** What is not taken in yet of the last view. */
let rest: ViewDelta | undefined;

/** Takes in a view: what the canvas shows at once, and the rest of it behind the frame that shows that. */
export function takeView(delta: ViewDelta): void {
  settleView();
  store.setState((state) => applyPicture(state, delta));
  rest = delta;
  releaseFrames();
  afterFrame(settleView);
}

/** Takes in what is left of the last view. Whatever builds on it calls this first. */
export function settleView(): void {
  if (rest === undefined) return;
  const delta = rest;
  rest = undefined;
  store.setState((state) => applyRest(state, delta));
  if (delta.run !== undefined) setRun(delta.run);
}
