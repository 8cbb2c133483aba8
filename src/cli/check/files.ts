import { readdir, readFile, stat } from 'node:fs/promises';
import { join, normalize, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';

/** A file as it is checked. `name` as the user wrote it, or as it is found in a folder. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

const YAML = /\.(ya?ml|json)$/i;
/** Folders whose files are nobody's configuration. */
const SKIPPED = new Set(['.git', 'node_modules']);

const isThere = async (name: string): Promise<'file' | 'folder' | undefined> => {
  const found = await stat(name).catch(() => undefined);
  return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
};

async function walk(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const name = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(name);
      return entry.isFile() ? [name] : [];
    }),
  );
  return found.flat().sort();
}

/** A glob as an expression over paths with `/`: `*` and `?` within a part, `**` over parts, `[ab]`, `{a,b}`. */
export function globExpression(glob: string): RegExp {
  let depth = 0;
  const body = glob.replace(/\*\*\/?|\*|\?|\[[^\]/]+\]|[{},]|[^*?[\]{},]+|[[\]]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') {
      depth += 1;
      return '(?:';
    }
    if (part === '}' && depth > 0) {
      depth -= 1;
      return ')';
    }
    if (part === ',' && depth > 0) return '|';
    if (/^\[.+\]$/.test(part)) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${body}${')'.repeat(depth)}$`);
}

const slashed = (name: string): string => name.replaceAll('\\', '/');

/** The files that a glob means; a shell may have left it to us. */
async function globbed(glob: string): Promise<readonly string[]> {
  const parts = slashed(glob).split('/');
  const plain = parts.slice(
    0,
    parts.findIndex((part) => /[*?[{]/.test(part)),
  );
  const base = plain.join('/') || (glob.startsWith('/') ? '/' : '.');
  if ((await isThere(base)) !== 'folder') return [];
  const expression = globExpression(normalize(slashed(glob)));
  return (await walk(base)).filter((name) => expression.test(slashed(name)));
}

async function namesOf(name: string): Promise<readonly string[]> {
  const found = await isThere(name);
  if (found === 'file') return [name];
  if (found === 'folder') return (await walk(name)).filter((each) => YAML.test(each));
  if (/[*?[{]/.test(name)) {
    const names = await globbed(name);
    if (names.length > 0) return names;
    throw new Error(`No file matches ${name}.`);
  }
  throw new Error(`There is no file or folder ${name}.`);
}

/** The files that are meant by names of files, of folders (their .yaml, .yml and .json), globs, and `-` for standard input; each once. */
export async function filesOf(names: readonly string[]): Promise<readonly SourceFile[]> {
  const found = new Map<string, Promise<SourceFile>>();
  for (const name of names) {
    if (name === '-') {
      if (!found.has('-'))
        found.set(
          '-',
          textOf(process.stdin).then((text) => ({ name: 'stdin', text })),
        );
      continue;
    }
    for (const each of await namesOf(name)) {
      const key = resolve(each);
      if (!found.has(key))
        found.set(
          key,
          readFile(each, 'utf8').then((text) => ({ name: each, text })),
        );
    }
  }
  return Promise.all(found.values());
}
