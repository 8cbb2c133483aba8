import { readDocument, splitStream } from '../yaml/index.ts';
import type { FileContent } from './types.ts';

/** The texts of files that are not only shown. */
export const editableTexts = (files: readonly FileContent[]): string[] =>
  files.flatMap(({ text, readOnly }) => (readOnly === undefined ? [text] : []));

/**
 * Reads the documents of texts that will be opened, so that opening them finds them read. Gives, each time when about `most` characters
 * more were read, how many texts are read by then; the caller does something else before it asks for the next.
 */
export function* readAhead(texts: readonly string[], most: number): Generator<number, void> {
  let read = 0;
  for (const [at, text] of texts.entries()) {
    for (const segment of splitStream(text)) {
      if (segment.kind !== 'document') continue;
      readDocument(segment.text);
      read += segment.text.length;
      if (read < most) continue;
      read = 0;
      yield at;
    }
  }
}
