import { describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { freeName, SavedTexts } from './files.ts';

describe('freeName', () => {
  it('keeps a name that is free', () => expect(freeName('a.yaml', new Set(['b.yaml']))).toBe('a.yaml'));
  it('counts before the ending', () => {
    expect(freeName('x/a.yaml', new Set(['x/a.yaml', 'x/a-2.yaml']))).toBe('x/a-3.yaml');
  });
  it('counts behind a name without ending', () => expect(freeName('mesh', new Set(['mesh']))).toBe('mesh-2'));
});

describe('SavedTexts', () => {
  const [a, b] = [fileId('a.yaml'), fileId('b.yaml')];

  it('calls a file dirty until its text is back', () => {
    const saved = new SavedTexts();
    saved.mark({ id: a, text: 'x' });
    expect(saved.isDirty({ id: a, text: 'xy' })).toBe(true);
    expect(saved.isDirty({ id: a, text: 'x' })).toBe(false);
  });

  it('follows a file to its new name', () => {
    const saved = new SavedTexts();
    saved.mark({ id: a, text: 'x' });
    saved.rename(new Map([[a, b]]));
    expect(saved.isDirty({ id: b, text: 'x' })).toBe(false);
    expect(saved.isDirty({ id: a, text: 'x' })).toBe(true);
  });
});
