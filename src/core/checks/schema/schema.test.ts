import { describe, expect, it } from 'vitest';
import raw from './crds.json';
import { durationNs } from '../../istio/duration.ts';
import { schemaProblems } from './index.ts';
import { isJudged } from './rules.ts';

const virtualService = (spec: object): Parameters<typeof schemaProblems>[0] =>
  ({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'reviews' }, spec }) as Parameters<
    typeof schemaProblems
  >[0];
const codes = (spec: object): string[] =>
  schemaProblems(virtualService(spec)).map((problem) => `${problem.code} ${problem.path.join('.')}`);

describe('the schema of the API server', () => {
  it('accepts a plain virtual service', () => {
    expect(codes({ hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' }, weight: 1 }] }] })).toEqual(
      [],
    );
  });
  it('wants a destination', () => {
    expect(codes({ http: [{ route: [{ weight: 1 }] }] })).toEqual(['SCHEMA-REQUIRED spec.http.0.route.0']);
  });
  it('refuses null, other types, unknown fields and values out of range', () => {
    expect(codes({ hosts: null })).toEqual(['SCHEMA-TYPE spec.hosts']);
    expect(codes({ hosts: [true] })).toEqual(['SCHEMA-TYPE spec.hosts.0']);
    expect(codes({ hostz: [] })).toEqual(['SCHEMA-UNKNOWN spec.hostz']);
    expect(codes({ http: [{ mirrorPercent: -1 }] })).toEqual(['SCHEMA-RANGE spec.http.0.mirrorPercent']);
  });
  it('lets a string match be of one sort only', () => {
    expect(codes({ http: [{ match: [{ uri: { exact: '/a', prefix: '/b' } }] }] })).toEqual([
      'SCHEMA-ONE-OF spec.http.0.match.0.uri',
    ]);
  });
  it('judges durations by CEL, below a millisecond too', () => {
    expect(codes({ http: [{ timeout: '0s' }] })).toEqual(['SCHEMA-RULE spec.http.0.timeout']);
    expect(codes({ http: [{ timeout: '1.5ms' }] })).toEqual([]);
    expect(codes({ http: [{ timeout: 'soon' }] })).toEqual(['SCHEMA-RULE spec.http.0.timeout']);
  });
  it('judges every rule of the CRDs but those on URLs, which no routing kind has', () => {
    const rules = [...JSON.stringify(raw).matchAll(/"rules":(\[\[.*?\]\])/g)].flatMap((match) =>
      (JSON.parse(match[1] ?? '[]') as [string, string][]).map(([rule]) => rule),
    );
    expect(rules.length).toBeGreaterThan(30);
    expect([...new Set(rules)].filter((rule) => !isJudged(rule) && !/url\(|isURL\(/.test(rule))).toEqual([]);
  });
});

describe('durations of Go', () => {
  it.each([
    ['1h30m', 5_400_000_000_000n],
    ['1.5s', 1_500_000_000n],
    ['.5s', 500_000_000n],
    ['-2ms', -2_000_000n],
    ['0', 0n],
  ])('reads %s', (text, ns) => expect(durationNs(text)).toBe(ns));
  it.each(['', '1', 's', '1x', '1 s', '.s'])('refuses %s', (text) => expect(durationNs(text)).toBeUndefined());
});
