import { afterFrame, releaseFrames } from '../platform/frames.ts';
import type { ViewDelta } from '../worker/protocol.ts';
import { applyPicture, applyRest } from './apply-delta.ts';
import { send } from './port.ts';
import { store } from './store.ts';
import { setRun } from './traffic.ts';

/** What waits for the frame of a picture, in order. */
let behind: (() => void)[] = [];

/** Takes in a view: what the canvas shows at once, and the rest of it behind the frame that shows that. */
export function takeView(delta: ViewDelta): void {
  const picture = applyPicture(store.getState(), delta);
  const hasPicture = Object.keys(picture).length > 0;
  const rest = (): void => {
    store.setState((state) => applyRest(state, delta));
    if (delta.run !== undefined) setRun(delta.run);
  };
  if (hasPicture) {
    store.setState(picture);
    behind.push(rest);
    afterFrame(painted);
  } else behindFrame(rest);
  releaseFrames();
}

function painted(): void {
  settleView();
  send({ kind: 'painted' });
}

/** Does something when no picture waits for its frame: at once, or behind that frame. */
export function behindFrame(act: () => void): void {
  if (behind.length > 0) behind.push(act);
  else act();
}

/** Does what waits for a frame. Whatever builds on it calls this first. */
export function settleView(): void {
  const acts = behind;
  behind = [];
  for (const act of acts) act();
}
