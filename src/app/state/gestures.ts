import type { Refused } from '../../core/base/result.ts';
import type { Gesture } from '../../core/commands/types.ts';
import { notify } from './notices.ts';
import { send } from './port.ts';

type Answer = Refused | undefined;
const open = new Map<number, (answer: Answer) => void>();
let lastId = 0;

/** Sends a gesture to the worker; resolves when it was done (`undefined`) or refused. A refusal is shown as a notice too. */
export function runGesture(gesture: Gesture, origin: 'canvas' | 'panel' | 'command' | 'quickfix'): Promise<Answer> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    open.set(id, resolve);
    send({ kind: 'gesture', id, gesture, origin, at: Date.now() });
  });
}

/** Takes in the worker's answer to a gesture. */
export function settleGesture(id: number, answer: Answer): void {
  if (answer) notify({ tone: 'error', message: answer.message, remedy: answer.remedy });
  open.get(id)?.(answer);
  open.delete(id);
}
