import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { assignIds, readResources } from '../istio/index.ts';
import type { Resource } from '../istio/index.ts';
import { readDocument } from '../yaml/index.ts';
import { createEngine } from './index.ts';
import type { Proxy, Request } from './index.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const object = (apiVersion: string, kind: string, name: string, spec: Json, more: Record<string, Json> = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default', ...more },
  spec,
});
const istio = (kind: string, name: string, spec: Json): Json => object('networking.istio.io/v1', kind, name, spec);

/** A mesh with something of everything. */
const MESH: readonly Json[] = [
  object('v1', 'Service', 'reviews', {
    selector: { app: 'reviews' },
    ports: [
      { name: 'http', port: 9080 },
      { name: 'tcp', port: 5432 },
    ],
  }),
  object('v1', 'Service', 'heads', {
    clusterIP: 'None',
    selector: { app: 'reviews' },
    ports: [{ name: 'web', port: 7000 }],
  }),
  object('v1', 'Service', 'alias', {
    type: 'ExternalName',
    externalName: 'reviews.default.svc.cluster.local',
    ports: [{ name: 'http', port: 9080 }],
  }),
  object(
    'v1',
    'Pod',
    'reviews-1',
    { containers: [{ name: 'a', ports: [{ name: 'p', containerPort: 1 }] }] },
    { labels: { app: 'reviews', version: 'v1' } },
  ),
  istio('Gateway', 'gw', {
    selector: { istio: 'ingressgateway' },
    servers: [
      { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: ['a.com'],
        tls: { mode: 'SIMPLE', credentialName: 'x' },
      },
      { port: { number: 8443, name: 'tls', protocol: 'TLS' }, hosts: ['a.com'], tls: { mode: 'PASSTHROUGH' } },
    ],
  }),
  istio('VirtualService', 'shop', {
    hosts: ['reviews', 'a.com'],
    gateways: ['gw', 'mesh'],
    http: [
      {
        name: 'one',
        match: [
          {
            uri: { regex: '/a/[0-9]+' },
            headers: { x: { exact: '1' } },
            queryParams: { q: { prefix: 'a' } },
            port: 9080,
          },
        ],
        rewrite: { uriRegexRewrite: { match: '(a)', rewrite: '\\1' } },
        fault: {
          abort: { percentage: { value: 50 }, httpStatus: 500 },
          delay: { percentage: { value: 5 }, fixedDelay: '1s' },
        },
        route: [
          { destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } }, weight: 1 },
          { destination: { host: 'nowhere' }, weight: 2 },
        ],
        retries: { attempts: 3, retryOn: '5xx,503', perTryTimeout: '1s' },
        mirrors: [{ destination: { host: 'alias' }, percentage: { value: 10 } }],
        corsPolicy: { allowOrigins: [{ regex: '.*' }], maxAge: '1h' },
      },
      { match: [{ uri: { prefix: '/d' } }], delegate: { name: 'part' } },
      { redirect: { uri: '/x', port: 80, redirectCode: 302 }, headers: { response: { set: { a: '%REQ(b)%' } } } },
    ],
    tls: [{ match: [{ sniHosts: ['a.com'], port: 8443 }], route: [{ destination: { host: 'reviews' } }] }],
    tcp: [{ match: [{ destinationSubnets: ['10.0.0.0/8'] }], route: [{ destination: { host: 'reviews' } }] }],
  }),
  istio('VirtualService', 'part', {
    http: [
      { match: [{ uri: { prefix: '/d/e' } }], route: [{ destination: { host: 'reviews' } }] },
      { delegate: { name: 'part' } },
    ],
  }),
  istio('DestinationRule', 'rule', {
    host: 'reviews',
    trafficPolicy: {
      loadBalancer: { consistentHash: { httpCookie: { name: 'c', ttl: '1s' } } },
      portLevelSettings: [{ port: { number: 9080 }, tls: { mode: 'SIMPLE' } }],
    },
    subsets: [
      {
        name: 'v1',
        labels: { version: 'v1' },
        trafficPolicy: { outlierDetection: { interval: '1s', maxEjectionPercent: 5 } },
      },
    ],
  }),
  istio('ServiceEntry', 'entry', {
    hosts: ['*.ext.com', 'b.com'],
    addresses: ['10.1.0.0/16'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    resolution: 'STATIC',
    endpoints: [{ address: '1.2.3.4', ports: { http: 1 } }],
  }),
  istio('Sidecar', 'scope', {
    egress: [{ port: { number: 9080, protocol: 'HTTP', name: 'a' }, hosts: ['./*', '~default/x'] }, { hosts: ['*/*'] }],
    outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  }),
];

