import type { Review } from '../../core/workspace/review/types.ts';
import { send } from './port.ts';
import { store } from './store.ts';

/** How long typing must rest before the comparison is made anew. */
const PAUSE_MS = 200;
let waiting: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;

/** Asks what changed, since the workspace did; at once for the first time. */
export function refreshReview(): void {
  clearTimeout(waiting);
  waiting = setTimeout(ask, store.getState().review ? PAUSE_MS : 0);
}

function ask(): void {
  lastId += 1;
  send({ kind: 'review', id: lastId });
}

/** Takes in the worker's answer; an older one than asked for last is of no use. */
export function takeReview(id: number, review: Review): void {
  if (id === lastId) store.setState({ review });
}

/** Goes back, or forth again, until this many steps are done. */
export function goToStep(done: number): void {
  send({ kind: 'goToStep', done });
}
