import type { Result } from '../base/result.ts';
import { ok, refuse } from '../base/result.ts';
import type { ChangeSet, TextEdit } from './types.ts';

/** The text after `changes`, which must be edits of this very text. */
export function applyChanges(text: string, changes: ChangeSet): string {
  let out = '';
  let at = 0;
  for (const edit of changes) {
    out += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return at === 0 && out === '' ? text : out + text.slice(at);
}

/** The change set that leads from the text after `changes` back to `text`, byte for byte. `text` is the version before. */
export function invertChanges(text: string, changes: ChangeSet): ChangeSet {
  let shift = 0;
  return changes.map((edit) => {
    const from = edit.from + shift;
    shift += edit.insert.length - (edit.to - edit.from);
    return { from, to: from + edit.insert.length, insert: text.slice(edit.from, edit.to) };
  });
}

/**
 * Makes a change set of edits of one version, in any order: sorts, joins what touches, drops what does nothing. Inserts at
 * one place keep the order they were given in. Refuses overlaps and ranges that run backwards.
 */
export function changeSet(edits: readonly TextEdit[]): Result<ChangeSet> {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.from - b.edit.from || a.edit.to - b.edit.to || a.order - b.order);
  const out: TextEdit[] = [];
  for (const { edit } of sorted) {
    if (edit.from < 0 || edit.to < edit.from) {
      return refuse('text/bad-range', `An edit runs from ${edit.from} to ${edit.to}.`, { range: edit });
    }
    if (edit.from === edit.to && edit.insert === '') continue;
    const last = out.at(-1);
    if (last === undefined || edit.from > last.to) {
      out.push({ from: edit.from, to: edit.to, insert: edit.insert });
    } else if (edit.from < last.to) {
      return refuse('text/overlap', 'Two edits want to change the same characters.', { range: edit });
    } else {
      out[out.length - 1] = { from: last.from, to: edit.to, insert: last.insert + edit.insert };
    }
  }
  return ok(out);
}
