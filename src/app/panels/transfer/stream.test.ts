import { describe, expect, it } from 'vitest';
import { asStream } from './stream.ts';

describe('asStream', () => {
  it('gives one file to the byte', () => {
    const text = '\uFEFFa: 1\r\n# no end';
    expect(asStream([text])).toBe(text);
  });

  it('parts files by markers, adding no second one and no second line end', () => {
    expect(asStream(['a: 1', '---\nb: 2\n', 'c: 3\n'])).toBe('a: 1\n---\nb: 2\n---\nc: 3\n');
  });

  it('leaves out what is only ours', () => {
    const scenario = 'apiVersion: meshwright/v1\nkind: Scenario\n';
    expect(asStream([scenario])).toBe('');
    expect(asStream([`a: 1\n---\n${scenario}---\nb: 2\n`])).toBe('a: 1\n---\nb: 2\n');
  });

  it('skips empty files', () => {
    expect(asStream(['', '\n', 'a: 1\n'])).toBe('a: 1\n');
  });
});
