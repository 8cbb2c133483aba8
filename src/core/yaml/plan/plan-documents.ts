import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { applyChanges, changeSet } from '../../text/index.ts';
import { lineBreakAt } from '../lines.ts';
import { sameJson } from '../model.ts';
import { readDocument } from '../read.ts';
import { splitStream } from '../split.ts';
import type { Planned, Segment } from '../types.ts';

const documentsOf = (text: string): Segment[] => splitStream(text).filter(({ kind }) => kind === 'document');
const isLineEnd = (text: string): boolean => text === '' || text === '\uFEFF' || /[\n\r]$/.test(text);
const opens = (text: string): boolean =>
  /^\uFEFF?(?:%[^\n\r]*[\r\n]+|#[^\n\r]*[\r\n]+|[ \t]*[\r\n]+)*---(?:\s|$)/.test(text);
const closes = (text: string): boolean => /(?:^|[\r\n])\.\.\.[ \t]*(?:#[^\r\n]*)?[\r\n]*$/.test(text);

/** Applies an edit of a stream and checks that all other documents still read as they did. */
function verified(
  stream: string,
  edit: { from: number; to: number; insert: string },
  others: readonly Segment[],
  at: number,
): Planned | undefined {
  const changes = changeSet([edit]);
  if (changes.kind !== 'ok') return undefined;
  const after = documentsOf(applyChanges(stream, changes.value));
  const rest = at < 0 ? after : after.toSpliced(at, 1);
  const same =
    rest.length === others.length &&
    rest.every(({ text }, i) => {
      const [now, then] = [readDocument(text), readDocument(others[i]?.text ?? '')];
      return now.broken === then.broken && sameJson(now.value, then.value);
    });
  return same ? { changes: changes.value, notes: [] } : undefined;
}

/**
 * Adds a document's text to a stream, as document `at` (at the end without it). Writes `---` where there is a document before
 * it, or one behind it that has none; line ends are the stream's; a stream without a final line end keeps none, unless a block text at the
 * document's end means one.
 */
export function planAddDocument(stream: string, documentText: string, at?: number): Result<Planned> {
  const documents = documentsOf(stream);
  const index = at ?? documents.length;
  if (index < 0 || index > documents.length)
    return refuse('yaml/missing', `The stream has ${documents.length} documents.`, {
      range: { from: 0, to: stream.length },
    });
  const eol = stream === '' ? '\n' : lineBreakAt(stream, 0);
  const source = documentText.replace(/^\uFEFF/, '').replace(/\r\n|\n|\r/g, eol);
  const own = isLineEnd(source) ? source : source + eol;
  const next = documents[index];
  const mark = `---${eol}`;
  const lead = index > 0 && !opens(own) ? mark : '';
  let edit: { from: number; to: number; insert: string };
  if (next === undefined) {
    const body = isLineEnd(stream) ? lead + own : eol + lead + withoutLineEnd(own, eol);
    edit = { from: stream.length, to: stream.length, insert: body };
  } else {
    const from = next.from + (next.from === 0 && stream.charCodeAt(0) === 0xfeff ? 1 : 0);
    edit = { from, to: from, insert: lead + own + (opens(next.text) || closes(own) ? '' : mark) };
  }
  const planned = verified(stream, edit, documents, index);
  if (planned !== undefined) return ok(planned);
  return refuse('yaml/unsafe', 'The document cannot be added here without changing another.', {
    range: { from: edit.from, to: edit.to },
  });
}

/** A document's text without its last line end, where it means the same without. */
function withoutLineEnd(own: string, eol: string): string {
  const bare = own.slice(0, own.length - eol.length);
  return sameJson(readDocument(bare).value, readDocument(own).value) ? bare : own;
}

/** Takes document `index` (counted among documents) out of a stream, with its own `---` and `...`. */
export function planRemoveDocument(stream: string, index: number): Result<Planned> {
  const documents = documentsOf(stream);
  const gone = documents[index];
  if (gone === undefined)
    return refuse('yaml/missing', `The stream has ${documents.length} documents; there is no ${index + 1}.`, {
      range: { from: 0, to: stream.length },
    });
  const from = gone.from === 0 && stream.charCodeAt(0) === 0xfeff ? 1 : gone.from;
  const others = documents.toSpliced(index, 1);
  const eol = lineBreakAt(stream, gone.from);
  const start = gone.to === stream.length && from > 0 && !isLineEnd(stream) ? beforeBreak(stream, from) : from;
  for (const [at, insert] of [
    [start, ''],
    [from, ''],
    [from, `---${eol}`],
    [from, `...${eol}`],
  ] as const) {
    const planned = verified(stream, { from: at, to: gone.to, insert }, others, -1);
    if (planned !== undefined) return ok(planned);
  }
  return refuse('yaml/unsafe', 'The document cannot be removed without changing another.', {
    range: { from: gone.from, to: gone.to },
  });
}

/** Before the line break that ends at `at`. */
function beforeBreak(text: string, at: number): number {
  return text.charCodeAt(at - 1) === 10 && text.charCodeAt(at - 2) === 13 ? at - 2 : at - 1;
}
