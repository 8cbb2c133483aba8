import type { FileId } from '../base/ids.ts';
import type { TextRange } from '../base/result.ts';
import { lineIndex } from '../text/index.ts';
import type { LineIndex } from '../text/index.ts';
import type { FileCut } from './documents.ts';
import type { DocumentSlot, Problem, WorkspaceFile } from './types.ts';

/** A problem of one document, its range in the document's own text. */
export type LocalProblem = Omit<Problem, 'id' | 'file' | 'line' | 'column'>;

/** The line, from 1, on which each segment of a file begins. */
export function segmentLines(cut: FileCut): readonly number[] {
  let line = 1;
  return cut.breaks.map((breaks) => {
    const first = line;
    line += breaks;
    return first;
  });
}

const indexes = new WeakMap<object, LineIndex>();

/** The line index of a document's text, made when it is first asked for. */
function indexOf(slot: DocumentSlot): LineIndex {
  let index = indexes.get(slot.document);
  if (index === undefined) {
    index = lineIndex(slot.document.text);
    indexes.set(slot.document, index);
  }
  return index;
}

/** What is wrong with one document by itself: its syntax, and that the canvas shows what it said before. */
export function documentProblems(slot: DocumentSlot): readonly LocalProblem[] {
  const { document } = slot;
  const found: LocalProblem[] = document.problems.map(({ code, severity, message, range, remedy }) => ({
    code,
    severity,
    message,
    range,
    ...(remedy === undefined ? {} : { remedy }),
  }));
  if (slot.stale && slot.lastGood !== undefined) {
    const line = document.problems.find((problem) => problem.severity === 'error')?.range.from;
    const remedy =
      line === undefined
        ? 'It needs apiVersion, kind and metadata.name.'
        : 'Mend the error; nothing on the canvas is lost until then.';
    found.push({
      code: 'STALE',
      severity: 'info',
      message: 'This document can’t be read as it stands: the canvas shows what it said before.',
      range: firstLine(document.text),
      remedy,
    });
  }
  return found;
}

function firstLine(text: string): TextRange {
  const from = /^(?:\uFEFF?(?:---[^\n]*|[ \t]*#[^\n]*|[ \t]*)\r?\n)*/.exec(text)?.[0].length ?? 0;
  const end = text.slice(from).search(/\r|\n|$/);
  return { from, to: from + end };
}

/** A note on a file that can't be edited. */
export function fileProblem(file: WorkspaceFile): Problem | undefined {
  if (file.readOnly === undefined) return undefined;
  return {
    id: `${file.id} READ_ONLY`,
    code: 'READ_ONLY',
    severity: 'info',
    message: `${file.id} is shown only: ${file.readOnly}`,
    file: file.id,
    range: { from: 0, to: 0 },
    line: 1,
    column: 1,
  };
}

/** Places problems of a document in its file: `line` is where the document begins, ids are counted from the document's slot. */
export function placeProblems(
  slot: DocumentSlot,
  line: number,
  problems: readonly LocalProblem[],
  file: FileId,
): readonly Problem[] {
  const counts = new Map<string, number>();
  return problems.map((problem) => {
    const count = counts.get(problem.code) ?? 0;
    counts.set(problem.code, count + 1);
    const place = indexOf(slot).position(problem.range.from);
    return {
      ...problem,
      id: `${slot.slot} ${problem.code} ${count}`,
      file,
      range: { from: slot.from + problem.range.from, to: slot.from + problem.range.to },
      line: line + place.line - 1,
      column: place.column,
    };
  });
}
