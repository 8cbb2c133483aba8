import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet } from './index.ts';
import {
  applyChanges,
  changeSet,
  composeChanges,
  diffTexts,
  invertChanges,
  lineIndex,
  mapChanges,
  mapPos,
  mapRange,
} from './index.ts';

const character = fc.constantFrom('a', 'b', 'c', ' ', '\n', '\r', '\r\n', '😀', 'é', '\u2028');
const anyText = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(''));

/** Change sets of a text, made from cut points in pairs. */
function changesOf(text: string): fc.Arbitrary<ChangeSet> {
  return fc
    .array(fc.tuple(fc.nat(text.length), fc.string({ maxLength: 4 }), fc.boolean()), { maxLength: 6 })
    .map((cuts) => {
      const sorted = [...cuts].sort((a, b) => a[0] - b[0]);
      const edits = [];
      for (let i = 0; i < sorted.length; i++) {
        const [from, insert, wide] = sorted[i] as (typeof sorted)[number]; // i is below the length
        const next = sorted[i + 1]?.[0] ?? text.length;
        edits.push({ from, to: wide ? next : from, insert });
      }
      const made = changeSet(edits);
      return made.kind === 'ok' ? made.value : [];
    });
}
const textAndChanges = anyText.chain((text) => fc.tuple(fc.constant(text), changesOf(text)));
const textAndTwo = anyText.chain((text) => fc.tuple(fc.constant(text), changesOf(text), changesOf(text)));

describe('change sets', () => {
  it('[T1] inverting gives every byte back', () => {
    fc.assert(
      fc.property(textAndChanges, ([text, changes]) => {
        expect(applyChanges(applyChanges(text, changes), invertChanges(text, changes))).toBe(text);
      }),
    );
  });

  it('[T2] a composed set does what the two do one after the other, and composing is associative', () => {
    const three = textAndChanges.chain(([text, first]) => {
      const second = applyChanges(text, first);
      return changesOf(second).chain((b) =>
        changesOf(applyChanges(second, b)).map((c) => ({ text, first, second: b, third: c })),
      );
    });
    fc.assert(
      fc.property(three, ({ text, first, second, third }) => {
        const stepwise = applyChanges(applyChanges(text, first), second);
        expect(applyChanges(text, composeChanges(first, second))).toBe(stepwise);
        const left = composeChanges(composeChanges(first, second), third);
        const right = composeChanges(first, composeChanges(second, third));
        expect(applyChanges(text, left)).toBe(applyChanges(text, right));
      }),
    );
  });

  it('[T3] two sets on one text lead to the same text in either order after mapping', () => {
    fc.assert(
      fc.property(textAndTwo, ([text, a, b]) => {
        const one = applyChanges(applyChanges(text, a), mapChanges(b, a, 1));
        const other = applyChanges(applyChanges(text, b), mapChanges(a, b, -1));
        expect(one).toBe(other);
      }),
    );
  });

  it('[T4] results are sorted, do not overlap, and hold nothing without effect', () => {
    fc.assert(
      fc.property(textAndTwo, ([text, a, b]) => {
        for (const set of [
          a,
          mapChanges(b, a, 1),
          composeChanges(a, mapChanges(b, a, 1)),
          diffTexts(text, applyChanges(text, a)),
        ]) {
          set.forEach((edit, i) => {
            expect(edit.from < edit.to || edit.insert !== '').toBe(true);
            expect((set[i - 1]?.to ?? -1) < edit.from).toBe(true);
          });
        }
      }),
    );
  });

  it('[T5] overlaps are refused with their place', () => {
    const made = changeSet([
      { from: 3, to: 6, insert: '' },
      { from: 1, to: 4, insert: 'x' },
    ]);
    expect(made).toMatchObject({ kind: 'refused', code: 'text/overlap', range: { from: 3, to: 6 } });
  });

  it('[T6] a position keeps its character; the side decides where text is put in', () => {
    const changes: ChangeSet = [
      { from: 2, to: 2, insert: 'xy' },
      { from: 4, to: 6, insert: '' },
    ];
    expect([0, 2, 3, 5, 7].map((pos) => mapPos(changes, pos, -1))).toEqual([0, 2, 5, 6, 7]);
    expect([0, 2, 3, 5, 7].map((pos) => mapPos(changes, pos, 1))).toEqual([0, 4, 5, 6, 7]);
    expect(mapRange(changes, { from: 2, to: 4 })).toEqual({ from: 4, to: 6 });
    expect(mapRange([{ from: 2, to: 4, insert: 'longer' }], { from: 2, to: 4 })).toEqual({ from: 2, to: 8 });
  });
});

describe('diffTexts', () => {
  it('[T7] leads from one text to the other', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(applyChanges(before, diffTexts(before, after))).toBe(after);
      }),
    );
  });

  it('[T8] keeps equal lines between two edits', () => {
    expect(diffTexts('a: 1\nb: 2\nc: 3\n', 'a: 9\nb: 2\nc: 7\n')).toEqual([
      { from: 3, to: 4, insert: '9' },
      { from: 13, to: 14, insert: '7' },
    ]);
  });

  it('[T9] cuts no surrogate pair', () => {
    for (const edit of diffTexts('x😀y', 'x😁y')) expect([edit.from, edit.to]).toEqual([1, 3]);
  });
});

describe('lineIndex', () => {
  it('[T10] counts the three line ends, from 1', () => {
    const index = lineIndex('a\r\nb\rc\nd');
    expect([0, 3, 5, 7, 8].map((offset) => index.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ]);
    expect(index.offsetAt(1, 99)).toBe(1);
    expect(index.offsetAt(9, 1)).toBe(8);
  });

  it('[T11] offset to place and back is the same offset, but inside a line end', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, n) => {
        const offset = Math.min(n, text.length);
        const index = lineIndex(text);
        const { line, column } = index.position(offset);
        const insideBreak = text[offset - 1] === '\r' && text[offset] === '\n';
        expect(index.offsetAt(line, column)).toBe(insideBreak ? offset - 1 : offset);
      }),
    );
  });
});
