export { entryAt, pathAt, rangeOfPath } from './entries.ts';
export { readDocument } from './read.ts';
export { splitStream } from './split.ts';
export type * from './types.ts';
