import type { CheckedFile, Report } from './reports.ts';
import { pathText } from './reports.ts';
import { inFrame, mutedText } from './text.ts';

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML holds it: what XML 1.0 has no way to write becomes a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark)
    .replace(/[\n\r\t]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '?');
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

/** A problem as a test that fails; one below the level passes and says it, one that is muted is skipped. */
function testOf(report: Report, file: CheckedFile, fails: (report: Report) => boolean): string {
  const { code, resource, message, line } = report;
  const name = [code, resource, pathText(report.path)].filter((each) => each !== undefined && each !== '').join(' ');
  const head = `    <testcase${attributes({ name, classname: file.name, file: file.name, line, time: 0 })}>`;
  const muted = mutedText(report);
  const body =
    muted !== undefined
      ? `<skipped${attributes({ message: `${message} ${muted}` })}/>`
      : fails(report)
        ? `<failure${attributes({ type: code, message })}>${escaped(inFrame(report, file))}</failure>`
        : `<system-out>${escaped(inFrame(report, file))}</system-out>`;
  return `${head}\n      ${body}\n    </testcase>`;
}

function suiteOf(
  file: CheckedFile,
  fails: (report: Report) => boolean,
): { readonly counts: Counts; readonly xml: string } {
  const guilty = new Set(file.reports.map(({ resource }) => resource));
  const clean = file.resources.filter((resource) => !guilty.has(resource));
  const tests = [
    ...file.reports.map((report) => testOf(report, file, fails)),
    ...clean.map((name) => `    <testcase${attributes({ name, classname: file.name, file: file.name, time: 0 })}/>`),
  ];
  const skipped = file.reports.filter(({ muted }) => muted !== undefined).length;
  const counts = {
    tests: tests.length,
    failures: file.reports.filter((report) => report.muted === undefined && fails(report)).length,
    errors: 0,
    skipped,
  };
  const head = attributes({ name: file.name, ...counts, time: 0 });
  return { counts, xml: `  <testsuite${head}>\n${tests.join('\n')}\n  </testsuite>` };
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * The reports as JUnit's XML, which most servers read: a suite for each file, a test for each problem and for each resource without any.
 * Source: the schema of the Ant task, as Jenkins and GitLab read it.
 */
export function junitOf(files: readonly CheckedFile[], fails: (report: Report) => boolean): string {
  const suites = files.map((file) => suiteOf(file, fails));
  const sum = (key: keyof Counts): number => suites.reduce((total, { counts }) => total + counts[key], 0);
  const counts = { tests: sum('tests'), failures: sum('failures'), errors: 0, skipped: sum('skipped'), time: 0 };
  const head = attributes({ name: 'meshwright check', ...counts });
  const body = suites.map(({ xml }) => `${xml}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}</testsuites>\n`;
}
