import { composeChanges } from '../../core/text/index.ts';
import type { ToWorker } from './protocol.ts';

type Edit = Extract<ToWorker, { kind: 'edit' }>;

function joined(first: Edit, second: Edit): Edit {
  return { ...second, changes: composeChanges(first.changes, second.changes) };
}

/**
 * The messages that wait, with less to do and the same outcome: edits of one file in a row, made on the same version, become one; of
 * carets and of questions in a row the newest counts. The order of all else stays.
 */
export function coalesce(messages: readonly ToWorker[]): ToWorker[] {
  const out: ToWorker[] = [];
  for (const message of messages) {
    const last = out.at(-1);
    if (message.kind === 'edit' && last?.kind === 'edit' && last.file === message.file && last.base === message.base) {
      out[out.length - 1] = joined(last, message);
    } else if (
      (message.kind === 'caret' || message.kind === 'ask' || message.kind === 'review' || message.kind === 'joined') &&
      last?.kind === message.kind
    ) {
      out[out.length - 1] = message;
    } else out.push(message);
  }
  return out;
}
