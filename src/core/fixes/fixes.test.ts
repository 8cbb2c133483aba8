import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mend } from './testing/mend.ts';

const folder = new URL('./testing/cases/', import.meta.url);
const CASE = /^## (\S+) (.+)\n\n```yaml\n([\s\S]*?)```\n\n```diff\n([\s\S]*?)\n```$/gm;

describe.each(readdirSync(folder))('fixes of %s', (file) => {
  const cases = [...readFileSync(new URL(file, folder), 'utf8').matchAll(CASE)].map(
    ([, code = '', fix = '', text = '', lines = '']) => ({ code, fix, text, lines: lines.split('\n') }),
  );

  it.each(cases)('$code: $fix', ({ code, fix, text, lines }) => {
    expect(mend(text, code)[fix]).toEqual(lines);
  });

  it('has cases', () => {
    expect(cases.length).toBeGreaterThan(10);
  });
});
