export { actions, previewExample } from './actions.ts';
export { connectWorker } from './connect.ts';
export { readChoice, stopOpening, useOpening } from './opening.ts';
export { addCounts, countsOf, EYES, NO_PROBLEMS, placeOfProblem, type ProblemCount } from './problems.ts';
export { getAppState, subscribeAppState, useAppState } from './store.ts';
export { texts, type TextEvent } from './texts.ts';
export { playhead } from './traffic.ts';
export type { AppState, BottomTab, Eyes, Inspected } from './types.ts';
export type { FieldView, FixView, InspectorView, MendingWay } from '../worker/protocol.ts';
