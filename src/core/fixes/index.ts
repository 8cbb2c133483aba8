export { fixAll, fixSafely } from './fix-all.ts';
export type { FixAllOptions, FixedSafely } from './fix-all.ts';
export { fixesFor, isFixable, proposalsFor, verifiedPlan } from './fixes-for.ts';
export { planMute } from './mute-problem.ts';
export type { MutableProblem } from './mute-problem.ts';
export type { Fix, FixableProblem, FixKind, Judge, Proposal } from './types.ts';
export { judgeAll, judgeComplete, judgeFor, judgeWhole, verifyFix } from './verify.ts';
