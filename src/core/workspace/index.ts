export { placeOfSlot } from './cuts.ts';
export { hostOf } from './swallowed.ts';
export { createSession } from './session.ts';
export type { SessionOptions } from './session.ts';
export { applyJournal, mergeJournal, readSnapshot } from './snapshot.ts';
export { editableTexts, readAhead } from './open-ahead.ts';
export { openBytes, WORKSPACE_LIMIT_BYTES } from './open-bytes.ts';
export type { Utf8Decoder } from './open-bytes.ts';
export type * from './types.ts';
