import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { assignIds, readResources } from '../istio/index.ts';
import type { Resource } from '../istio/index.ts';
import { buildMesh } from '../mesh/index.ts';
import type { Mesh } from '../mesh/types.ts';
import { readDocument } from '../yaml/index.ts';
import { createEngine } from './index.ts';
import type { Proxy, Request, RoutingEngine } from './index.ts';

type Text = string;
const one = fc.constantFrom;
const some = <T>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength: 1, maxLength });
const maybe = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(item, { nil: undefined });

const namespace = one('a', 'b', 'istio-system');
const host = one('x', 'y', 'x.b.svc.cluster.local', 'out.com', '*.out.com', 'free.io', 'api.example.com');
const exportTo = maybe(some(one('*', '.', 'a', 'b'), 2));
const port = one(80, 8080, 443, 5432);
const created = maybe(one('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'));

const destination = fc.record({ host, subset: maybe(one('v1', 'v2')), port: maybe(fc.record({ number: port })) });
const route = some(
  fc.record({
    destination,
    weight: maybe(one(0, 10, 90)),
    headers: maybe(fc.constant({ request: { set: { a: 'b' } } })),
  }),
);
const match = fc.record({
  uri: maybe(one({ prefix: '/a' }, { exact: '/b' }, { regex: '/[a-z]' }, { regex: '(' })),
  headers: maybe(fc.constant({ q: { exact: '1' } })),
  sourceLabels: maybe(one({ app: 'x' }, { app: 'z' })),
  sourceNamespace: maybe(one('a', 'b')),
  gateways: maybe(some(one('mesh', 'a/edge'), 1)),
  port: maybe(port),
});
const http = fc.record({
  name: maybe(one('one', 'two')),
  match: maybe(some(match, 2)),
  route,
  timeout: maybe(one('1s', '2s')),
  mirror: maybe(destination),
  fault: maybe(fc.constant({ abort: { httpStatus: 500, percentage: { value: 50 } } })),
});
const specs = {
  VirtualService: fc.record({
    hosts: fc.oneof({ weight: 6, arbitrary: some(host, 2) }, fc.constant(undefined)),
    gateways: maybe(some(one('mesh', 'edge', 'a/edge', 'b/edge'), 2)),
    exportTo,
    http: maybe(
      some(
        fc.oneof(
          { weight: 5, arbitrary: http },
          fc.record({ delegate: fc.record({ name: one('x', 'y'), namespace }) }),
        ),
      ),
    ),
    tls: maybe(some(fc.record({ match: some(fc.record({ sniHosts: some(host, 1) }), 1), route }), 1)),
    tcp: maybe(some(fc.record({ match: maybe(some(fc.record({ port }), 1)), route }), 1)),
  }),
  DestinationRule: fc.record({
    host,
    exportTo,
    workloadSelector: maybe(fc.constant({ matchLabels: { app: 'x' } })),
    subsets: maybe(some(fc.record({ name: one('v1', 'v2'), labels: one({ version: 'v1' }, { version: 'v2' }) }), 2)),
    trafficPolicy: maybe(
      one(
        { loadBalancer: { consistentHash: { httpHeaderName: 'q' } } },
        { loadBalancer: { simple: 'PASSTHROUGH' } },
        { tls: { mode: 'ISTIO_MUTUAL' } },
        { connectionPool: { tcp: { maxConnections: 5 } } },
        { outlierDetection: {} },
        { outlierDetection: {}, loadBalancer: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } } },
        { outlierDetection: {}, loadBalancer: { localityLbSetting: { failoverPriority: ['version'] } } },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'eu', to: { 'us/*': 90, 'eu/*': 10 } }] } } },
      ),
    ),
  }),
  Gateway: fc.record({
    selector: one({ istio: 'gw' }, { istio: 'other' }),
    servers: some(
      one(
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
        { port: { number: 80, name: 'web', protocol: 'HTTP' }, hosts: ['api.example.com', 'b/*'] },
        { port: { number: 80, name: 'up', protocol: 'HTTP' }, hosts: ['*.out.com'], tls: { httpsRedirect: true } },
        { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls: { mode: 'SIMPLE' } },
        { port: { number: 443, name: 'tls', protocol: 'TLS' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } },
        { port: { number: 8080, name: 'east', protocol: 'TLS' }, hosts: ['*'], tls: { mode: 'AUTO_PASSTHROUGH' } },
        { port: { number: 5432, name: 'tcp', protocol: 'TCP' }, hosts: ['*'] },
      ),
    ),
  }),
  Service: fc.record({
    type: maybe(fc.constant('ClusterIP')),
    clusterIP: maybe(one('None', '10.0.0.9')),
    trafficDistribution: maybe(one('PreferClose', 'PreferSameNode')),
    selector: maybe(one({ app: 'x' }, { app: 'y' })),
    ports: some(fc.record({ port, name: one('http', 'tcp-a', 'web', 'https'), targetPort: maybe(one(7, 'http')) }), 2),
  }),
  ExternalName: fc.record({
    type: fc.constant('ExternalName'),
    externalName: host,
    ports: some(fc.record({ port, name: one('http') }), 1),
  }),
  ServiceEntry: fc.record({
    hosts: some(host, 2),
    addresses: maybe(some(one('10.9.0.0/16', '10.8.0.1'), 2)),
    exportTo,
    ports: some(fc.record({ number: port, name: one('http', 'tcp'), protocol: one('HTTP', 'TCP', 'TLS') }), 2),
    resolution: one('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN'),
    location: one('MESH_INTERNAL', 'MESH_EXTERNAL'),
    endpoints: maybe(
      some(
        fc.record({
          address: one('1.1.1.1', '2.2.2.2', 'else.com'),
          labels: maybe(fc.constant({ version: 'v1' })),
          locality: maybe(one('eu/a', 'us/a')),
        }),
      ),
    ),
    workloadSelector: maybe(fc.constant({ labels: { app: 'x' } })),
  }),
  WorkloadEntry: fc.record({
    address: one('3.3.3.3', '4.4.4.4'),
    labels: one({ app: 'x' }, { app: 'y' }),
    locality: maybe(one('eu/a', 'us/a')),
  }),
  Sidecar: fc.record({
    workloadSelector: maybe(fc.constant({ labels: { app: 'x' } })),
    egress: some(
      fc.record({
        hosts: some(one('*/*', './*', 'b/*', '~/*', 'a/x.a.svc.cluster.local')),
        port: maybe(fc.record({ number: port, protocol: one('HTTP', 'TCP'), name: one('p') })),
      }),
      2,
    ),
    outboundTrafficPolicy: maybe(fc.record({ mode: one('ALLOW_ANY', 'REGISTRY_ONLY') })),
  }),
  PeerAuthentication: fc.record({ mtls: fc.record({ mode: one('STRICT', 'DISABLE') }) }),
  Node: fc.constant({}),
  Pod: fc.record({
    nodeName: maybe(one('x', 'y')),
    containers: fc.constant([{ ports: [{ name: 'http', containerPort: 8 }] }]),
  }),
  Deployment: fc.record({
    replicas: maybe(one(0, 2)),
    template: fc.record({
      metadata: fc.record({
        labels: one<Readonly<Record<string, string>>>(
          { app: 'x', version: 'v1' },
          { app: 'y', version: 'v2' },
          { app: 'x', 'istio-locality': 'us.a' },
        ),
      }),
    }),
  }),
} as const;

