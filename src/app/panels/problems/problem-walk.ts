import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { actions, getAppState } from '../../state/index.ts';
import { goToProblem } from './go-to-problem.ts';
import { nextProblem } from './problem-rows.ts';

const store = createStore<{ readonly current: string | undefined }>(() => ({ current: undefined }));

/** The problem that was visited last. */
export function useCurrentProblem(): string | undefined {
  return useStore(store, (state) => state.current);
}

/** Remembers which problem was visited, so that the next step starts there. */
export function setCurrentProblem(id: string): void {
  store.setState({ current: id });
}

/** Goes to the next problem in the order of the text (`by` 1) or the one before. */
export function walkProblems(by: 1 | -1): void {
  const problem = nextProblem(getAppState().problems, store.getState().current, by);
  if (!problem) return;
  setCurrentProblem(problem.id);
  actions.setBottomTab('problems');
  goToProblem(problem);
  requestAnimationFrame(() => {
    document.querySelector(`[data-problem="${CSS.escape(problem.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  });
}
