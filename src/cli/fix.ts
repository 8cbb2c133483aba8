import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileId } from '../core/base/ids.ts';
import { fixSafely, judgeComplete } from '../core/fixes/index.ts';
import { createSession, openBytes } from '../core/workspace/index.ts';
import { filesOf } from './check/files.ts';
import { checkCommand } from './check.ts';
import { patch } from './patch.ts';

const FLAGS = ['--fix', '--fix-dry-run'];

/** Whether `check` is asked to mend as well. */
export const asksForFixes = (args: readonly string[]): boolean => FLAGS.some((flag) => args.includes(flag));

interface Opened {
  readonly name: string;
  readonly text: string;
}

/** The files that are named, byte order mark and line ends as they are; those that can't be edited are left out, and told. */
async function open(names: readonly string[]): Promise<readonly Opened[]> {
  const sources = await filesOf(names);
  const opened: Opened[] = [];
  for (const { name } of sources) {
    const content = openBytes(await readFile(name), new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }));
    if (content.readOnly === undefined) opened.push({ name, text: content.text });
    else console.error(`${name} is left as it is: ${content.readOnly}`);
  }
  return opened;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/**
 * `meshwright check FILE... --fix`: mends what has a safe fix (each verified: the problem goes, nothing else comes), writes the files that
 * change, then checks what is left. `--fix-dry-run` prints the changes as a unified diff and writes nothing. What is muted is left alone.
 * Exit code as of `check`; of a dry run 0; 2 for a wrong call.
 */
export async function fixCommand(args: readonly string[]): Promise<number> {
  const dry = args.includes('--fix-dry-run');
  const rest = args.filter((arg) => !FLAGS.includes(arg));
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      strict: false,
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        'fail-on': { type: 'string' },
        eyes: { type: 'string', multiple: true },
        complete: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values['help'] === true || positionals.length === 0) return await checkCommand(rest);
    if (positionals.includes('-')) throw new Error('standard input can’t be mended in place: name files.');
    const files = await open(positionals);
    const session = createSession({ files: files.map(({ name, text }) => ({ id: fileId(name), text })) });
    const fixed = fixSafely(session.projection(), values['complete'] === true ? judgeComplete : undefined);
    const texts = new Map(fixed.after.files.map(({ id, text }) => [String(id), text]));
    const changed = files.filter(({ name, text }) => texts.get(name) !== text);
    for (const { name, text } of changed) {
      const after = texts.get(name) ?? text;
      if (!dry) await writeFile(name, after, 'utf8');
      else process.stdout.write(patch(name, text, after));
    }
    const count = [...fixed.mended.values()].reduce((sum, each) => sum + each, 0);
    console.error(
      `${counted(count, 'problem')} ${dry ? 'can be' : 'were'} mended in ${counted(changed.length, 'file')}.`,
    );
    return dry ? 0 : await checkCommand(rest);
  } catch (error) {
    console.error(`meshwright check: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}