const GROUPS: Readonly<Record<string, string>> = {
  Service: 'v1',
  Pod: 'v1',
  Node: 'v1',
  Deployment: 'apps/v1',
  PeerAuthentication: 'security.istio.io/v1',
};

/** A document of some kind, as JSON. */
const document: fc.Arbitrary<Text> = fc.oneof(
  ...Object.entries(specs).map(([name, spec]) => {
    const kind = name === 'ExternalName' ? 'Service' : name;
    const whole = fc.record({
      apiVersion: fc.constant(GROUPS[kind] ?? 'networking.istio.io/v1'),
      kind: fc.constant(kind),
      metadata: fc.record({
        name: kind === 'Gateway' ? fc.constant('edge') : one('x', 'y', 'z'),
        namespace,
        creationTimestamp: created,
        labels: maybe(
          one<Readonly<Record<string, string>>>(
            { app: 'x', version: 'v1' },
            { app: 'y' },
            { app: 'x', 'istio-locality': 'eu.a' },
            { 'topology.kubernetes.io/region': 'eu' },
          ),
        ),
        annotations: maybe(one({ 'networking.istio.io/exportTo': 'b' })),
      }),
      spec,
    });
    return {
      weight: kind === 'VirtualService' ? 4 : kind === 'Service' || kind === 'DestinationRule' ? 2 : 1,
      arbitrary: whole.map((value) => JSON.stringify(value)),
    };
  }),
);