const JUNK: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1e20,
  '',
  '*',
  '(',
  '[',
  'x.y',
  '/',
  '10.0.0.0/99',
  '9999999h',
  'NOT_A_NAME',
  '%',
  [],
  {},
  [null],
  [[]],
  { a: { a: [] } },
  'é\u0000',
];

/** Puts junk in the place that the numbers lead to. */
function spoil(value: Json, way: readonly number[], junk: Json): Json {
  const [first, ...rest] = way;
  if (first === undefined || typeof value !== 'object' || value === null) return junk;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return junk;
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? spoil(item, rest, junk) : item));
  return { ...value, [key]: spoil(value[key] ?? null, rest, junk) };
}

function resourcesOf(objects: readonly Json[]): readonly Resource[] {
  return assignIds(
    objects.flatMap((one, i) => readResources(fileId('a.yaml'), slotId(`a#${i}`), readDocument(JSON.stringify(one)))),
  );
}

const PROXIES: readonly Proxy[] = [
  { type: 'gateway', namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
  { type: 'sidecar', namespace: 'default', labels: { app: 'sleep' } },
];
const REQUESTS: readonly Request[] = [
  { port: 80, host: 'a.com', path: '/a/1?q=a', headers: { x: '1', origin: 'http://a' } },
  { port: 9080, host: 'reviews', path: '/a/1?q=a', headers: { X: '1' }, upstreamStatus: 503 },
  { port: 9080, host: 'reviews', path: '/d/e' },
  { port: 443, protocol: 'https', host: 'a.com', sni: 'a.com' },
  { port: 8443, protocol: 'tls', sni: 'a.com' },
  { port: 5432, protocol: 'tcp', host: 'reviews' },
  { port: 7000, host: 'heads' },
  { port: 80, host: 'x.ext.com' },
];

function probabilities(resources: readonly Resource[]): readonly number[] {
  const engine = createEngine(resources);
  return PROXIES.flatMap((proxy) => {
    engine.clustersOf(proxy);
    return REQUESTS.map((request) => {
      engine.explain(proxy, request);
      return engine.decide(proxy, request).outcomes.reduce((sum, { probability }) => sum + probability, 0);
    });
  });
}

describe('the engine', () => {
  it('[bad input] answers whatever stands in the resources, and outcomes always add up to one', () => {
    const way = fc.array(fc.nat(9), { minLength: 2, maxLength: 9 });
    const faults = fc.array(fc.tuple(fc.nat(MESH.length - 1), way, fc.constantFrom(...JUNK)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(faults, (list) => {
        const objects = [...MESH];
        for (const [at, path, junk] of list) objects[at] = spoil(objects[at] ?? null, path, junk);
        for (const sum of probabilities(resourcesOf(objects))) expect(sum).toBeCloseTo(1, 6);
      }),
    );
  });

  it('[bad input] gives an error, not a route, where RE2 refuses an expression', () => {
    const bad = istio('VirtualService', 'bad', {
      hosts: ['reviews'],
      http: [{ match: [{ uri: { regex: '(' } }], route: [{ destination: { host: 'reviews' } }] }],
    });
    const engine = createEngine(resourcesOf([...MESH.slice(0, 4), bad]));
    const [outcome] = engine.decide(
      { type: 'sidecar', namespace: 'default' },
      { port: 9080, host: 'reviews' },
    ).outcomes;
    expect(outcome?.error).toContain('RE2');
  });

  it('[identity] gives the same decision for the same request object', () => {
    const engine = createEngine(resourcesOf(MESH));
    const proxy: Proxy = { type: 'sidecar', namespace: 'default' };
    const request: Request = { port: 9080, host: 'reviews' };
    expect(engine.decide(proxy, request)).toBe(engine.decide(proxy, request));
    expect(engine.decide({ ...proxy }, { ...request })).toEqual(engine.decide(proxy, request));
  });

  it('[R-607] gives every destination of a split its share', () => {
    const split = istio('VirtualService', 'split', {
      hosts: ['reviews'],
      http: [
        {
          route: [
            { destination: { host: 'reviews' }, weight: 1 },
            { destination: { host: 'heads', port: { number: 7000 } }, weight: 3 },
          ],
        },
      ],
    });
    const engine = createEngine(resourcesOf([...MESH.slice(0, 4), split]));
    const decision = engine.decide({ type: 'sidecar', namespace: 'default' }, { port: 9080, host: 'reviews' });
    expect(decision.outcomes.map(({ probability, destination }) => [destination, probability])).toEqual([
      [0, 0.25],
      [1, 0.75],
    ]);
    expect(decision.rule).toEqual({ resource: 'VirtualService default/split', path: ['spec', 'http', 0] });
  });
});
