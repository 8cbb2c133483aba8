import type { FileId } from '../base/ids.ts';
import type { TextRange } from '../base/result.ts';
import { idAt, sourceOf } from '../graph/lookup.ts';
import type { SourceRef } from '../istio/types.ts';
import { entryAt, pathAt, rangeOfPath } from '../yaml/index.ts';
import { documentAt, placeOfSlot, slotAt } from './cuts.ts';
import type { Reading } from './project.ts';
import type { DocumentSlot } from './types.ts';

/** A stretch of a file. */
export interface PlaceInText {
  readonly file: FileId;
  readonly range: TextRange;
}

/** The deepest node or row of the graph whose text holds this offset of the file. */
export function idAtOffset(reading: Reading, file: FileId, offset: number): string | undefined {
  const cut = reading.cuts.get(file);
  const place = cut && documentAt(cut, offset);
  const slot = cut === undefined || place === undefined ? undefined : slotAt(cut, place);
  if (slot === undefined) return undefined;
  const at = offset - slot.from;
  const within = slot.swallowed?.find(({ from, to }) => from <= at && at < to);
  if (within === undefined) return idAt(reading.graph, slot.slot, pathAt(slot.document, at));
  // Its first line has lost the `---`, mostly; its end is as it was.
  const path = pathAt(within.was.document, Math.max(0, within.was.document.text.length - (within.to - at)));
  return idAt(reading.graph, within.was.slot, path);
}

/** Where a path of a document stands in its file; the document itself where the path is not there (it is stale, say). */
export function rangeOfRef(reading: Reading, { file, slot, path }: SourceRef): PlaceInText | undefined {
  const cut = reading.cuts.get(file);
  const place = cut && placeOfSlot(cut.documents, slot);
  const there = cut === undefined || place === undefined ? undefined : slotAt(cut, place);
  if (there === undefined) return undefined;
  if (there.slot !== slot) return withinRange(there, { file, slot, path });
  const range = entryAt(there.document, path)?.lines ?? rangeOfPath(there.document, path);
  return { file, range: { from: there.from + range.from, to: there.from + range.to } };
}

/** The same in a document whose text lies in another one. */
function withinRange(host: DocumentSlot, { file, slot, path }: SourceRef): PlaceInText | undefined {
  const part = host.swallowed?.find(({ was }) => was.slot === slot);
  if (part === undefined) return undefined;
  const { document } = part.was;
  const range = entryAt(document, path)?.lines ?? rangeOfPath(document, path);
  const [least, most] = [host.from + part.from, host.from + part.to];
  const shift = most - document.text.length;
  return { file, range: { from: Math.max(least, range.from + shift), to: Math.max(least, range.to + shift) } };
}

/** Where the text of a node or row stands. */
export function rangeOfId(reading: Reading, id: string): PlaceInText | undefined {
  const source = sourceOf(reading.graph, id);
  return source && rangeOfRef(reading, source);
}
