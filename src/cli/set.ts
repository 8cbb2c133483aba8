import { readFile, writeFile } from 'node:fs/promises';
import { fileId } from '../core/base/ids.ts';
import { ok, refuse } from '../core/base/result.ts';
import type { Refused, Result } from '../core/base/result.ts';
import { parsePath, parseValue, planSet } from '../core/commands/index.ts';
import type { Resource } from '../core/istio/index.ts';
import { applyChanges, lineIndex } from '../core/text/index.ts';
import { createSession, openBytes } from '../core/workspace/index.ts';
import type { Projection } from '../core/workspace/index.ts';
import type { YamlProblem } from '../core/yaml/types.ts';
import { patch } from './patch.ts';

const USAGE = `Usage: meshwright set FILE 'KIND NAMESPACE/NAME' PATH VALUE [--write]

  PATH   spec.http[0].route[1].weight; a key with dots in it in quotes: metadata.labels."app.kubernetes.io/name"
  VALUE  a text where the schema says text, a number where it says number, YAML elsewhere
  --write  change FILE; without it the change is printed as a diff`;

interface Asked {
  readonly file: string;
  readonly resource: string;
  readonly path: string;
  readonly value: string;
  readonly write: boolean;
}

/**
 * `meshwright set FILE 'KIND NAMESPACE/NAME' PATH VALUE [--write]`: changes one value by the least edit of the text. Prints a unified
 * diff, or writes the file with `--write`. Exit code 0 also where the value is there already; 1 with the reason on standard error where
 * it can't be done, 2 for a wrong call.
 */
export async function setCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return 0;
  }
  const asked = read(args);
  if (asked === undefined) {
    console.error(USAGE);
    return 2;
  }
  const before = await open(asked.file);
  if (before.kind === 'refused') return fail(told(asked.file, '', before));
  const after = change(before.value, asked);
  if (after.kind === 'refused') return fail(told(asked.file, before.value, after));
  if (before.value === after.value) {
    console.error(`${asked.file}: ${asked.path} is ${asked.value} already.`);
    return 0;
  }
  if (!asked.write) {
    process.stdout.write(patch(asked.file, before.value, after.value));
    return 0;
  }
  try {
    await writeFile(asked.file, after.value, 'utf8');
  } catch (error) {
    return fail(`${asked.file} can't be written: ${reason(error)}.`);
  }
  return 0;
}

function fail(message: string): number {
  console.error(message);
  return 1;
}

function read(args: readonly string[]): Asked | undefined {
  // By hand: a VALUE may begin with a dash.
  const words = args.filter((arg) => arg !== '--write' && arg !== '--');
  const [file, resource, path, value, ...more] = words;
  if (file === undefined || resource === undefined || path === undefined || value === undefined || more.length > 0) {
    return undefined;
  }
  return { file, resource, path, value, write: args.includes('--write') };
}

async function open(file: string): Promise<Result<string>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return refuse('NO_FILE', `${file} can't be read: ${reason(error)}.`);
  }
  const content = openBytes(bytes, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }));
  return content.readOnly === undefined
    ? ok(content.text)
    : refuse('READ_ONLY', `It can't be edited: ${content.readOnly}`);
}

function change(text: string, { file, resource, path, value }: Asked): Result<string> {
  const steps = parsePath(path);
  if (steps.kind === 'refused') return { ...steps, range: undefined };
  const id = fileId(file);
  const projection = createSession({ files: [{ id, text }] }).projection();
  const found = find(projection, resource);
  if (found.kind === 'refused') return found;
  const { source } = found.value;
  const at = { ...source, path: [...source.path, ...steps.value] };
  const plan = planSet(projection, at, (type) => parseValue(type, value));
  if (plan.kind === 'refused') return plan;
  for (const note of plan.value.notes) console.error(`${file}: ${note.message}`);
  return ok(applyChanges(text, plan.value.changes.get(id) ?? []));
}

const isError = ({ severity, code }: YamlProblem): boolean => severity === 'error' && code.startsWith('yaml/');

/** `Kind namespace/name`; the namespace may be left out where that leaves one. */
function find({ resources, slots }: Projection, wanted: string): Result<Resource> {
  const matches = resources.filter((one) => one.id === wanted || `${one.kind} ${one.name}` === wanted);
  const [exact] = matches.filter((one) => one.id === wanted);
  const one = exact ?? (matches.length === 1 ? matches[0] : undefined);
  if (one !== undefined) return ok(one);
  if (matches.length > 1) {
    return refuse(
      'NOT_ONE',
      `There are ${matches.length} of ${wanted}: ${matches.map((each) => each.id).join(', ')}.`,
      {
        remedy: 'Name its namespace too.',
      },
    );
  }
  const broken = slots.find((slot) => slot.document.problems.some(isError));
  const error = broken?.document.problems.find(isError);
  const list = resources.slice(0, 8).map((each) => each.id);
  return refuse('NO_RESOURCE', `There is no ${wanted}.`, {
    ...(broken && error ? { range: { from: broken.from + error.range.from, to: broken.from + error.range.to } } : {}),
    remedy:
      error !== undefined
        ? `A document can't be read: ${error.message}`
        : list.length === 0
          ? 'The file declares no resource.'
          : `The file has ${list.join(', ')}${resources.length > list.length ? ', …' : ''}.`,
  });
}

function told(file: string, text: string, { message, remedy, range }: Refused): string {
  const line = range === undefined || text === '' ? '' : `:${lineIndex(text).position(range.from).line}`;
  return `${file}${line}: ${message}${remedy === undefined ? '' : `\n  ${remedy}`}`;
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'you may not';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}
