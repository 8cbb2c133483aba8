export { findProblems } from './problems.ts';
export type { CheckOptions, CheckProblem, Speaker } from './problems.ts';
export { verdictOf } from './verdict.ts';
export type { Verdict } from './verdict.ts';
export { fileMutes, ISTIO_ANNOTATION, KIALI_ANNOTATION, muteComments, mutedBy, mutedReading } from './mute/index.ts';
export type { MuteComment, Muted } from './mute/index.ts';
