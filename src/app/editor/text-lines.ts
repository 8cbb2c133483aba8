import { applyChanges } from '../../core/text/index.ts';
import type { ChangeSet, TextEdit } from '../../core/text/types.ts';

/** A place as Monaco counts: lines and columns from 1, line ends not counted. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/** A replacement as Monaco tells and takes it. */
export interface LineEdit {
  readonly from: LinePlace;
  readonly to: LinePlace;
  readonly text: string;
}

const BOM = '\uFEFF';
const LINE_END = /\r\n|\r|\n/g;

/** What Monaco is given of a text: without the byte order mark, every line end `\n`. The lines are the same ones. */
export function shownText(text: string): string {
  return text.replace(BOM, '').replace(LINE_END, '\n');
}

/** Offsets behind the line breaks of a stretch of the text. */
function breaksIn(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** The index of the last line that begins at or before the offset. */
function lineBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A text with its true line ends and its byte order mark, beside Monaco's view of it, which has neither. Places are translated by line
 * and column, since the lines correspond one to one.
 */
export class TextLines {
  private readonly starts: readonly number[];
  readonly text: string;

  constructor(text: string, starts?: readonly number[]) {
    this.text = text;
    const first = text.startsWith(BOM) ? 1 : 0;
    this.starts = starts ?? [first, ...breaksIn(text, first, text.length)];
  }

  get count(): number {
    return this.starts.length;
  }

  /** The end of a line, `''` for the last one. */
  endOf(line: number): '' | '\n' | '\r' | '\r\n' {
    const next = this.starts[line];
    if (next === undefined) return '';
    if (this.text[next - 1] === '\r') return '\r';
    return this.text[next - 2] === '\r' && next - 2 >= (this.starts[line - 1] ?? 0) ? '\r\n' : '\n';
  }

  /** The offset of a place; places outside of the text are moved into it. */
  offsetAt(place: LinePlace): number {
    const line = Math.min(Math.max(place.line, 1), this.starts.length);
    const start = this.starts[line - 1] ?? 0;
    const next = this.starts[line];
    const end = next === undefined ? this.text.length : next - this.endOf(line).length;
    return Math.min(Math.max(start + place.column - 1, start), end);
  }

  /** The place of an offset; one inside of a line end or in front of the byte order mark is moved to the line's text. */
  placeAt(offset: number): LinePlace {
    const low = lineBefore(this.starts, offset);
    const start = this.starts[low] ?? 0;
    const next = this.starts[low + 1];
    const end = next === undefined ? this.text.length : next - this.endOf(low + 1).length;
    return { line: low + 1, column: Math.min(Math.max(offset, start), end) - start + 1 };
  }

  /** The change set that typed edits (all of the same version, in any order) make of the true text. */
  fromTyped(edits: readonly LineEdit[]): ChangeSet {
    const typed = edits
      .map((edit) => this.typedEdit(edit))
      .filter((edit) => edit.from < edit.to || edit.insert !== '')
      .sort((a, b) => a.from - b.from || a.to - b.to);
    return joinTouching(typed);
  }

  /** The edits that a change set of the true text makes of Monaco's view of it. */
  toShown(changes: ChangeSet): LineEdit[] {
    return changes.map(({ from, to, insert }) => ({
      from: this.placeAt(from),
      to: this.placeAt(to),
      text: shownText(insert),
    }));
  }

  /** The text after a change set. Only the lines that it touches are read again: a megabyte took 3 ms at each key press. */
  after(changes: ChangeSet): TextLines {
    const text = applyChanges(this.text, changes);
    const [first, last] = [changes[0], changes.at(-1)];
    if (!first || !last || first.from <= 1) return new TextLines(text);
    const grown = text.length - this.text.length;
    const head = lineBefore(this.starts, first.from - 1);
    // The break in front of the first line of the rest, and what stands before it, are as they were.
    const rest = lineBefore(this.starts, last.to + 1) + 1;
    const end = this.starts[rest];
    const from = this.starts[head] ?? 0;
    const between = breaksIn(text, from, end === undefined ? text.length : end + grown - 1);
    const shifted = this.starts.slice(rest).map((start) => start + grown);
    return new TextLines(text, [...this.starts.slice(0, head + 1), ...between, ...shifted]);
  }

  private typedEdit(edit: LineEdit): TextEdit {
    const from = this.offsetAt(edit.from);
    const to = this.offsetAt(edit.to);
    // A new line takes the end of the line that it begins on; on the last line, of the one above.
    const end = this.endOf(edit.from.line) || this.endOf(edit.from.line - 1) || '\n';
    return this.keptApart({ from, to, insert: edit.text.replace(LINE_END, end) });
  }

  /** Lone CRs that would come to stand before an LF would be one line end with it: they are written as LF, so that all stay. */
  private keptApart(edit: TextEdit): TextEdit {
    const { text } = this;
    let { from, insert } = edit;
    if (text[edit.to] === '\n') insert = insert.replace(/\r+$/, (ends) => '\n'.repeat(ends.length));
    while (text[from - 1] === '\r' && (insert[0] ?? text[edit.to]) === '\n') {
      from -= 1;
      insert = `\n${insert}`;
    }
    return { from, to: edit.to, insert };
  }
}

/** Edits that touch, as one: a change set has them joined. */
function joinTouching(edits: readonly TextEdit[]): ChangeSet {
  const joined: TextEdit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last && last.to >= edit.from) {
      joined[joined.length - 1] = {
        from: last.from,
        to: Math.max(last.to, edit.to),
        insert: last.insert + edit.insert,
      };
    } else joined.push(edit);
  }
  return joined;
}
