export { createSession } from './session.ts';
export type { SessionOptions } from './session.ts';
export { applyJournal, mergeJournal, readSnapshot, SNAPSHOT_VERSION } from './snapshot.ts';
export { FILE_LIMIT_BYTES, openBytes } from './open-bytes.ts';
export type { Utf8Decoder } from './open-bytes.ts';
export { HISTORY_LIMITS } from './history.ts';
export type * from './types.ts';
