import { proofTexts, saidBy } from './text.ts';
import type { Report } from './reports.ts';

const COMMAND = { error: 'error', warning: 'warning', info: 'notice' } as const;

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A problem as a workflow command of GitHub, which shows it beside the line of a pull request. Source: actions/toolkit,
 * packages/core/src/command.ts. An end column counts only on the same line.
 */
export function githubCommand(report: Report): string {
  const { file, line, column, endLine, endColumn, code, message, remedy, resource, severity } = report;
  const end = endLine === line && endColumn > column ? { endLine, endColumn } : {};
  const properties = {
    file,
    line,
    ...(line === endLine ? { col: column } : {}),
    ...end,
    title: titleOf(code, resource),
  };
  const told = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  const body = [message, remedy, ...proofTexts(report), saidBy(report)].filter((each) => each !== undefined).join('\n');
  return `::${COMMAND[severity]} ${told.join(',')}::${data(body)}`;
}

const titleOf = (code: string, resource: string | undefined): string =>
  resource === undefined ? code : `${code} ${resource}`;