/** A specification of each kind, of which an edit takes a field. */
type Twist = Readonly<Record<string, object>>;
type Edit = {
  readonly at: number;
  readonly text?: Text | undefined;
  readonly insert?: boolean;
  /** Which field of the specification is another one; beyond them all it is the labels. */
  readonly field?: number;
  readonly twist?: Twist;
};
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at: fc.nat(30), field: fc.nat(6), twist: fc.record(specs) }) },
  { weight: 4, arbitrary: fc.record({ at: fc.nat(30), text: document }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(30), text: document, insert: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(30) }) },
);

/** A document with one field of another one of its kind: what is typed most. */
function twisted(text: Text, twist: Twist, field: number): Text {
  // The documents are those that were made above.
  const whole = JSON.parse(text) as { kind: string; metadata: object; spec: object };
  const other = twist[whole.kind] ?? {};
  const key = Object.keys(other)[field];
  if (key === undefined) return JSON.stringify({ ...whole, metadata: { ...whole.metadata, labels: { app: 'y' } } });
  const changed = Object.entries(other).filter(([name]) => name === key);
  return JSON.stringify({ ...whole, spec: { ...whole.spec, ...Object.fromEntries(changed) } });
}

function applied(texts: readonly Text[], { at, text, insert = false, field = 0, twist }: Edit): readonly Text[] {
  const place = at % Math.max(1, texts.length);
  if (twist !== undefined) return texts.map((one, i) => (i === place ? twisted(one, twist, field) : one));
  return [...texts.slice(0, place), ...(text === undefined ? [] : [text]), ...texts.slice(insert ? place : place + 1)];
}

/** Reads documents; with a memory each text is read once, as the workspace does for what did not change. */
function read(texts: readonly Text[], memory = new Map<Text, readonly Resource[]>()): readonly Resource[] {
  return assignIds(
    texts.flatMap((text) => {
      const found = memory.get(text) ?? readResources(fileId('a.yaml'), slotId(`s#${memory.size}`), readDocument(text));
      memory.set(text, found);
      return found;
    }),
  );
}

const PROXIES: readonly Proxy[] = [
  { type: 'gateway', namespace: 'istio-system', labels: { istio: 'gw' } },
  { type: 'sidecar', namespace: 'a', labels: { app: 'x' } },
  { type: 'sidecar', namespace: 'b' },
  { type: 'sidecar', namespace: 'b', labels: { version: 'v1' }, locality: 'eu/a' },
];
const HOSTS = ['x', 'x.b', 'y.a.svc.cluster.local', 'out.com', 'www.out.com', 'free.io', 'api.example.com'];
const REQUESTS: readonly Request[] = [
  ...[80, 8080, 443].flatMap((number) =>
    HOSTS.flatMap((name) => [
      { port: number, host: name, path: '/a' },
      { port: number, host: name, path: '/b', headers: { q: '1' } },
    ]),
  ),
  ...HOSTS.map((name): Request => ({ port: 443, protocol: 'https', host: name, sni: name, path: '/a' })),
  ...HOSTS.map((name): Request => ({ port: 443, protocol: 'tls', host: name, sni: name })),
  ...HOSTS.map((name): Request => ({ port: 5432, protocol: 'tcp', host: name })),
];

/** All that an engine says. Places in text are left out: the two sides read the same text twice. */
function answers(engine: RoutingEngine): unknown {
  return PROXIES.map((proxy) => [
    REQUESTS.map((request) => [engine.decide(proxy, request), engine.explain(proxy, request)]),
    engine.clustersOf(proxy),
  ]);
}

