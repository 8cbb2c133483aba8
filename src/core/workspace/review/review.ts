import type { FileId } from '../../base/ids.ts';
import type { Session } from '../types.ts';
import { reviewText } from './review-file.ts';
import type { FileReview, Review } from './types.ts';

/** A text to compare a file with; see `FileReview.since`. */
export interface Baseline {
  readonly text: string;
  readonly since: FileReview['since'];
}

const reviews = new WeakMap<object, { readonly base: string; readonly review: FileReview }>();

/** What changed in the workspace since `baselineOf` of each file, and the steps that led there. Files without a baseline are new: all lines were added. */
export function reviewSession(
  session: Pick<Session, 'projection' | 'steps'>,
  baselineOf: (file: FileId) => Baseline | undefined,
): Review {
  const files = session.projection().files.flatMap((file): readonly FileReview[] => {
    const { text: base, since } = baselineOf(file.id) ?? { text: '', since: 'opened' };
    if (base === file.text || file.readOnly !== undefined) return [];
    const known = reviews.get(file);
    if (known?.base === base) return [known.review];
    const parts = reviewText(base, file.text);
    const sum = (of: 'added' | 'removed'): number => parts.reduce((count, part) => count + part[of], 0);
    const review = { file: file.id, since, added: sum('added'), removed: sum('removed'), parts };
    reviews.set(file, { base, review });
    return [review];
  });
  const { done, undone } = session.steps();
  return { files, steps: [...done, ...undone], done: done.length };
}
