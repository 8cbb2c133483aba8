import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP_CODES } from '../core/checks/help/index.ts';
import { problemPages } from './problem-pages.ts';

const folder = join(import.meta.dirname, '../../docs/problems');
// scripts/problem-pages.mjs sets it: the pages are then written and not compared.
const writes = process.env['WRITE_PROBLEM_PAGES'] !== undefined;

describe('docs/problems', () => {
  it('is what the checks’ help says; else run node scripts/problem-pages.mjs', async () => {
    const pages = problemPages();
    if (writes) await mkdir(folder, { recursive: true });
    for (const [name, text] of pages) {
      if (writes) await writeFile(join(folder, name), text);
      else expect(await readFile(join(folder, name), 'utf8'), name).toBe(text);
    }
    expect((await readdir(folder)).sort()).toEqual([...pages.keys()].sort());
  });

  it('has each code on one page', () => {
    const text = [...problemPages()]
      .filter(([name]) => name !== 'README.md')
      .map(([, page]) => page)
      .join('\n');
    const headings = [...text.matchAll(/^## (\S+):/gm)].map(([, code]) => code);
    expect(headings.sort()).toEqual([...HELP_CODES].sort());
  });
});
