export { createEngine } from './engine.ts';
export type { RoutingEngine } from './engine.ts';

export type { CompiledProxy } from './compile/proxy.ts';
export { answerCase, caseOptions } from './answer.ts';
export type { RoutingAnswer, RoutingCase } from './answer.ts';
export type * from './types.ts';
export { asCurl } from './witness/witness.ts';
export type { StandingConnections } from './explain/l4-rules.ts';
export { ruleName, rulesInOrder } from './explain/rules.ts';
export type { StandingRule } from './explain/rules.ts';
