import { mapChanges } from '../../core/text/index.ts';
import type { ChangeSet } from '../../core/text/types.ts';

/** A change set with its place in its maker's own order: `seq` of an edit of the page, version of a change of the worker. */
export interface NumberedChanges {
  readonly number: number;
  readonly changes: ChangeSet;
}

/**
 * Maps `changes` of one party over what the other party made at the same time (`pending`, each on top of the one before), and those
 * over `changes`. Both parties do this with the other's changes, so both end with the same text. `maker` says whose `changes` are:
 * where both insert at one place, the worker's text comes first.
 */
export function crossOver(
  changes: ChangeSet,
  pending: readonly NumberedChanges[],
  maker: 'worker' | 'page',
): { readonly changes: ChangeSet; readonly pending: readonly NumberedChanges[] } {
  let mapped = changes;
  const over: NumberedChanges[] = [];
  for (const other of pending) {
    over.push({ number: other.number, changes: mapChanges(other.changes, mapped, maker === 'worker' ? 1 : -1) });
    mapped = mapChanges(mapped, other.changes, maker === 'worker' ? -1 : 1);
  }
  return { changes: mapped, pending: over };
}