const meshes = fc.array(document, { minLength: 4, maxLength: 20 });
const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

describe('an engine made of the one before an edit', () => {
  it('answers as one made from scratch', () => {
    fc.assert(
      fc.property(meshes, edits, fc.boolean(), (start, list, askBetween) => {
        const memory = new Map<Text, readonly Resource[]>();
        let texts: readonly Text[] = start;
        let engine = createEngine(read(texts, memory));
        answers(engine);
        for (const [i, step] of list.entries()) {
          texts = applied(texts, step);
          engine = createEngine(read(texts, memory), {}, engine);
          if (askBetween || i === list.length - 1) expect(answers(engine)).toEqual(answers(createEngine(read(texts))));
        }
      }),
      { numRuns: Number(process.env['LAWS_RUNS'] ?? 100) },
    );
  });

  it('answers as one made from scratch where services and pods are assumed', () => {
    fc.assert(
      fc.property(meshes, edits, (start, list) => {
        const memory = new Map<Text, readonly Resource[]>();
        let texts: readonly Text[] = start;
        let mesh: Mesh = buildMesh(read(texts, memory));
        let engine = createEngine(mesh);
        answers(engine);
        for (const step of list) {
          texts = applied(texts, step);
          mesh = buildMesh(read(texts, memory), {}, mesh);
          engine = createEngine(mesh, {}, engine);
          expect(answers(engine)).toEqual(answers(createEngine(buildMesh(read(texts)))));
        }
      }),
      { numRuns: Number(process.env['LAWS_RUNS'] ?? 60) },
    );
  });

  it('answers for the mesh of before, when it is asked again', () => {
    fc.assert(
      fc.property(meshes, edit, (start, step) => {
        const memory = new Map<Text, readonly Resource[]>();
        const before = createEngine(read(start, memory));
        const after = createEngine(read(applied(start, step), memory), {}, before);
        answers(after);
        expect(answers(before)).toEqual(answers(createEngine(read(start))));
        expect(answers(after)).toEqual(answers(createEngine(read(applied(start, step)))));
      }),
      { numRuns: Number(process.env['LAWS_RUNS'] ?? 40) },
    );
  });
});

/** A mesh of three services with a VirtualService each; the first one's weight is given. */
function shop(weight: number): readonly Text[] {
  return ['p', 'q', 'r'].flatMap((name) => {
    const metadata = { name, namespace: 'a' };
    const share = name === 'p' ? weight : 10;
    const spec = {
      hosts: [name, `${name}.example.com`],
      gateways: ['mesh', 'edge'],
      http: [
        {
          route: [
            { destination: { host: name }, weight: share },
            { destination: { host: 'r' }, weight: 90 },
          ],
        },
      ],
    };
    return [
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80, name: 'http' }] } }),
      JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec }),
    ];
  });
}

describe('an edit of one weight', () => {
  const edge = {
    selector: { istio: 'gw' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  };
  const gateway = JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'a' },
    spec: edge,
  });
  const memory = new Map<Text, readonly Resource[]>();
  const before = createEngine(read([...shop(10), gateway], memory));
  const proxies = [
    [
      { type: 'gateway', namespace: 'istio-system', labels: { istio: 'gw' } },
      'http.80',
      ['p.a.svc.cluster.local:80', 'p.example.com:80'],
    ],
    [{ type: 'sidecar', namespace: 'a' }, '80', ['p.a.svc.cluster.local:80', 'p.example.com:80']],
  ] as const;

  it.each(proxies)(
    '[identity] leaves all but its own virtual hosts the same objects, and all clusters: %j',
    (proxy, config, names) => {
      const was = before.compiled(proxy);
      const hostsBefore = was.routeConfig(config).virtualHosts;
      const now = createEngine(read([...shop(20), gateway], memory), {}, before).compiled(proxy);
      const changed = now.routeConfig(config).virtualHosts.filter((one) => !hostsBefore.includes(one));
      expect(changed.map(({ name }) => name).sort()).toEqual(names);
      expect(now.scope).toBe(was.scope);
      expect(now.listeners).toBe(was.listeners);
      expect(now.clusters).toBe(was.clusters);
    },
  );
});
