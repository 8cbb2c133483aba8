import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { TextRange } from '../core/base/result.ts';
import { findProblems } from '../core/checks/index.ts';
import type { CheckProblem, Speaker } from '../core/checks/index.ts';
import { buildMesh } from '../core/mesh/index.ts';
import { lineIndex } from '../core/text/index.ts';
import { rangeOfPath, readDocument, splitStream } from '../core/yaml/index.ts';
import { resourcesOf } from './resources.ts';
import { timeText } from './verdict.ts';

const USAGE = 'meshwright check FILE... [--json] [--fail-on error|warning|info] [--complete]';
const LEVELS = ['error', 'warning', 'info'] as const;

interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A problem at its place in a file; line and column from 1. */
export interface Report extends Omit<CheckProblem, 'resource' | 'source' | 'by'> {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly resource?: string;
  readonly path?: readonly (string | number)[];
  readonly by: readonly (Speaker | 'kubectl')[];
}

/** Why the command can't run: said to the user, exit code 2. */
class Misuse extends Error {}

async function filesOf(name: string): Promise<readonly SourceFile[]> {
  if (name === '-') return [{ name: 'stdin', text: await textOf(process.stdin) }];
  if (!(await stat(name)).isDirectory()) return [{ name, text: await readFile(name, 'utf8') }];
  const entries = await readdir(name, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(names.map(async (each) => ({ name: each, text: await readFile(each, 'utf8') })));
}

/** Everything that is wrong in these files: what can't be read, and what API server, webhook and istioctl say. In the order of the text. */
export function reportsOf(
  files: readonly SourceFile[],
  options: { readonly complete?: boolean; readonly now?: string } = {},
): readonly Report[] {
  const resources = resourcesOf(files);
  const problems = findProblems(resources, buildMesh(resources), options);
  return files.flatMap((file) => {
    const index = lineIndex(file.text);
    const starts = new Map<string, number>();
    const reports: (Report & { readonly at: number })[] = [];
    const place = (start: number, range: TextRange): { at: number; file: string; line: number; column: number } => {
      const { line, column } = index.position(start + range.from);
      return { at: start + range.from, file: file.name, line, column };
    };
    const documents = splitStream(file.text).filter((segment) => segment.kind === 'document');
    for (const [number, segment] of documents.entries()) {
      starts.set(`${file.name}#${number}`, segment.from);
      for (const { code, severity, message, range, remedy } of readDocument(segment.text).problems)
        reports.push({
          ...place(segment.from, range),
          severity,
          code,
          message,
          ...(remedy === undefined ? {} : { remedy }),
          by: ['kubectl'],
        });
    }
    const byId = new Map(resources.map((resource) => [resource.id, resource]));
    for (const { source, resource: id, ...problem } of problems) {
      const resource = source.file === file.name ? byId.get(id) : undefined;
      if (resource === undefined) continue;
      const range = rangeOfPath(resource.document, source.path);
      reports.push({ ...place(starts.get(source.slot) ?? 0, range), ...problem, resource: id, path: source.path });
    }
    return reports.sort((a, b) => a.at - b.at).map(({ at: _at, ...report }) => report);
  });
}

const SAID: Readonly<Record<Report['by'][number], string>> = {
  apiServer: 'the API server',
  webhook: 'the webhook',
  istioctl: 'istioctl',
  kubectl: 'kubectl',
  meshwright: 'Meshwright',
};

/** A report with the line that it is about, a mark below the place. */
export function inFrame(report: Report, text: string): string {
  const { file, line, column, severity, code, istioCode, message, remedy, resource, by } = report;
  const source = text.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const number = String(line);
  const margin = ' '.repeat(number.length);
  const codes = istioCode === undefined ? code : `${code}, ${istioCode}`;
  const rest = [...(remedy === undefined ? [] : [remedy]), `Says ${by.map((who) => SAID[who]).join(', ')}.`];
  return [
    `${file}:${line}:${column} ${severity} ${codes}${resource === undefined ? '' : ` ${resource}`}`,
    `${number} | ${source}`,
    `${margin} | ${' '.repeat(Math.max(0, column - 1))}^ ${message}`,
    ...rest.map((each) => `${margin} = ${each}`),
    '',
  ].join('\n');
}

function counted(reports: readonly Report[]): string {
  const parts = LEVELS.map((level) => [level, reports.filter(({ severity }) => severity === level).length] as const);
  const said = parts
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level}${count > 1 && level !== 'info' ? 's' : ''}`);
  return said.length === 0 ? 'No problems.' : said.join(', ');
}

/** `meshwright check`: what is wrong in files, folders or standard input (`-`). Gives the exit code: 1 for something at the level, 2 for misuse. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        'fail-on': { type: 'string', default: 'error' },
        complete: { type: 'boolean', default: false },
      },
    });
    const least = LEVELS.findIndex((level) => level === values['fail-on']);
    if (least < 0) throw new Misuse(`--fail-on is error, warning or info, not "${values['fail-on']}".`);
    if (positionals.length === 0) throw new Misuse(`Usage: ${USAGE}`);
    const files = (await Promise.all(positionals.map(filesOf))).flat();
    const now = timeText(new Date());
    const reports = reportsOf(files, values.complete ? { complete: true, now } : { now });
    const texts = new Map(files.map(({ name, text }) => [name, text]));
    if (values.json) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
    else {
      for (const report of reports) process.stdout.write(`${inFrame(report, texts.get(report.file) ?? '')}\n`);
      process.stdout.write(`${counted(reports)}\n`);
    }
    return reports.some(({ severity }) => LEVELS.indexOf(severity) <= least) ? 1 : 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof Misuse ? message : `meshwright check: ${message}`);
    return 2;
  }
}
