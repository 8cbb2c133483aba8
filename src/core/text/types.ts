import type { TextRange } from '../base/result.ts';

/** Replace the stretch `from`..`to` of one version of a text by `insert`. Offsets are UTF-16 code units of that version. */
export interface TextEdit extends TextRange {
  readonly insert: string;
}

/** Edits of one version of a text: sorted, not overlapping, none without effect, touching ones joined. `[]` changes nothing. */
export type ChangeSet = readonly TextEdit[];
