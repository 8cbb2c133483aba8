import type { CheckedFile, Report } from './reports.ts';

export const LEVELS = ['error', 'warning', 'info'] as const;
export type Level = (typeof LEVELS)[number];

const SAID: Readonly<Record<Report['by'][number], string>> = {
  apiServer: 'the API server',
  webhook: 'the webhook',
  istioctl: 'istioctl',
  kiali: 'Kiali',
  kubectl: 'kubectl',
  meshwright: 'Meshwright',
};

/** Who says a problem, as a sentence. */
export const saidBy = ({ by }: Report): string => `Says ${by.map((who) => SAID[who]).join(', ')}.`;

/** The request that proves a problem, and what becomes of it. */
export const proofTexts = ({ proof }: Report): readonly string[] =>
  proof === undefined ? [] : [`${proof.curl}   # from ${proof.from}`, proof.says];

/** By what a problem is muted, as a sentence. */
export function mutedText({ muted }: Report): string | undefined {
  if (muted === undefined) return undefined;
  const by = { comment: 'a comment', file: 'a comment for the whole file' }[muted.by as string] ?? muted.by;
  return `Muted by ${by}${muted.because === undefined ? '' : `, because ${muted.because}`}.`;
}

/** A report with the line that it is about, a mark below the place. */
export function inFrame(report: Report, file: Pick<CheckedFile, 'text' | 'index'>): string {
  const { line, column, severity, code, istioCode, message, remedy, resource, muted } = report;
  const source = file.text.slice(file.index.lineStart(line), file.index.offsetAt(line, Infinity));
  const number = String(line);
  const margin = ' '.repeat(number.length);
  const codes = istioCode === undefined ? code : `${code}, ${istioCode}`;
  const tabs = source.slice(0, Math.max(0, column - 1)).replace(/[^\t]/g, ' ');
  const rest = [remedy, ...proofTexts(report), mutedText(report), saidBy(report)].filter((each) => each !== undefined);
  return [
    `${report.file}:${line}:${column} ${muted === undefined ? '' : 'muted '}${severity} ${codes}${resource === undefined ? '' : ` ${resource}`}`,
    `${number} | ${source}`,
    `${margin} | ${tabs}^ ${message}`,
    ...rest.map((each) => `${margin} = ${each}`),
    '',
  ].join('\n');
}

/** How many problems there are of each level, and how many are muted. */
export function countText(reports: readonly Report[]): string {
  const loud = reports.filter(({ muted }) => muted === undefined);
  const said = LEVELS.map((level) => [level, loud.filter(({ severity }) => severity === level).length] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level}${count > 1 && level !== 'info' ? 's' : ''}`);
  const muted = reports.length - loud.length;
  return `${said.length === 0 ? 'No problems.' : said.join(', ')}${muted === 0 ? '' : ` (${muted} muted)`}`;
}

/** The whole output for people: a frame for each problem, the counts below. */
export function textOf(files: readonly CheckedFile[], shown: (report: Report) => boolean): string {
  const frames = files.flatMap((file) => file.reports.filter(shown).map((report) => `${inFrame(report, file)}\n`));
  return `${frames.join('')}${countText(files.flatMap(({ reports }) => reports))}\n`;
}
