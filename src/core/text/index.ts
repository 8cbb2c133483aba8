export { applyChanges, changeSet, invertChanges } from './changes.ts';
export { composeChanges } from './compose.ts';
export { diffTexts } from './diff.ts';
export type { LineIndex, Position } from './line-index.ts';
export { countBreaks, lineIndex } from './line-index.ts';
export { diffLines } from './diff-lines.ts';
export type { LineChange } from './diff-lines.ts';
export { mapChanges, mapPos, mapRange } from './map.ts';
export type { ChangeSet, TextEdit } from './types.ts';
