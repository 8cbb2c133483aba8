import type { Problem } from '../../../core/workspace/types.ts';
import { actions } from '../../state/index.ts';

/** Shows a problem everywhere without moving the focus: its line in the text, its node on the canvas, its fields in the inspector. */
export function goToProblem(problem: Problem): void {
  actions.setActiveFile(problem.file);
  actions.send({ kind: 'caret', file: problem.file, offset: problem.range.from });
  actions.revealText(problem.file, problem.range);
}
