import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePath } from './path.ts';

describe('a path as Envoy leaves it', () => {
  it.each([
    ['/a/../admin', '/admin'],
    ['/a/b/../../admin', '/admin'],
    ['/a/%2e%2e/admin', '/admin'],
    ['/./admin', '/admin'],
    ['/..', '/'],
    ['/a/..', '/'],
    ['//admin', '//admin'],
    ['/%61dmin', '/admin'],
    ['/x%2fy', '/x%2fy'],
    ['/a\\b', '/a/b'],
    ['/a|b^c', '/a%7Cb%5Ec'],
    ['/x%20y', '/x%20y'],
    ['/x?a=../b', '/x?a=../b'],
    ['/x#y', '/x#y'],
  ])('[R-009] %s is %s', (given, seen) => {
    expect(normalizePath(given)).toBe(seen);
  });

  it('[R-009] made canonical twice is made canonical once', () => {
    const part = fc.constantFrom('a', '..', '.', '', '%61', '%2e', '%2F', 'b c', 'é', '|', '\\', '%zz', ';x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const once = normalizePath(`/${parts.join('/')}`);
        expect(normalizePath(once)).toBe(once);
        expect(once.startsWith('/')).toBe(true);
      }),
    );
  });
});
