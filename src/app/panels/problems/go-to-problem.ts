import type { Problem } from '../../../core/workspace/types.ts';
import { actions, getAppState, placeOfProblem } from '../../state/index.ts';

/** Shows a problem everywhere without moving the focus: its line in the text, its node on the canvas, its fields in the inspector. */
export function goToProblem(problem: Problem): void {
  const { range } = placeOfProblem(problem, getAppState().problemPlaces);
  actions.setActiveFile(problem.file);
  actions.send({ kind: 'caret', file: problem.file, offset: range.from });
  actions.revealText(problem.file, range);
}
