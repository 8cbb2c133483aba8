import type { FileId } from '../../core/base/ids.ts';
import type { Problem } from '../../core/workspace/types.ts';
import { getAppState, placeOfProblem, texts, type AppState, type Eyes } from '../state/index.ts';
import { monaco } from './monaco.ts';
import type { TextLines } from './text-lines.ts';

type Decoration = monaco.editor.IModelDeltaDecoration;
type Marker = monaco.editor.IMarkerData;

/** Marks whole lines. `last` is in it. */
function wholeLines(first: number, last: number, className: string, margin: string): Decoration {
  return {
    range: new monaco.Range(first, 1, last, 1),
    options: { isWholeLine: true, className, marginClassName: margin, zIndex: 1 },
  };
}

/** Monaco's range of a stretch of the true text. */
export function shownRange(lines: TextLines, from: number, to: number): monaco.Range {
  const start = lines.placeAt(from);
  const end = lines.placeAt(to);
  return new monaco.Range(start.line, start.column, end.line, end.column);
}

/** The lines of what is selected, and of documents that can't be read as they stand. */
export function lineDecorations(state: AppState, file: FileId, lines: TextLines): Decoration[] {
  const stale = state.stale
    .filter((item) => item.file === file)
    .map(({ range }) => {
      const { startLineNumber, endLineNumber, endColumn } = shownRange(lines, range.from, range.to);
      const last = endColumn === 1 && endLineNumber > startLineNumber ? endLineNumber - 1 : endLineNumber;
      return wholeLines(startLineNumber, last, 'mw-stale-line', 'mw-stale-margin');
    });
  const { view } = state.inspected;
  if (view?.file !== file) return stale;
  const [first, last] = view.lines;
  return [...stale, wholeLines(first, last, 'mw-selected-line', 'mw-selected-margin')];
}

/** The scheme of links to a page of help. */
export const HELP = 'meshwright-help';

const SPEAKERS: Readonly<Record<Eyes, string>> = {
  apiServer: 'API server',
  webhook: 'webhook',
  istioctl: 'istioctl',
  kiali: 'Kiali',
  meshwright: 'Meshwright',
};

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

const endOfLine = (from: number, text: string): number => from + text.slice(from).search(/[\r\n]|$/);

/** A problem as Monaco's marker, with the code as a link to its page of help. */
export function markerOf(problem: Problem, file: FileId, lines: TextLines): Marker {
  const place = texts.ahead(file, placeOfProblem(problem, getAppState().problemPlaces).range);
  const range = shownRange(lines, place.from, Math.max(place.to, place.from + 1));
  const remedy = problem.remedy === undefined ? '' : `\n${problem.remedy}`;
  // A note about many lines marks the first of them: it is no reason to underline a whole rule.
  const isLongNote = problem.severity === 'info' && range.endLineNumber > range.startLineNumber;
  const end = isLongNote ? lines.placeAt(endOfLine(place.from, lines.text)) : undefined;
  return {
    startLineNumber: range.startLineNumber,
    startColumn: range.startColumn,
    endLineNumber: end?.line ?? range.endLineNumber,
    endColumn: end?.column ?? range.endColumn,
    severity: SEVERITY[problem.severity],
    message: problem.message + remedy,
    code: { value: problem.code, target: monaco.Uri.from({ scheme: HELP, path: problem.code }) },
    source: problem.by.map((eyes) => SPEAKERS[eyes]).join(', '),
  };
}

/** Problems of a file as Monaco's markers. */
export function markersOf(problems: readonly Problem[], file: FileId, lines: TextLines): Marker[] {
  return problems.filter((problem) => problem.file === file).map((problem) => markerOf(problem, file, lines));
}
