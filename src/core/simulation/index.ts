export type * from './types.ts';
export { ENDINGS, SEGMENT_FIELDS } from './types.ts';
export { bandOf, createTally, expectedShares, type Tally } from './counters.ts';
export { defaultScenario } from './default-scenario.ts';
export { createRun, endingOf, type Run, type TrafficClass } from './run.ts';
export { parseLabels, readScenario, requestOfUrl, scenarioOf, type WrittenScenario } from './scenario.ts';
