import type { FileId } from '../../core/base/ids.ts';
import type { AppState } from '../state/index.ts';
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
  const { inspector } = state;
  if (inspector?.file !== file) return stale;
  const [first, last] = inspector.lines;
  return [...stale, wholeLines(first, last, 'mw-selected-line', 'mw-selected-margin')];
}

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/** Problems of a file as Monaco's markers. */
export function markersOf(state: AppState, file: FileId, lines: TextLines): Marker[] {
  return state.problems
    .filter((problem) => problem.file === file)
    .map((problem) => {
      const range = shownRange(lines, problem.range.from, Math.max(problem.range.to, problem.range.from + 1));
      const remedy = problem.remedy === undefined ? '' : `\n${problem.remedy}`;
      return {
        startLineNumber: range.startLineNumber,
        startColumn: range.startColumn,
        endLineNumber: range.endLineNumber,
        endColumn: range.endColumn,
        severity: SEVERITY[problem.severity],
        message: problem.message + remedy,
        code: problem.code,
        source: 'Meshwright',
      };
    });
}
