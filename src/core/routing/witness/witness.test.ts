import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument } from '../../yaml/index.ts';
import { matchesWhole } from '../decide/regex.ts';
import { createEngine } from '../index.ts';
import type { Proxy, RuleRef } from '../index.ts';
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
