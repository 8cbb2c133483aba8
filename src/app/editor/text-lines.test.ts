import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../core/text/index.ts';
import { shownText, TextLines, type LineEdit } from './text-lines.ts';

/** What Monaco does with an edit: its text has `\n` only. */
function applyShown(shown: string, edits: readonly LineEdit[]): string {
  const lines = new TextLines(shown);
  const changes = edits
    .map(({ from, to, text }) => ({ from: lines.offsetAt(from), to: lines.offsetAt(to), insert: text }))
    .sort((a, b) => a.from - b.from);
  return applyChanges(shown, changes);
}
const text = fc
  .array(fc.constantFrom('a', 'key: 1', '', '  - x', 'é😀', '\u2028'), { maxLength: 8 })
  .chain((lines) =>
    fc.tuple(
      fc.constantFrom('', '\uFEFF'),
      fc.constant(lines),
      fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: lines.length, maxLength: lines.length }),
    ),
  )
  .map(
    ([bom, lines, ends]) =>
      bom +
      lines.map((line, at) => line + (ends[at] === '\r' && lines[at + 1] === '' ? '\n' : (ends[at] ?? ''))).join('') +
      'z',
  );

describe('TextLines', () => {
  it('shows neither the byte order mark nor mixed line ends', () => {
    expect(shownText('\uFEFFa\r\nb\rc\nd')).toBe('a\nb\nc\nd');
  });

  it('gives an inserted line the end of the line above', () => {
    const lines = new TextLines('a\r\nb\nc');
    const enter = (line: number): string => {
      const place = { line, column: 2 };
      return applyChanges(lines.text, lines.fromTyped([{ from: place, to: place, text: '\nx' }]));
    };
    expect(enter(1)).toBe('a\r\nx\r\nb\nc');
    expect(enter(2)).toBe('a\r\nb\nx\nc');
    expect(enter(3)).toBe('a\r\nb\nc\nx');
  });

  it('never types in front of the byte order mark', () => {
    const lines = new TextLines('\uFEFFa');
    const start = { line: 1, column: 1 };
    expect(lines.fromTyped([{ from: start, to: start, text: '#' }])).toEqual([{ from: 1, to: 1, insert: '#' }]);
  });

  it('keeps two line ends apart when what stood between them goes', () => {
    const lines = new TextLines('a\rb\nc');
    const edit = { from: { line: 2, column: 1 }, to: { line: 2, column: 2 }, text: '' };
    expect(new TextLines(applyChanges(lines.text, lines.fromTyped([edit]))).count).toBe(3);
  });

  it('keeps several line ends apart from the one behind them, and from those before them', () => {
    const typed = (text: string, from: [number, number], to: [number, number], insert: string): string => {
      const lines = new TextLines(text);
      const place = ([line, column]: [number, number]) => ({ line, column });
      return applyChanges(text, lines.fromTyped([{ from: place(from), to: place(to), text: insert }]));
    };
    expect(new TextLines(typed('a\r \nz', [1, 1], [2, 2], '\n\n')).count).toBe(4);
    expect(new TextLines(typed('a\r\rb\nz', [3, 1], [3, 2], '')).count).toBe(4);
  });

  it('finds every place again', () => {
    fc.assert(
      fc.property(text, (source) => {
        const lines = new TextLines(source);
        for (let line = 1; line <= lines.count; line += 1) {
          const offset = lines.offsetAt({ line, column: 1 });
          expect(lines.placeAt(offset)).toEqual({ line, column: 1 });
        }
      }),
    );
  });

  it('shows the same text after a typed edit as the editor does', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        text,
        share,
        fc.nat(5),
        fc.constantFrom('', 'x', '\n', 'a\nb', '\n\n'),
        (source, at, length, insert) => {
          const lines = new TextLines(source);
          const shown = new TextLines(shownText(source));
          const from = Math.floor(at * shown.text.length);
          const to = Math.min(shown.text.length, from + length);
          const edit = { from: shown.placeAt(from), to: shown.placeAt(to), text: insert };
          const after = applyChanges(source, lines.fromTyped([edit]));
          expect(shownText(after)).toBe(applyShown(shown.text, [edit]));
        },
      ),
    );
  });

  it('knows the same lines after a change as if it had read the text anew', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const inserted = fc.constantFrom('', 'x', '\n', '\r', 'a\r\nb', '\r\n\n');
    fc.assert(
      fc.property(text, share, fc.nat(4), inserted, (source, at, length, insert) => {
        const from = Math.floor(at * source.length);
        const to = Math.min(source.length, from + length);
        const after = new TextLines(source).after([{ from, to, insert }]);
        expect(after).toEqual(new TextLines(after.text));
      }),
    );
  });

  it('shows a change of the true text by the same small edits', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(text, share, fc.nat(2), fc.constantFrom('', 'x', 'a\r\nb', '7\n'), (source, at, count, insert) => {
        const lines = new TextLines(source);
        const line = 1 + Math.floor(at * (lines.count - 1));
        const from = lines.offsetAt({ line, column: 1 });
        const to = lines.offsetAt({ line: Math.min(lines.count, line + count), column: 1 });
        const changes = [{ from, to, insert }];
        const after = applyChanges(source, changes);
        // A lone CR before the insert or an LF behind it would join with it to one line end: no plan writes that.
        fc.pre(source[from - 1] !== '\r' || (insert + source.slice(to))[0] !== '\n');
        expect(applyShown(shownText(source), lines.toShown(changes))).toBe(shownText(after));
      }),
    );
  });
});
