import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretchBetween, withStretch } from './stretch.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀'), maxLength: 30 });

describe('a stretch', () => {
  it('gives the later text of the earlier one, of itself, and of what was between the two', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const stretch = stretchBetween(before, after);
        expect(withStretch(before, stretch)).toBe(after);
        expect(withStretch(after, stretch)).toBe(after);
        const { from, insert, behind } = stretch;
        for (let typed = 0; typed <= insert.length; typed += 1) {
          const half = after.slice(0, from + typed) + before.slice(before.length - behind);
          expect(withStretch(half, stretch)).toBe(after);
        }
      }),
    );
  });

  it('fits no text that is another one elsewhere', () => {
    const stretch = stretchBetween('one two three', 'one 2 three');
    expect(withStretch('One two three', stretch)).toBeUndefined();
    expect(withStretch('one two free', stretch)).toBeUndefined();
    expect(withStretch('one', stretch)).toBeUndefined();
  });
});
