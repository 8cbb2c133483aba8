import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepSame } from './keep-same.ts';

it('says what the newer one says, and is the older one where they say the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(keepSame(before, after)).toEqual(after);
      expect(keepSame(before, structuredClone(before))).toBe(before);
    }),
  );
});

it('keeps the parts that did not change', () => {
  const before = { fields: [{ key: 'a', value: 1 }, { key: 'b' }], gone: 1 };
  const after = keepSame(before, { fields: [{ key: 'a', value: 2 }, { key: 'b' }] });
  expect(after).toEqual({ fields: [{ key: 'a', value: 2 }, { key: 'b' }] });
  expect(after.fields[1]).toBe(before.fields[1]);
});
