import type { FileId } from '../../base/ids.ts';
import type { StepView } from '../types.ts';

export type { StepView } from '../types.ts';

/** A line of a comparison. `before` and `after` are its numbers, from 1, in the text that has it; `gap` stands for lines left out. */
export interface ReviewLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}

/** What changed in one document. */
export interface ReviewPart {
  /** `VirtualService default/reviews`; of a document that declares nothing, `Document 3`. */
  readonly title: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly added: number;
  readonly removed: number;
  readonly lines: readonly ReviewLine[];
  /** Lines beyond the most that are told. */
  readonly more: number;
}

/** A file whose text is not what it was. */
export interface FileReview {
  readonly file: FileId;
  /** What it is compared with: the text that was opened (or last downloaded), or the one that came back from storage. */
  readonly since: 'opened' | 'restored';
  readonly added: number;
  readonly removed: number;
  readonly parts: readonly ReviewPart[];
}

/** What changed since the files were opened, and how it came to be. The first `done` of `steps` are done, the others undone. */
export interface Review {
  readonly files: readonly FileReview[];
  readonly steps: readonly StepView[];
  readonly done: number;
}
