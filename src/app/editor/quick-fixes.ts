import type { FileId } from '../../core/base/ids.ts';
import type { Problem } from '../../core/workspace/types.ts';
import { actions, getAppState, placeOfProblem, texts, type FixView, type MendingWay } from '../state/index.ts';
import { markerOf } from './decorations.ts';
import { monaco } from './monaco.ts';
import type { TextLines } from './text-lines.ts';

/** A file that is open, for a model of Monaco. */
export interface OpenText {
  readonly file: FileId;
  readonly lines: TextLines;
}
/** Of more problems at one place the fixes are not asked for: a menu of them all would help nobody. */
const MOST = 8;

/** The problems of a file that touch a stretch of its text, those whose place is the narrowest first. */
function problemsAt({ file, lines }: OpenText, range: monaco.Range): readonly Problem[] {
  const { problems, problemPlaces } = getAppState();
  const from = lines.offsetAt({ line: range.startLineNumber, column: range.startColumn });
  const to = lines.offsetAt({ line: range.endLineNumber, column: range.endColumn });
  return problems
    .filter((problem) => problem.file === file)
    .map((problem) => ({ problem, place: texts.ahead(file, placeOfProblem(problem, problemPlaces).range) }))
    .filter(({ place }) => place.from <= to && from <= place.to)
    .sort((a, b) => a.place.to - a.place.from - (b.place.to - b.place.from))
    .map(({ problem }) => problem)
    .slice(0, MOST);
}

/**
 * Gives Monaco's light bulb (and Ctrl+.) what can be done about the problems at the caret: their fixes, all safe ones of a kind, a page of
 * help, and muting. All of it is done by the worker as one undo step. Gives the function that ends it.
 */
export function offerQuickFixes(
  editor: monaco.editor.IStandaloneCodeEditor,
  openTextOf: (model: monaco.editor.ITextModel) => OpenText | undefined,
): () => void {
  const mend = editor.addCommand(0, (_services, problem: string, way: MendingWay) => void actions.mend(problem, way));
  const help = editor.addCommand(0, (_services, code: string) => actions.showHelp(code));
  const provider = monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions: async (model, range) => {
      const open = openTextOf(model);
      const problems = open ? problemsAt(open, range) : [];
      const fixes = await Promise.all(problems.map((problem) => actions.fixesOf(problem.id)));
      const made = problems.map((problem, at) => actionsFor(problem, fixes[at] ?? [], open));
      // First what cures, then the rest.
      return {
        actions: [...made.flatMap(({ cures }) => cures), ...made.flatMap(({ others }) => others)],
        dispose: () => undefined,
      };
    },
  });
  const actionsFor = (problem: Problem, fixes: readonly FixView[], open: OpenText | undefined) => {
    const diagnostics = open ? [markerOf(problem, open.file, open.lines)] : [];
    const act = (title: string, way: MendingWay, isPreferred = false): monaco.languages.CodeAction => ({
      title,
      kind: 'quickfix',
      diagnostics,
      isPreferred,
      command: { id: mend ?? '', title, arguments: [problem.id, way] },
    });
    const same = getAppState().problems.filter(({ code }) => code === problem.code).length;
    const isSafe = fixes[0]?.kind === 'safe';
    return {
      cures: [
        ...fixes.map(({ id, title, kind }, at) => act(title, { kind: 'fix', fix: id }, at === 0 && kind === 'safe')),
        ...(isSafe && same > 1 ? [act(`Fix all ${String(same)} ${problem.code}`, { kind: 'all' })] : []),
      ],
      others: [
        {
          title: `Explain ${problem.code}`,
          kind: 'quickfix',
          diagnostics,
          command: { id: help ?? '', title: 'Explain', arguments: [problem.code] },
        },
        ...(problem.mutable ? [act(`Mute ${problem.code} here`, { kind: 'mute' })] : []),
      ],
    };
  };
  return () => provider.dispose();
}
