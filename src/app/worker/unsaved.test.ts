import { describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { createSession } from '../../core/workspace/index.ts';
import { stretchBetween } from './stretch.ts';
import { takeUnsaved } from './unsaved.ts';

const files = [
  { id: fileId('a.yaml'), text: 'a: 1\n' },
  { id: fileId('big.yaml'), text: 'b: 1\n', readOnly: 'it is large.' },
];
const after = (unsaved: Parameters<typeof takeUnsaved>[1]) => {
  const session = createSession({ files });
  takeUnsaved(session, unsaved, { savedAt: 1000, page: 7 });
  return session;
};

describe('what was typed as the page was closed', () => {
  it('is there again, and can be taken back', () => {
    const session = after([{ file: 'a.yaml', text: 'a: 12\n', at: 1005 }]);
    expect(session.projection().files[0]?.text).toBe('a: 12\n');
    session.undo();
    expect(session.projection().files[0]?.text).toBe('a: 1\n');
  });

  it('is there again of a large file too, of which only a stretch is kept', () => {
    const stretch = stretchBetween('a: 1\n', 'a: 123\n');
    expect(after([{ file: 'a.yaml', stretch, at: 1005 }]).projection().files[0]?.text).toBe('a: 123\n');
    const other = stretchBetween('b: 1\n', 'b: 123\n');
    expect(after([{ file: 'a.yaml', stretch: other, at: 1005 }]).projection().files).toMatchObject(files);
  });

  it('is there again when the worker of the same page stored less of it later', () => {
    const words = { file: 'a.yaml', text: 'a: 12\n', at: 999 };
    expect(after([{ ...words, page: 7 }]).projection().files[0]?.text).toBe('a: 12\n');
    expect(after([{ ...words, page: 8 }]).projection().files).toMatchObject(files);
  });

  it('is nothing where something newer was stored, and for files that are gone or can’t be edited', () => {
    const session = after([
      { file: 'a.yaml', text: 'a: 12\n', at: 999 },
      { file: 'gone.yaml', text: 'c: 1\n', at: 1005 },
      { file: 'big.yaml', text: 'b: 12\n', at: 1005 },
    ]);
    expect(session.projection().files).toMatchObject(files);
    expect(session.projection().undoLabel).toBeUndefined();
  });
});
