import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryParameter } from './http-request.ts';

/** As Envoy reads a query, said plainly. */
function plainly(query: string, name: string): string | undefined {
  if (name.includes('=') || name.includes('&')) return undefined;
  for (const part of query.split('&')) {
    if (part === name) return '';
    if (part.startsWith(`${name}=`)) return part.slice(name.length + 1);
  }
  return undefined;
}

describe('a parameter of a query', () => {
  it('is the first one of its name, up to the next `&`', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '=', '&'), maxLength: 8 });
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', '=', '&'), maxLength: 3 }), (query, name) => {
        expect(queryParameter(query, name)).toBe(plainly(query, name));
      }),
    );
  });

  it('is none where there is no query', () => {
    expect(queryParameter(undefined, 'a')).toBeUndefined();
  });
});
