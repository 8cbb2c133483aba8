import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/index.ts';
import { entryAt, readDocument, splitStream } from '../../yaml/index.ts';
import { findAllProblems } from '../index.ts';
import { KIALI_CODES } from './codes.ts';
import type { KialiCode } from './codes.ts';

const object = (kind: string, name: string, spec: string, rest = ''): string =>
  `---\napiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop${rest}}\nspec: {${spec}}\n`;
const TO = 'route: [{destination: {host: web}}]';
const vs = (name: string, spec: string, rest?: string): string => object('VirtualService', name, spec, rest);
const dr = (name: string, spec: string): string => object('DestinationRule', name, spec);
const gateway = (name: string, hosts: string): string =>
  object(
    'Gateway',
    name,
    `selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [${hosts}]}]`,
  );
const entry = (name: string, port: string): string =>
  object('ServiceEntry', name, `hosts: [a.com], resolution: DNS, ports: [${port}]`);
const V1 = 'subsets: [{name: v1, labels: {version: v1}}]';

/** Code, a stream that has it, one near it that has not, and how often it is said. */
const CASES: readonly (readonly [KialiCode, bad: string, good: string, count?: number])[] = [
  [
    'KIA0005',
    vs('a', `hosts: [web], exportTo: ['~'], http: [{${TO}}]`),
    vs('a', `hosts: [web], exportTo: ['.'], http: [{${TO}}]`),
  ],
  [
    'KIA0005',
    `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n${dr('a', `host: web, exportTo: [ghost], ${V1}`)}`,
    dr('a', `host: web, exportTo: [ghost], ${V1}`),
  ],
  [
    'KIA0201',
    dr('a', `host: web, ${V1}`) + dr('b', `host: web, ${V1}`),
    dr('a', `host: web, ${V1}`) + dr('b', `host: web, ${V1.replace('v1', 'v2')}`),
    2,
  ],
  [
    'KIA0201',
    dr('a', `host: '*.shop.svc.cluster.local'`) + dr('b', `host: web, ${V1}`),
    dr('a', `host: '*.shop.com'`) + dr('b', `host: web, ${V1}`),
    2,
  ],
  ['KIA0209', dr('a', 'host: web, subsets: [{name: all}]'), dr('a', `host: web, ${V1}`)],
  [
    'KIA0301',
    gateway('a', "'*.a.com'") + gateway('b', 'x.a.com'),
    gateway('a', "'*.a.com'") + gateway('b', "'*.x.a.com'"),
    2,
  ],
  [
    'KIA1102',
    vs('a', `hosts: [web], http: [{match: [{gateways: [ghost]}], ${TO}}, {${TO}}]`),
    vs('a', `hosts: [web], http: [{match: [{gateways: [mesh]}], ${TO}}, {${TO}}]`),
  ],
  [
    'KIA1104',
    vs('a', 'hosts: [web], http: [{route: [{destination: {host: web}, weight: 30}]}]'),
    vs('a', 'hosts: [web], http: [{route: [{destination: {host: web}, weight: 100}]}]'),
  ],
  [
    'KIA1105',
    vs(
      'a',
      'hosts: [web], http: [{route: [{destination: {host: web}, weight: 30}, {destination: {host: web}, weight: 70}]}]',
    ),
    vs(
      'a',
      'hosts: [web], http: [{route: [{destination: {host: web}, weight: 30}, {destination: {host: api}, weight: 70}]}]',
    ),
  ],
  [
    'KIA1106',
    gateway('g', 'a.com') +
      vs('a', `hosts: [a.com], gateways: [g], http: [{${TO}}]`) +
      vs('b', `hosts: [a.com], gateways: [shop/g], http: [{${TO}}]`),
    gateway('g', 'a.com') +
      gateway('h', 'b.com') +
      vs('a', `hosts: [a.com], gateways: [g], http: [{${TO}}]`) +
      vs('b', `hosts: [a.com], gateways: [h], http: [{${TO}}]`),
    2,
  ],
  [
    'KIA1211',
    entry('a', '{number: 80, name: http, protocol: HTTP}') + entry('b', '{number: 80, name: web, protocol: HTTP}'),
    entry('a', '{number: 80, name: http, protocol: HTTP}') + entry('b', '{number: 81, name: web, protocol: HTTP}'),
    2,
  ],
];

function problemsOf(text: string) {
  const documents = splitStream(text).filter((segment) => segment.kind === 'document');
  const resources = assignIds(
    documents.flatMap((segment, at) => readResources(fileId('a.yaml'), slotId(`${at}`), readDocument(segment.text))),
  );
  return { resources, problems: findAllProblems(resources, buildMesh(resources)) };
}

describe('checks of Kiali', () => {
  it('has a case for every code', () => {
    expect(new Set(CASES.map(([code]) => code))).toEqual(new Set(Object.keys(KIALI_CODES)));
  });

  it.each(CASES.map((one, index) => [`${one[0]} ${index}`, one] as const))('%s', (_, [code, bad, good, count = 1]) => {
    const { problems, resources } = problemsOf(bad);
    const found = problems.filter((problem) => problem.code === code);
    expect(found.map(({ by }) => by)).toEqual(Array.from({ length: count }, () => ['kiali']));
    for (const { source, resource } of found) {
      const document = resources.find(({ id }) => id === resource)?.document;
      expect(document && entryAt(document, source.path)).toBeDefined();
    }
    expect(problemsOf(good).problems.filter((problem) => problem.code === code)).toEqual([]);
  });

  it('says with istioctl what both say of one place', () => {
    const missing = problemsOf(vs('a', `hosts: [a.com], gateways: [ghost], http: [{${TO}}]`)).problems;
    expect(missing.filter(({ code }) => code === 'IST0101').map(({ by }) => by)).toEqual([['istioctl', 'kiali']]);
    const twice = problemsOf(gateway('a', 'a.com') + gateway('b', 'a.com')).problems;
    expect(twice.map(({ code, by }) => [code, by])).toEqual([
      ['IST0145', ['istioctl', 'kiali']],
      ['IST0145', ['istioctl', 'kiali']],
    ]);
    const hosts = problemsOf(
      vs('a', `hosts: [web], http: [{${TO}}]`) + vs('b', `hosts: [web], http: [{${TO}}]`),
    ).problems;
    expect(hosts.filter(({ code }) => code === 'IST0109').map(({ by }) => by)).toEqual([
      ['istioctl', 'kiali'],
      ['istioctl', 'kiali'],
    ]);
  });

  it("minds Kiali's annotation", () => {
    const muted = vs(
      'a',
      `hosts: [web], http: [{match: [{gateways: [ghost]}], ${TO}}, {${TO}}]`,
      ', annotations: {kiali.io/ignore-validations: KIA1102}',
    );
    expect(problemsOf(muted).problems.filter(({ code }) => code === 'KIA1102')).toEqual([]);
    const silent = vs(
      'a',
      `hosts: [a.com], gateways: [ghost], http: [{${TO}}]`,
      ', annotations: {kiali.io/ignore-validations: KIA1102}',
    );
    expect(
      problemsOf(silent)
        .problems.filter(({ code }) => code === 'IST0101')
        .map(({ by }) => by),
    ).toEqual([['istioctl']]);
  });
});
