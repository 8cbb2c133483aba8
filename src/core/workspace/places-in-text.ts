import type { FileId } from '../base/ids.ts';
import type { TextRange } from '../base/result.ts';
import { idAt, sourceOf } from '../graph/lookup.ts';
import type { SourceRef } from '../istio/types.ts';
import { entryAt, pathAt, rangeOfPath } from '../yaml/index.ts';
import type { Reading } from './project.ts';

/** A stretch of a file. */
export interface PlaceInText {
  readonly file: FileId;
  readonly range: TextRange;
}

/** The deepest node or row of the graph whose text holds this offset of the file. */
export function idAtOffset(reading: Reading, file: FileId, offset: number): string | undefined {
  const slot = reading.cuts.get(file)?.slots.find((one) => one.from <= offset && offset < one.to);
  return slot && idAt(reading.graph, slot.slot, pathAt(slot.document, offset - slot.from));
}

/** Where a path of a document stands in its file; the document itself where the path is not there (it is stale, say). */
export function rangeOfRef(reading: Reading, { file, slot, path }: SourceRef): PlaceInText | undefined {
  const there = reading.cuts.get(file)?.slots.find((one) => one.slot === slot);
  if (there === undefined) return undefined;
  const range = entryAt(there.document, path)?.lines ?? rangeOfPath(there.document, path);
  return { file, range: { from: there.from + range.from, to: there.from + range.to } };
}

/** Where the text of a node or row stands. */
export function rangeOfId(reading: Reading, id: string): PlaceInText | undefined {
  const source = sourceOf(reading.graph, id);
  return source && rangeOfRef(reading, source);
}
