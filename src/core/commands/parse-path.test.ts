import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath } from './parse-path.ts';

const path = (text: string) => {
  const result = parsePath(text);
  return result.kind === 'ok' ? result.value : result.code;
};

describe('parsePath', () => {
  it.each([
    ['spec', ['spec']],
    ['spec.http[0].route[1].weight', ['spec', 'http', 0, 'route', 1, 'weight']],
    ['metadata.labels."app.kubernetes.io/name"', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ["metadata.labels.'a.b'.c", ['metadata', 'labels', 'a.b', 'c']],
    ['metadata.labels["a.b"]', ['metadata', 'labels', 'a.b']],
    ['spec.portLevelMtls.9090.mode', ['spec', 'portLevelMtls', '9090', 'mode']],
    ['"a\\"b".c', ['a"b', 'c']],
    ['a[0][1]', ['a', 0, 1]],
  ])('reads %s', (text, expected) => {
    expect(path(text)).toEqual(expected);
  });

  it.each(['', '.', 'a..b', '.a', 'a.', 'a[', 'a[x]', 'a.[0]', 'a"b"', 'a[0]b', '"a', 'a["b"', 'a."b"]'])(
    'refuses %s',
    (text) => {
      expect(path(text)).toBe('BAD_PATH');
    },
  );

  it('reads every path that is written with quoted keys', () => {
    const step = fc.oneof(fc.nat(20), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(step), (first, rest) => {
        const quoted = (key: string) => `"${key.replace(/["\\]/g, '\\$&')}"`;
        const text = rest.map((one) => (typeof one === 'number' ? `[${one}]` : `.${quoted(one)}`)).join('');
        expect(path(quoted(first) + text)).toEqual([first, ...rest]);
      }),
    );
  });
});
