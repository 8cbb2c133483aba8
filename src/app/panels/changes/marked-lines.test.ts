import { describe, expect, it } from 'vitest';
import type { ReviewLine } from '../../../core/workspace/review/types.ts';
import { markChanged, offsetOfLine } from './marked-lines.ts';

const line = (text: string): ReviewLine => ({
  kind: text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'same',
  text: text.slice(1),
});
const marks = (...texts: readonly string[]) =>
  markChanged(texts.map(line)).map(({ text, mark }) => (mark ? text.slice(mark.from, mark.to) : null));

describe('marks within changed lines', () => {
  it('hold each line against its counterpart', () => {
    expect(marks(' a', '-  weight: 60', '-  weight: 40', '+  weight: 5', '+  weight: 95', ' b')).toEqual([
      null,
      '60',
      '40',
      '5',
      '95',
      null,
    ]);
  });

  it('are left out where there is no counterpart or nothing in common', () => {
    expect(marks('-a: 1', '+b: 2', '+c: 3')).toEqual([null, null, null]);
    expect(marks('-host: reviews', '+timeout: 5s')).toEqual([null, null]);
  });
});

describe('where a line begins', () => {
  it('counts every kind of line end', () => {
    expect([1, 2, 3, 4, 9].map((each) => offsetOfLine('a\r\nb\nc\rd', each))).toEqual([0, 3, 5, 7, 8]);
  });
});
