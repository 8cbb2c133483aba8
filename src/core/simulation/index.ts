export type * from './types.ts';
export { ENDINGS } from './types.ts';
export { createTally, type Tally } from './counters.ts';
export { createRun, type Run } from './run.ts';
export { scenarioOf } from './scenario.ts';
