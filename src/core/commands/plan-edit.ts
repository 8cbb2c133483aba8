import type { FileId } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { ChangeSet } from '../text/types.ts';
import type { DocumentSlot, GesturePlan, PlanResult } from '../workspace/types.ts';
import { planDocument } from '../yaml/index.ts';
import type { YamlOp } from '../yaml/types.ts';

/** Operations on documents, each document once. */
export interface DocumentEdit {
  readonly slot: DocumentSlot;
  readonly ops: readonly YamlOp[];
}

/** Plans operations on one document or several, of any files, as one gesture. Refuses when any of them is refused. */
export function planEdits(label: string, edits: readonly DocumentEdit[], more: Partial<GesturePlan> = {}): PlanResult {
  const byFile = new Map<FileId, { readonly from: number; readonly changes: ChangeSet }[]>();
  const notes = [...(more.notes ?? [])];
  for (const { slot, ops } of edits) {
    const planned = planOps(slot, ops);
    if (planned.kind === 'refused') return planned;
    notes.push(...planned.value.notes);
    const list = byFile.get(slot.file) ?? [];
    list.push({ from: slot.from, changes: planned.value.changes });
    byFile.set(slot.file, list);
  }
  const changes = new Map<FileId, ChangeSet>();
  for (const [file, list] of byFile) {
    const sorted = list.sort((a, b) => a.from - b.from).flatMap((one) => one.changes);
    if (sorted.length > 0) changes.set(file, sorted);
  }
  return ok({ ...more, label, changes, notes });
}

/** Where the last text that the changes put in stands afterwards, at `mark` in it, else at its first visible character. */
export function insertedAt(file: FileId, changes: ChangeSet, mark?: string): GesturePlan['selectAt'] {
  const last = changes.at(-1);
  if (last === undefined) return undefined;
  let shift = 0;
  for (const edit of changes) if (edit !== last) shift += edit.insert.length - (edit.to - edit.from);
  const at = mark === undefined ? -1 : last.insert.indexOf(mark);
  const offset = at >= 0 ? at : Math.max(last.insert.search(/[^\s-]/), 0);
  return { file, offset: last.from + shift + offset };
}

/** The plan with what its last edit put in as the selection afterwards. */
export function selectingInsert(result: PlanResult): PlanResult {
  if (result.kind === 'refused') return result;
  const [entry] = result.value.changes;
  return entry === undefined ? result : ok({ ...result.value, selectAt: insertedAt(...entry) });
}

function planOps(
  slot: DocumentSlot,
  ops: readonly YamlOp[],
): Result<Pick<GesturePlan, 'notes'> & { changes: ChangeSet }> {
  if (ops.length === 0) return ok({ changes: [], notes: [] });
  const planned = planDocument(slot.document.text, ops);
  if (planned.kind === 'refused') {
    const { range } = planned;
    return range === undefined ? planned : { ...planned, range: shift(range, slot.from) };
  }
  const changes = planned.value.changes.map((edit) => shift(edit, slot.from));
  return ok({ changes, notes: planned.value.notes.map(({ code, message }) => ({ code, message })) });
}

function shift<T extends { readonly from: number; readonly to: number }>(range: T, by: number): T {
  return { ...range, from: range.from + by, to: range.to + by };
}
