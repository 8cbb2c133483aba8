import type { ChangeSet, TextEdit } from './types.ts';

/** A change set as a walk over the old text: keep or delete `length` characters, or insert `text`. */
interface Step {
  readonly kind: 'keep' | 'delete' | 'insert';
  readonly length: number;
  readonly text: string;
}

/** The walk of a change set: `[{from: 2, to: 3, insert: 'x'}]` keeps 2, inserts `x`, deletes 1, keeps the rest. */
function steps(changes: ChangeSet): Step[] {
  const out: Step[] = [];
  let at = 0;
  for (const edit of changes) {
    if (edit.from > at) out.push({ kind: 'keep', length: edit.from - at, text: '' });
    if (edit.insert !== '') out.push({ kind: 'insert', length: edit.insert.length, text: edit.insert });
    if (edit.to > edit.from) out.push({ kind: 'delete', length: edit.to - edit.from, text: '' });
    at = edit.to;
  }
  out.push({ kind: 'keep', length: Infinity, text: '' });
  return out;
}

/** Takes `length` off the front of a step. */
const rest = (step: Step, length: number): Step => ({
  kind: step.kind,
  length: step.length - length,
  text: step.text.slice(length),
});

/** Collects a walk into joined edits. */
function collector(): { add(kind: Step['kind'], length: number, text: string): void; done(): ChangeSet } {
  const edits: TextEdit[] = [];
  let at = 0;
  let open: { from: number; insert: string } | undefined;
  const close = (): void => {
    if (open !== undefined && (open.insert !== '' || at > open.from)) {
      edits.push({ from: open.from, to: at, insert: open.insert });
    }
    open = undefined;
  };
  return {
    add(kind, length, text) {
      if (kind === 'keep') {
        close();
        at += length;
        return;
      }
      open ??= { from: at, insert: '' };
      if (kind === 'insert') open.insert += text;
      else at += length;
    },
    done() {
      close();
      return edits;
    },
  };
}

/** One change set that does what `first` and then `second` do; `second` is made on the text that `first` leads to. */
export function composeChanges(first: ChangeSet, second: ChangeSet): ChangeSet {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const [left, right, out] = [steps(first), steps(second), collector()];
  let [i, j] = [0, 0];
  let a = left[0];
  let b = right[0];
  while (a !== undefined && b !== undefined) {
    if (a.kind === 'delete') {
      out.add('delete', a.length, '');
      a = left[++i];
    } else if (b.kind === 'insert') {
      out.add('insert', 0, b.text);
      b = right[++j];
    } else {
      const length = Math.min(a.length, b.length);
      if (length === Infinity) break;
      if (a.kind === 'keep') out.add(b.kind, length, '');
      else if (b.kind === 'keep') out.add('insert', 0, a.text.slice(0, length));
      a = a.length === length ? left[++i] : rest(a, length);
      b = b.length === length ? right[++j] : rest(b, length);
    }
  }
  return out.done();
}
