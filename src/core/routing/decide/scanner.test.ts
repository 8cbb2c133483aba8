import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalsOf } from './literals.ts';
import { regexOf } from './regex.ts';
import { scannerOf } from './scanner.ts';

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    '/',
    '-',
    '.',
    '.*',
    '.+',
    'a*',
    'b?',
    '[a-c]+',
    '[0-9]*',
    '[^/]+',
    '\\d{1,2}',
    '\\.',
    'a{2}',
    '1',
    '\\w*',
  ],
  ...[
    '(a|b)',
    '(?:ab|c)?',
    '(/[a-z]+)',
    '(',
    ')',
    '|',
    '[',
    ']',
    '?',
    '+',
    '^',
    '$',
    '{',
    '{2,}',
    '\\',
    '(?i)',
    '[]a]',
    '\\b',
  ],
  ...['[^a-z]', '\\D', 'é', '\\x41', '(?P<n>a)', '[a-]', '[\\d/]'],
);
const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', '1', '2', '-', '.', 'A'), maxLength: 10 }),
  fc.string({ unit: fc.constantFrom('a', '/', '\n', 'é', '😀', '1'), maxLength: 5 }),
);

describe('expressions without RE2', () => {
  it('[R-501] takes what RE2 takes, wherever it says something', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 12 }), (written, texts) => {
        const scan = scannerOf(written);
        const regex = regexOf(written);
        if (scan === undefined || regex === undefined) return;
        for (const one of texts) {
          const said = scan(one);
          if (said !== undefined) expect({ written, one, said }).toEqual({ written, one, said: regex.matches(one) });
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['/users/[0-9]+/[a-z]*', '/users/12/ab', '/users/12a/'],
    ['/api/v[0-9]+/shop-7/.*', '/api/v2/shop-7/', '/api/v2/shop-70/'],
    ['.*\\.(js|css)', '/a.js.css', '/a.cs'],
    ['.*(Android|iPhone).*', 'Mozilla (iPhone)', 'Mozilla'],
    ['^/v\\d{1,2}(/.*)?$', '/v12', '/v123'],
    ['.*a.*b', 'xaxbxb', 'xbxa'],
  ])('[R-501] judges %s at a glance', (written, yes, no) => {
    const scan = scannerOf(written);
    expect([scan?.(yes), scan?.(no)]).toEqual([true, false]);
  });

  it.each(['(?i)/a', '/a.*b+', '(a+)+b', '\\x41', '[a-z]*a', '(a|b)*', '[[:alpha:]]', 'a**'])(
    '[R-501] leaves %s to RE2',
    (written) => {
      expect(scannerOf(written)).toBeUndefined();
    },
  );

  it('[R-501] knows text that must be there, and says nothing of what must not', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 12 }), (written, texts) => {
        const { prefix, pieces } = literalsOf(written);
        for (const one of texts) {
          if (regexOf(written)?.matches(one) !== true) continue;
          expect(one.startsWith(prefix)).toBe(true);
          for (const part of pieces) expect(one).toContain(part);
        }
      }),
      { numRuns: 1500 },
    );
    expect(literalsOf('/users/[0-9]+')).toEqual({ prefix: '/users/', pieces: ['/users/'] });
    expect(literalsOf('/v[0-9]+/shop-7/.*')).toEqual({ prefix: '/v', pieces: ['/v', '/shop-7/'] });
    expect(literalsOf('/a|/b').prefix).toBe('');
    expect(literalsOf('/ab*').prefix).toBe('/a');
    expect(literalsOf('(?i)/admin').prefix).toBe('');
    expect(literalsOf('/a[(]|/b').prefix).toBe('');
    expect(literalsOf('/a[]|]b')).toEqual({ prefix: '/a', pieces: ['/a', 'b'] });
  });
});
