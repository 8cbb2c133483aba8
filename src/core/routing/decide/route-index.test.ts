import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_OPS } from '../compile/envoy.ts';
import type { HeaderMatcher, PathMatcher, Route, VirtualHost } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { httpRequest } from './http-request.ts';
import { routeFits } from './match.ts';
import { routeIndexOf } from './route-index.ts';

const paths = [
  '/',
  '/api',
  '/api/',
  '/api/v1',
  '/API/v1',
  '/apix',
  '/users/42',
  '/users/',
  '/item/12',
  '/admin',
  '/a.js',
  '/b',
];
const regexes = [
  '/users/[0-9]+',
  '/api/?.*',
  '(?i)/admin',
  '.*\\.(js|css)',
  '/a|/b',
  '/item/\\d{2,3}',
  '/ap*i',
  '^/api$',
  '/item/1{1,2}',
  '/[a-z]+/v[0-9]+',
  '/[a-z]+/api.*',
];
const values = ['a', 'b', 'true', ''];

const stringMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.constantFrom(...values).map((value): StringMatch => ({ kind: 'exact', value })),
  fc.constantFrom(...values).map((value): StringMatch => ({ kind: 'prefix', value })),
  fc.constantFrom('a|b', '.*', 't.*').map((value): StringMatch => ({ kind: 'regex', value })),
  fc.constant<StringMatch>({ kind: 'present' }),
);
const header: fc.Arbitrary<HeaderMatcher> = fc.record({
  name: fc.constantFrom('x-user', 'x-canary', ':method', ':authority'),
  match: stringMatch,
  invert: fc.boolean(),
  missingIsEmpty: fc.boolean(),
});
const path: fc.Arbitrary<PathMatcher> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('exact' as const, 'prefix' as const),
    value: fc.constantFrom('', ...paths),
    ignoreCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('regex' as const), value: fc.constantFrom(...regexes), ignoreCase: fc.boolean() }),
);
const route: fc.Arbitrary<Route> = fc
  .record({
    path,
    headers: fc.array(header, { maxLength: 2 }),
    query: fc.array(fc.record({ name: fc.constantFrom('q', 'v'), match: stringMatch }), { maxLength: 1 }),
    claims: fc.constantFrom([], [], [], [{ name: '@request.auth.claims.a', invert: true }]),
  })
  .map((conditions) => ({
    ...conditions,
    name: '',
    config: '',
    rule: undefined,
    root: undefined,
    action: { kind: 'direct', status: 200, body: '' } as const,
    fault: undefined,
    cors: undefined,
    request: NO_OPS,
    response: NO_OPS,
  }));
const request = fc
  .record({
    port: fc.constant(80),
    method: fc.constantFrom('GET', 'POST'),
    host: fc.constantFrom('a', 'b', 'shop.example.com'),
    path: fc.tuple(fc.constantFrom(...paths), fc.constantFrom('', '?q=a', '?v=true&q')).map(([p, q]) => p + q),
    headers: fc.dictionary(fc.constantFrom('x-user', 'X-Canary'), fc.constantFrom(...values), { maxKeys: 2 }),
  })
  .map((r) => httpRequest(r, false));

const hostOf = (routes: readonly Route[]): VirtualHost => ({
  name: 'host',
  domains: ['*'],
  routes,
  requireTls: false,
  sources: [],
  ignored: [],
});

describe('the index of routes', () => {
  it('[R-501] finds the same route as looking at one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(route, { maxLength: 12 }),
        fc.array(request, { minLength: 1, maxLength: 6 }),
        (routes, requests) => {
          const host = hostOf(routes);
          for (const one of requests)
            expect(routeIndexOf(host).find(one)).toBe(routes.find((candidate) => routeFits(candidate, one)));
        },
      ),
    );
  });
});
