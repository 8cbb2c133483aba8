import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument } from '../../yaml/index.ts';
import { matchesWhole } from '../decide/regex.ts';
import { createEngine } from '../index.ts';
import type { Proxy, Request, RuleRef } from '../index.ts';
import { sampleOf } from './sample.ts';
import { asCurl } from './witness.ts';

const object = (apiVersion: string, kind: string, spec: unknown): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name: 'shop', namespace: 'default' }, spec });
const route = [{ destination: { host: 'shop' } }];

function engineFor(http: readonly unknown[]): ReturnType<typeof createEngine> {
  const texts = [
    object('v1', 'Service', { selector: { app: 'shop' }, ports: [{ name: 'http', port: 8080 }] }),
    object('networking.istio.io/v1', 'VirtualService', { hosts: ['shop'], http }),
  ];
  return createEngine(
    assignIds(texts.flatMap((text, i) => readResources(fileId('a'), slotId(`a#${i}`), readDocument(text)))),
  );
}
const client: Proxy = { type: 'sidecar', namespace: 'default' };
const rule = (at: number): RuleRef => ({
  resource: 'VirtualService default/shop' as RuleRef['resource'],
  path: ['spec', 'http', at],
});

describe('the witness of a rule', () => {
  const engine = engineFor([
    { match: [{ uri: { regex: '/users/[0-9]+' }, headers: { x: { exact: '1' } } }], route },
    { match: [{ uri: { prefix: '/a' }, withoutHeaders: { beta: {} } }], route },
    { match: [{ uri: { prefix: '/a/b' }, method: { exact: 'PUT' }, queryParams: { q: { prefix: 'z' } } }], route },
    { match: [{ uri: { prefix: '/c' } }], route },
    { match: [{ uri: { exact: '/c/d' } }], route },
    { match: [{ port: 9 }], route },
  ]);

  it('[witness] fits every condition', () => {
    expect(engine.witness(client, rule(0))).toMatchObject({
      kind: 'request',
      request: { headers: { x: '1' }, port: 8080 },
    });
  });
  it('[witness] goes past rules in front', () => {
    const found = engine.witness(client, rule(2));
    expect(found).toMatchObject({
      kind: 'request',
      request: { path: '/a/b?q=z', method: 'PUT', headers: { beta: 'x' } },
    });
    if (found.kind === 'request') expect(engine.decide(client, found.request).rule).toMatchObject(rule(2));
  });
  it('[witness] names the rule that takes all that ought to reach it', () => {
    expect(engine.witness(client, rule(4))).toMatchObject({ kind: 'eaten', by: rule(3) });
  });
  it('[witness] says where the rule does not exist for the caller', () => {
    expect(engine.witness(client, rule(5)).kind).toBe('unreachable');
  });
  it('[witness] is written as curl', () => {
    expect(asCurl({ port: 8080, host: 'shop', path: "/a?b='c'", method: 'PUT', headers: { x: '1' } })).toBe(
      `curl -X PUT -H 'x: 1' 'http://shop:8080/a?b='\\''c'\\'''`,
    );
    expect(asCurl({ port: 443, protocol: 'https', host: 'a.com' })).toBe('curl https://a.com/');
  });
  it.each([
    '/users/[0-9]+',
    '.*\\.(js|css)',
    '(?i)/admin',
    '/item/\\d{2,3}',
    '/a|/b',
    '[^/]+',
    '(?P<a>x|y)z?',
    '^v[0-9]+$',
    '[[:alpha:]]{3}',
    '\\w+@\\w+',
  ])('[witness] finds a text that %s takes', (pattern) => {
    expect(matchesWhole(pattern, sampleOf(pattern) ?? 'none')).toBe(true);
  });
  it('[bad input] reads any pattern to its end', () => {
    const piece = fc.constantFrom(
      'a',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '3',
      ',',
      '*',
      '+',
      '?',
      '|',
      '\\',
      '^',
      '$',
      '.',
      ':',
      'd',
      '(?i)',
      '[^',
      '[:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const sample = sampleOf(pieces.join(''));
        if (sample !== undefined) expect(matchesWhole(pieces.join(''), sample)).toBe(true);
      }),
    );
  });
});

