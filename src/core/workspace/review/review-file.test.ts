import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOKINFO, EXTERNAL, GATEWAY } from '../testing/bookinfo.ts';
import { reviewText } from './review-file.ts';
import type { ReviewPart } from './types.ts';

const told = (parts: readonly ReviewPart[]) =>
  parts.map(({ title, kind, lines }) => [
    `${kind} ${title}`,
    ...lines
      .filter((line) => line.kind !== 'same')
      .map((line) => ({ added: '+', removed: '-', gap: '…', same: ' ' })[line.kind] + line.text),
  ]);

describe('what changed in a file', () => {
  it('is told by the resource it is in, with the lines around it', () => {
    const parts = reviewText(
      BOOKINFO,
      BOOKINFO.replace('weight: 60', 'weight: 50').replace('weight: 40', 'weight: 50'),
    );
    expect(told(parts)).toEqual([
      [
        'changed VirtualService default/reviews',
        '-      weight: 60',
        '+      weight: 50',
        '-      weight: 40',
        '+      weight: 50',
      ],
    ]);
    expect(parts[0]).toMatchObject({ added: 2, removed: 2, more: 0 });
    expect(parts[0]?.lines.find((line) => line.kind === 'added')).toMatchObject({ after: 21 });
  });

  it('says what was added and removed, each from its marker on', () => {
    const added = GATEWAY.replace('name: bookinfo', 'name: edge');
    expect(told(reviewText(BOOKINFO, BOOKINFO.replace(GATEWAY, `${added}---\n${GATEWAY}`)))).toEqual([
      [
        'added Gateway default/edge',
        '+---',
        ...added
          .trimEnd()
          .split('\n')
          .map((line) => `+${line}`),
      ],
    ]);
    expect(told(reviewText(BOOKINFO, BOOKINFO.replace(`---\n${EXTERNAL}`, '')))[0]?.[0]).toBe(
      'removed ServiceEntry default/api',
    );
  });

  it('parts what lies far apart by a gap', () => {
    const text = BOOKINFO.replace('  name: reviews\nspec:\n  hosts', '  name: reviews # x\nspec:\n  hosts').replace(
      'weight: 40',
      'weight: 41',
    );
    expect(told(reviewText(BOOKINFO, text))[0]).toContain('…');
  });

  it('is nothing for the same text, and finds every line that differs', () => {
    expect(reviewText(BOOKINFO, BOOKINFO)).toEqual([]);
    const lines = fc.array(fc.constantFrom('kind: A', 'x: 1', '---', '# y'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const parts = reviewText(before.join('\n'), after.join('\n'));
        const sum = parts.reduce((count, part) => count + part.added - part.removed, 0);
        expect(sum).toBe(Math.max(after.length, 1) - Math.max(before.length, 1));
      }),
    );
  });
});
