import type { Refused } from '../../core/base/result.ts';
import type { Gesture } from '../../core/commands/types.ts';
import type { FixView, MendingWay } from '../worker/protocol.ts';
import { notify } from './notices.ts';
import { send } from './port.ts';

type Answer = Refused | undefined;
const open = new Map<number, (answer: Answer) => void>();
let lastId = 0;

/** Sends a gesture to the worker; resolves when it was done (`undefined`) or refused. A refusal is shown as a notice too. */
export function runGesture(gesture: Gesture, origin: 'canvas' | 'panel' | 'command' | 'quickfix'): Promise<Answer> {
  return answered((id) => send({ kind: 'gesture', id, gesture, origin, at: Date.now() }));
}

/** Takes a way out of a problem; resolves as a gesture does. */
export function mend(problem: string, way: MendingWay): Promise<Answer> {
  return answered((id) => send({ kind: 'mend', id, problem, way, at: Date.now() }));
}

function answered(ask: (id: number) => void): Promise<Answer> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    open.set(id, resolve);
    ask(id);
  });
}

const asked = new Map<number, (fixes: readonly FixView[]) => void>();

/** Asks which fixes there are for a problem. */
export function fixesOf(problem: string): Promise<readonly FixView[]> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    asked.set(id, resolve);
    send({ kind: 'fixes', id, problem });
  });
}

/** Takes in the worker's answer to a question for fixes. */
export function settleFixes(id: number, fixes: readonly FixView[]): void {
  asked.get(id)?.(fixes);
  asked.delete(id);
}

/** Takes in the worker's answer to a gesture. */
export function settleGesture(id: number, answer: Answer): void {
  if (answer) notify({ tone: 'error', message: answer.message, remedy: answer.remedy });
  open.get(id)?.(answer);
  open.delete(id);
}