describe('a rule behind others', () => {
  const at = (http: readonly unknown[]): ReturnType<ReturnType<typeof engineFor>['witness']> =>
    engineFor(http).witness(client, rule(http.length - 1));
  const exact = (match: unknown): unknown => ({ match: [match], route });

  it('[witness] is proven unreached where one rule in front, or several together, take everything', () => {
    expect(at([exact({ uri: { prefix: '/c' } }), exact({ uri: { regex: '/c/[0-9]+' } })])).toMatchObject({
      proven: true,
      why: 'In front of it rule 1 of VirtualService default/shop takes every request that fits it.',
    });
    const halves = [
      exact({ headers: { x: { exact: '1' } } }),
      exact({ withoutHeaders: { x: { exact: '1' } }, headers: { x: {} } }),
      exact({ withoutHeaders: { x: {} } }),
    ];
    expect(at([exact({ uri: { exact: '/z' } }), ...halves, exact({ uri: { prefix: '/c' } })])).toMatchObject({
      proven: true,
      why: 'In front of it rule 2 of VirtualService default/shop, rule 3 of VirtualService default/shop and rule 4 of VirtualService default/shop together take every request that fits it.',
    });
  });
  it('[witness] is found through the narrowest gap', () => {
    expect(
      at([
        exact({ uri: { regex: '/(a|b)*' } }),
        exact({ uri: { regex: '/[a-z]{1,3}' } }),
        exact({ uri: { regex: '/[^-]*' } }),
        exact({ uri: { regex: '/[a-z0-9-]{1,2}' } }),
        exact({ uri: { regex: '/[a-z-]+' } }),
      ]),
    ).toMatchObject({ kind: 'request', request: { path: '/aa-' } });
  });
  it('[witness] is not proven where an expression can not be read', () => {
    const found = at([exact({ uri: { regex: '/\\bx.*' } }), exact({ uri: { regex: '/\\bx.*' } })]);
    expect(found.kind).toBe('eaten');
    expect(found).not.toHaveProperty('proven');
  });

  const uri = fc.oneof(
    fc.constantFrom('/', '/a', '/a/b', '/A', '/b').map((prefix) => ({ prefix })),
    fc.constantFrom('/a', '/b/', '/a/b').map((exact) => ({ exact })),
    fc.constantFrom('/[ab]+', '/a?b?', '/.*', '(?i)/a.*', '/[^a].*|/a', '/\\w{1,2}').map((regex) => ({ regex })),
  );
  const value = fc.constantFrom<unknown>({ exact: 'v' }, { prefix: 'v' }, { regex: 'v|w' }, {});
  const header = fc.option(fc.record({ h: value }), { nil: undefined });
  const match = fc.record({
    uri: fc.option(uri, { nil: undefined }),
    headers: header,
    withoutHeaders: header,
    method: fc.option(fc.constantFrom({ exact: 'GET' }, { regex: 'GET|PUT' }), { nil: undefined }),
    queryParams: fc.option(fc.record({ q: fc.constantFrom<unknown>({ exact: '1' }, { prefix: '' }) }), {
      nil: undefined,
    }),
  });
  const paths = ['/', '/a', '/b', '/A', '/a/b', '/ab', '/abc', '/b/', '/c?q=1', '/a?q=1', '/a?q=2', '/%20'];
  const tries = paths.flatMap((path) =>
    ['GET', 'PUT', 'POST'].flatMap((method) =>
      [undefined, '', 'v', 'vx', 'w', 'x'].map((h): Request => {
        const request = { port: 8080, host: 'shop', path, method };
        return h === undefined ? request : { ...request, headers: { h } };
      }),
    ),
  );
  it('[witness] is proven unreached only if no request reaches it, and found where one does', () => {
    fc.assert(
      fc.property(fc.array(match, { minLength: 2, maxLength: 6 }), (list) => {
        const engine = engineFor(list.map(exact));
        const last = rule(list.length - 1);
        const found = engine.witness(client, last);
        const reached = tries.some((request) => engine.decide(client, request).rule?.path[2] === last.path[2]);
        if (found.kind === 'request') expect(engine.decide(client, found.request).rule?.path).toEqual(last.path);
        else expect(reached).toBe(false);
        if (found.kind === 'eaten') expect(found.proven).toBe(true);
      }),
    );
  });
});

it('[witness] asks by a name that no other virtual host serves', () => {
  const serving = (name: string, host: string): string =>
    JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace: 'default' },
      spec: { hosts: [host], gateways: ['shop'], http: [{ route }] },
    });
  const servers = [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }];
  const texts = [
    object('networking.istio.io/v1', 'Gateway', { selector: { istio: 'gw' }, servers }),
    ...[serving('all', '*'), serving('some', '*.example.com'), serving('one', 'a.com')],
  ];
  const engine = createEngine(
    assignIds(texts.flatMap((text, i) => readResources(fileId('a'), slotId(`a#${i}`), readDocument(text)))),
  );
  const gateway: Proxy = { type: 'gateway', namespace: 'istio-system', labels: { istio: 'gw' } };
  const all = { resource: 'VirtualService default/all' as RuleRef['resource'], path: ['spec', 'http', 0] };
  expect(engine.witness(gateway, all)).toMatchObject({ kind: 'request', request: { host: 'a' } });
});
