import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckedFile, Report } from './reports.ts';
import { pathText } from './reports.ts';

/** What a page of help says of a code. */
export interface RuleHelp {
  readonly title: string;
  readonly text: string;
  readonly markdown: string;
}

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A file's name as an address: relative to where the command ran, or absolute. */
function addressOf(name: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (isAbsolute(name)) return { uri: pathToFileURL(name).href };
  const uri = name.replaceAll('\\', '/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** What a finding is known by when its lines move: who it is about, where in it, and what is said. */
function fingerprint({ code, resource, path, message }: Report): string {
  const parts = [code, resource ?? '', pathText(path), message];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function resultOf(report: Report, ruleIndex: number): object {
  const { code, istioCode, severity, message, remedy, resource, path, by, muted, proof } = report;
  const { line, column, endLine, endColumn } = report;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVEL[severity],
    message: { text: remedy === undefined ? message : `${message} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: addressOf(report.file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
        ...(resource === undefined
          ? {}
          : { logicalLocations: [{ name: resource, fullyQualifiedName: `${resource} ${pathText(path)}`.trim() }] }),
      },
    ],
    partialFingerprints: { 'meshwright/v1': fingerprint(report) },
    ...(muted === undefined
      ? {}
      : {
          suppressions: [
            { kind: 'inSource', ...(muted.because === undefined ? {} : { justification: muted.because }) },
          ],
        }),
    properties: {
      by,
      ...(istioCode === undefined ? {} : { istioCode }),
      ...(remedy === undefined ? {} : { remedy }),
      ...(proof === undefined ? {} : { proof }),
    },
  };
}

/**
 * The reports as SARIF 2.1.0, which GitHub, GitLab, Azure and editors read. Muted ones are results with a suppression, as SARIF has them.
 * `helpOf` gives what is known of a code.
 */
export function sarifOf(
  files: readonly CheckedFile[],
  version: string,
  helpOf: (code: string) => RuleHelp | undefined,
): string {
  const reports = files.flatMap((file) => file.reports);
  const codes = [...new Set(reports.map(({ code }) => code))].sort();
  const indexes = new Map(codes.map((code, index) => [code, index]));
  const rules = codes.map((code) => {
    const help = helpOf(code);
    if (help === undefined) return { id: code };
    const { title, text, markdown } = help;
    return { id: code, shortDescription: { text: title }, fullDescription: { text }, help: { text, markdown } };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Meshwright', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results: reports.map((report) => resultOf(report, indexes.get(report.code) ?? 0)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
