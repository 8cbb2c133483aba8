import { parseArgs } from 'node:util';
import { filesOf } from './check/files.ts';
import { githubCommand } from './check/github.ts';
import { junitOf } from './check/junit.ts';
import { checkFiles, EYES } from './check/reports.ts';
import type { CheckedFile, Eye, Report } from './check/reports.ts';
import { sarifOf } from './check/sarif.ts';
import type { RuleHelp } from './check/sarif.ts';
import { countText, LEVELS, textOf } from './check/text.ts';
import type { Level } from './check/text.ts';
import { helpMarkdown } from './help-text.ts';
import { timeText } from './verdict.ts';

const USAGE = `Usage: meshwright check FILE... [options]

  FILE                files, folders (their .yaml, .yml and .json), globs such as 'deploy/**/*.yaml', - for standard input
  --format FORMAT     text (default), json, sarif (2.1.0), junit, github (annotations of a pull request)
  --json              as --format json
  --fail-on LEVEL     error (default), warning or info: from which level on the exit code is 1
  --eyes LIST         whose eyes, with commas: ${EYES.join(', ')}; all of them by default
  --complete          the files are the whole mesh: what they don't declare is not there
  --show-muted        also show what annotations and comments mute
  --fix               mend what has a safe fix in the files, then check what is left; --fix-dry-run prints a diff instead

  To mute one problem, write on its line or above it: # meshwright-ignore CODE because REASON
  (in the whole file: # meshwright-ignore-file CODE). Istio's and Kiali's annotations count too.

  Exit code: 0 nothing of that level was found, 1 something was, 2 the command could not run.
`;
/** Of the output in SARIF; package.json has the same. */
const VERSION = '0.1.0';
const FORMATS = ['text', 'json', 'sarif', 'junit', 'github'] as const;

/** Why the command can't run: said to the user, exit code 2. */
class Misuse extends Error {}

interface Asked {
  readonly names: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly failOn: Level;
  readonly eyes: ReadonlySet<Eye> | undefined;
  readonly complete: boolean;
  readonly showMuted: boolean;
}

function oneOf<T extends string>(name: string, value: string, values: readonly T[]): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Misuse(`--${name} is ${listed(values)}, not "${value}".`);
  return found;
}

const listed = (values: readonly string[]): string => `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;

function asked(args: readonly string[]): Asked | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
      'fail-on': { type: 'string', default: 'error' },
      eyes: { type: 'string', multiple: true },
      complete: { type: 'boolean', default: false },
      'show-muted': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const failOn = oneOf('fail-on', values['fail-on'], LEVELS);
  const format = oneOf('format', values.format ?? (values.json ? 'json' : 'text'), FORMATS);
  const eyes = values.eyes?.flatMap((list) => list.split(',').map((eye) => oneOf('eyes', eye.trim(), EYES)));
  if (positionals.length === 0) throw new Misuse(USAGE);
  return {
    names: positionals,
    format,
    failOn,
    eyes: eyes === undefined ? undefined : new Set(eyes),
    complete: values.complete,
    showMuted: values['show-muted'],
  };
}

/** What is known of codes, for readers of SARIF; large, so it is loaded when it is asked for. */
async function ruleHelp(): Promise<(code: string) => RuleHelp | undefined> {
  const { helpFor } = await import('../core/checks/help/index.ts');
  return (code) => {
    const help = helpFor(code);
    if (help === undefined) return undefined;
    return { title: help.title, text: `${help.why} ${help.consequence}`, markdown: helpMarkdown(help) };
  };
}

/** The output in the format that is asked for. */
async function outputOf(
  files: readonly CheckedFile[],
  { format, showMuted }: Asked,
  fails: (report: Report) => boolean,
): Promise<string> {
  const shown = (report: Report): boolean => showMuted || report.muted === undefined;
  const reports = files.flatMap((file) => file.reports);
  switch (format) {
    case 'text':
      return textOf(files, shown);
    case 'json':
      return `${JSON.stringify(reports.filter(shown), null, 2)}\n`;
    case 'sarif':
      return sarifOf(files, VERSION, await ruleHelp());
    case 'junit':
      return junitOf(files, fails);
    case 'github':
      return `${[...reports.filter(({ muted }) => muted === undefined).map(githubCommand), countText(reports)].join('\n')}\n`;
  }
}

/**
 * `meshwright check`: what is wrong in files, folders, globs or standard input (`-`). Gives the exit code: 1 for something at the level,
 * 2 for misuse.
 */
export async function checkCommand(args: readonly string[]): Promise<number> {
  try {
    const wanted = asked(args);
    if (wanted === undefined) {
      process.stdout.write(USAGE);
      return 0;
    }
    const sources = await filesOf(wanted.names);
    const files = checkFiles(sources, {
      ...(wanted.complete ? { complete: true } : {}),
      now: timeText(new Date()),
      ...(wanted.eyes === undefined ? {} : { eyes: wanted.eyes }),
    });
    const least = LEVELS.indexOf(wanted.failOn);
    const fails = ({ severity, muted }: Report): boolean => muted === undefined && LEVELS.indexOf(severity) <= least;
    process.stdout.write(await outputOf(files, wanted, fails));
    return files.some(({ reports }) => reports.some(fails)) ? 1 : 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof Misuse ? message : `meshwright check: ${message}`);
    return 2;
  }
}
