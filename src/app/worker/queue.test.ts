import { describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { applyChanges } from '../../core/text/index.ts';
import type { ToWorker } from './protocol.ts';
import { coalesce } from './queue.ts';

const file = fileId('a.yaml');
const typed = (seq: number, from: number, insert: string, base = 1): ToWorker => ({
  kind: 'edit',
  file,
  base,
  seq,
  changes: [{ from, to: from, insert }],
  at: seq,
});

describe('coalesce', () => {
  it('makes one edit of letters typed in a row', () => {
    const [edit, ...rest] = coalesce([typed(1, 0, 'a'), typed(2, 1, 'b'), typed(3, 2, 'c')]);
    expect(rest).toEqual([]);
    expect(edit).toMatchObject({ kind: 'edit', seq: 3, at: 3 });
    expect(edit?.kind === 'edit' && applyChanges('', edit.changes)).toBe('abc');
  });

  it('keeps edits on different versions apart', () => {
    expect(coalesce([typed(1, 0, 'a', 1), typed(2, 1, 'b', 2)])).toHaveLength(2);
  });

  it('keeps the order around everything else', () => {
    const messages: ToWorker[] = [typed(1, 0, 'a'), { kind: 'undo' }, typed(2, 0, 'b'), { kind: 'redo' }];
    expect(coalesce(messages)).toEqual(messages);
  });

  it('looks only at the newest caret', () => {
    const caret = (offset: number): ToWorker => ({ kind: 'caret', file, offset });
    expect(coalesce([caret(1), caret(2), caret(3)])).toEqual([caret(3)]);
  });
});
