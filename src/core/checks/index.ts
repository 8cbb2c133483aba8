export { findProblems } from './problems.ts';
export type { CheckOptions, CheckProblem, Speaker } from './problems.ts';
export { verdictOf } from './verdict.ts';
export type { Verdict } from './verdict.ts';
