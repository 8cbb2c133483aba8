export { verdictOf } from './verdict.ts';
export type { AnalysisMessage, DocumentVerdict, Verdict } from './verdict.ts';
