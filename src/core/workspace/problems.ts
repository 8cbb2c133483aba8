import { mutedReading } from '../checks/mute/index.ts';
import type { MuteComment } from '../checks/mute/index.ts';
import type { TextRange } from '../base/result.ts';
import { lineIndex } from '../text/index.ts';
import type { LineIndex } from '../text/index.ts';
import type { Problem, StandingDocument, WorkspaceFile } from './types.ts';

/** A problem without its place in lines. */
export type LocalProblem = Omit<Problem, 'file' | 'slot' | 'line' | 'column'>;

const indexes = new WeakMap<object, LineIndex>();

/** The line index of a document's text, made when it is first asked for. */
function indexOf(slot: StandingDocument): LineIndex {
  let index = indexes.get(slot.document);
  if (index === undefined) {
    index = lineIndex(slot.document.text);
    indexes.set(slot.document, index);
  }
  return index;
}

/**
 * What is wrong with one document by itself: its syntax, which the API server would refuse, and that the canvas shows what it said before.
 * What a comment mutes is marked; `file` holds the comments that mute in the whole file.
 */
export function documentProblems(slot: StandingDocument, file: readonly MuteComment[]): readonly LocalProblem[] {
  const { document } = slot;
  const counts = new Map<string, number>();
  const found: LocalProblem[] = document.problems.map((problem) => {
    const { code, severity, message, range, remedy } = problem;
    const count = counts.get(code) ?? 0;
    counts.set(code, count + 1);
    return {
      id: `${slot.slot} ${code} ${count}`,
      code,
      severity,
      message,
      range,
      ...(remedy === undefined ? {} : { remedy }),
      by: severity === 'error' ? ['apiServer'] : ['meshwright'],
      mutable: false,
      muted: severity === 'error' ? undefined : mutedReading(document, problem, file),
    };
  });
  if (slot.stale && slot.lastGood !== undefined) {
    const line = document.problems.find((problem) => problem.severity === 'error')?.range.from;
    const remedy = slot.swallowed
      ? 'Two documents have become one: put the `---` between them back.'
      : line === undefined
        ? 'It needs apiVersion, kind and metadata.name.'
        : 'Mend the error; nothing on the canvas is lost until then.';
    found.push({
      id: `${slot.slot} STALE`,
      code: 'STALE',
      severity: 'info',
      message: 'This document can’t be read as it stands: the canvas shows what it said before.',
      range: firstLine(document.text),
      remedy,
      by: ['meshwright'],
      mutable: false,
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
    line: 0,
    column: 1,
    by: ['meshwright'],
    mutable: false,
  };
}

/** A problem with its lines. */
export function placeProblem(slot: StandingDocument, problem: LocalProblem): Problem {
  const { line, column } = indexOf(slot).position(problem.range.from);
  return { ...problem, file: slot.file, slot: slot.slot, line: line - 1, column };
}
