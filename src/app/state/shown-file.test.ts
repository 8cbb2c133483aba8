import { describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { ShownFile } from './shown-file.ts';

const [a, b, c] = [fileId('a.yaml'), fileId('b.yaml'), fileId('c.yaml')];

/** A page in a browser that remembers this file. */
const page = (remembered: string) => {
  const kept = { file: remembered };
  const shown = new ShownFile({
    read: () => kept.file,
    write: (file) => {
      kept.file = file;
    },
  });
  return { kept, shown };
};

describe('the shown file', () => {
  it('is the one that was looked at last, and the first one where that is gone', () => {
    expect(page('b.yaml').shown.begin([a, b])).toBe(b);
    expect(page('gone.yaml').shown.begin([a, b])).toBe(a);
    expect(page('').shown.begin([])).toBeUndefined();
  });

  it('is remembered whenever it changes', () => {
    const { kept, shown } = page('');
    shown.begin([]);
    shown.show(a);
    shown.show(b);
    shown.show(undefined);
    expect(kept.file).toBe('b.yaml');
  });

  it('comes to the front when its portion of the files is there', () => {
    const { kept, shown } = page('c.yaml');
    expect(shown.begin([a])).toBe(a);
    shown.show(a);
    expect(kept.file).toBe('c.yaml');
    expect(shown.arrived([b])).toBeUndefined();
    expect(shown.arrived([c])).toBe(c);
  });

  it('stays behind when another one was chosen meanwhile', () => {
    const { kept, shown } = page('c.yaml');
    shown.begin([a]);
    shown.show(b);
    expect(shown.arrived([c])).toBeUndefined();
    expect(kept.file).toBe('b.yaml');
  });
});
