import type { TextRange } from '../base/result.ts';
import type { ChangeSet, TextEdit } from './types.ts';

/**
 * Where a position of the old text is in the new one. `side` says where to stay when text is put in right there: -1 before
 * it, 1 behind it. A position inside a deleted stretch goes to the start (-1) or the end (1) of what replaced it.
 */
export function mapPos(changes: ChangeSet, pos: number, side: -1 | 1): number {
  let shift = 0;
  for (const edit of changes) {
    if (pos < edit.from) break;
    const atStart = pos === edit.from;
    if (pos < edit.to || (pos === edit.to && atStart)) {
      const before = side < 0 || (atStart && edit.to > edit.from);
      return edit.from + shift + (before ? 0 : edit.insert.length);
    }
    shift += edit.insert.length - (edit.to - edit.from);
  }
  return pos + shift;
}

/** Where a range is in the new text. Text put in at its edges stays outside; a range that is replaced covers what replaced it. */
export function mapRange(changes: ChangeSet, range: TextRange): TextRange {
  const from = mapPos(changes, range.from, 1);
  const to = mapPos(changes, range.to, -1);
  return { from, to: Math.max(from, to) };
}

/** Where text that is put in at `pos` lands after `over`: behind what `over` puts in further left, at the same place by side. */
function mapInsert(over: ChangeSet, pos: number, side: -1 | 1): number {
  let shift = 0;
  for (const edit of over) {
    if (pos < edit.from || (pos === edit.from && side < 0)) break;
    const gone = Math.min(pos, edit.to) - edit.from;
    shift += edit.insert.length - gone;
  }
  return pos + shift;
}

/** The stretches of the new text that are left of `from`..`to` of the old one; what `over` puts in between is not part of them. */
function mapDeletion(over: ChangeSet, from: number, to: number): TextRange[] {
  const out: TextRange[] = [];
  let at = from;
  let shift = 0;
  for (const edit of over) {
    if (edit.from >= to) break;
    if (edit.from > at) out.push({ from: at + shift, to: edit.from + shift });
    shift += edit.insert.length - (edit.to - edit.from);
    at = Math.max(at, edit.to);
  }
  if (at < to) out.push({ from: at + shift, to: to + shift });
  return out;
}

/**
 * `changes` rewritten to apply after `over`; both were made on the same text. What `over` put in is never deleted; what both
 * delete is deleted once. Where both put text in at one place, `side` 1 puts that of `changes` behind, -1 before.
 * Law: applying `over` then `mapChanges(a, over, 1)` gives the same text as `a` then `mapChanges(over, a, -1)`.
 */
export function mapChanges(changes: ChangeSet, over: ChangeSet, side: -1 | 1): ChangeSet {
  if (over.length === 0 || changes.length === 0) return changes;
  const out: TextEdit[] = [];
  const add = (edit: TextEdit): void => {
    const last = out.at(-1);
    if (last?.to === edit.from)
      out[out.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    else out.push(edit);
  };
  for (const edit of changes) {
    if (edit.insert !== '') {
      const at = mapInsert(over, edit.from, side);
      add({ from: at, to: at, insert: edit.insert });
    }
    for (const range of mapDeletion(over, edit.from, edit.to)) add({ ...range, insert: '' });
  }
  return out;
}
