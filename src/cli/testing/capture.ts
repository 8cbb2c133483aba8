import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

/** What a command writes, and a folder for its files, anew for each test. */
export interface Captured {
  readonly out: () => string;
  /** What was said on standard error, a line each. */
  readonly told: () => string;
  /** Forgets what was written. */
  readonly clear: () => void;
  readonly folder: () => string;
  /** Writes a file of the folder; gives its name. */
  readonly write: (name: string, text: string | Uint8Array) => Promise<string>;
}

/** Catches standard output and error of the commands of a test file, and gives them a folder of their own. Call it once, at the top. */
export function captureOutput(): Captured {
  let out = '';
  let told = '';
  let folder = '';
  const take = (text: unknown): true => {
    out += String(text);
    return true;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshwright-'));
    out = '';
    told = '';
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(console, 'error').mockImplementation((text) => {
      told += `${String(text)}\n`;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });
  return {
    out: () => out,
    told: () => told,
    clear: () => {
      out = '';
      told = '';
    },
    folder: () => folder,
    write: async (name, text) => {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
  };
}
