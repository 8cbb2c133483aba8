import type { Segment } from './types.ts';

const BOM = 0xfeff;
const MARKER = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

interface Marker {
  readonly at: number;
  /** Behind the line that the marker stands on. */
  readonly end: number;
  readonly opens: boolean;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) return i + 1;
    if (code === 13) return text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
  }
  return text.length;
}

/** Markers at the start of lines: those that end with `\n`, `\r\n` or a lone `\r`. */
function markersOf(text: string): Marker[] {
  const out: Marker[] = [];
  const add = (at: number): void => {
    out.push({ at, end: lineEnd(text, at), opens: text.charCodeAt(at) === 45 });
  };
  if (text.charCodeAt(0) === BOM && /^\uFEFF(?:---|\.\.\.)(?=[ \t\r\n]|$)/.test(text)) add(1);
  for (const match of text.matchAll(MARKER)) {
    const before = text.charCodeAt(match.index - 1);
    if (match.index === 0 || before === 10 || before === 13) add(match.index);
  }
  return out;
}

/** Whether a chunk holds more than blank lines and comments, and where its first directive is. */
function survey(text: string, from: number, to: number): { content: boolean; directive: number } {
  let directive = -1;
  let content = false;
  for (let line = from; line < to && !content; line = lineEnd(text, line)) {
    const start = line === 0 && text.charCodeAt(0) === BOM ? 1 : line;
    let at = start;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    const code = text.charCodeAt(at);
    if (at >= to || code === 10 || code === 13 || code === 35) continue;
    if (code === 37 && at === start) directive = directive < 0 ? line : directive;
    else if (!(code === 46 && at === start && /^\.\.\.(?:\s|$)/.test(text.slice(at, at + 4)))) content = true;
  }
  return { content, directive };
}

/**
 * Cuts a stream at its document markers. The segments tile the text. A document begins with its `---` (and the directives
 * above it) or, without one, where the stream begins or the last `...` ended; it ends with its `...` or before the next
 * `---`. What holds only comments and blank lines outside of documents is trivia; an empty document behind `---` is a document.
 * Cuts are made by lines alone, so a broken document never swallows its neighbours.
 */
export function splitStream(text: string): readonly Segment[] {
  const out: Segment[] = [];
  const push = (kind: Segment['kind'], from: number, to: number): void => {
    if (to > from) out.push({ kind, from, to, text: from === 0 && to === text.length ? text : text.slice(from, to) });
  };
  let start = 0;
  let open = false;
  for (const marker of markersOf(text)) {
    const { content, directive } = open ? { content: true, directive: -1 } : survey(text, start, marker.at);
    if (marker.opens) {
      if (content) {
        push('document', start, marker.at);
        start = marker.at;
      } else {
        // Only a byte order mark in front is no trivia of its own: it goes with the document.
        const edge = directive >= 0 ? directive : marker.at;
        const onlyMark = start === 0 && edge === 1 && text.charCodeAt(0) === BOM;
        if (!onlyMark) push('trivia', start, edge);
        if (!onlyMark) start = edge;
      }
      open = true;
    } else {
      if (content || directive >= 0) {
        push('document', start, marker.end);
        start = marker.end;
      }
      open = false;
    }
  }
  const rest = open ? { content: true, directive: -1 } : survey(text, start, text.length);
  push(rest.content || rest.directive >= 0 ? 'document' : 'trivia', start, text.length);
  return out;
}
