import { calmFrame } from '../platform/frames.ts';
import { Playhead } from './playhead.ts';
import { send } from './port.ts';
import { store } from './store.ts';
import type { TrafficState } from './types.ts';

const patch = (changes: Partial<TrafficState>): void =>
  store.setState((state) => ({ traffic: { ...state.traffic, ...changes } }));

/** The page's play head. Drawing reads it; `actions` move it. */
export const playhead = new Playhead({
  ask: (run, fromUs, toUs) => send({ kind: 'traffic', run, fromUs, toUs }),
  shown: (shown) => patch({ shown, ...(shown.seed === undefined ? {} : { seed: shown.seed }) }),
  stepped: () => patch({ playing: false }),
  frame: calmFrame,
});

/** Starts the traffic. */
export function play(): void {
  playhead.play();
  patch({ playing: true });
}

/** Stops the traffic where it is; what is in the air hangs there. */
export function pause(): void {
  playhead.pause();
  patch({ playing: false });
}

/** Lets one request through, then pauses. */
export function step(): void {
  patch({ playing: true });
  playhead.step();
}

/** Begins anew, with another seed if one is given. */
export function restart(seed?: number): void {
  send(seed === undefined ? { kind: 'restartTraffic' } : { kind: 'restartTraffic', seed });
  patch({ shown: undefined, ...(seed === undefined ? {} : { seed }) });
  playhead.restart();
}

/** Event seconds that pass in a second on the clock. */
export function setSpeed(speed: number): void {
  playhead.setSpeed(speed);
  patch({ speed });
}

/** Takes in the run that the worker simulates now. */
export function setRun(run: number): void {
  patch({ run });
  playhead.setRun(run);
}
