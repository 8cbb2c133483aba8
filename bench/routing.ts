import { fileId } from '../src/core/base/ids.ts';
import { NO_OPS } from '../src/core/routing/compile/envoy.ts';
import type { Route, VirtualHost } from '../src/core/routing/compile/envoy.ts';
import { httpRequest } from '../src/core/routing/decide/http-request.ts';
import { routeIndexOf } from '../src/core/routing/decide/route-index.ts';
import { createEngine } from '../src/core/routing/index.ts';
import type { Proxy, RoutingEngine } from '../src/core/routing/index.ts';
import { createSession } from '../src/core/workspace/index.ts';
import { atLeast, atMost, percentile } from './figure.ts';
import type { Figure } from './figure.ts';
import { generateStream } from './generate.ts';

const FILE = fileId('mesh.yaml');

/** A repeatable sequence of numbers from 0 to 1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Routes of one virtual host: a quarter each exact, prefix, RE2 and prefix with a header. */
function routesOf(count: number): readonly Route[] {
  return Array.from({ length: count }, (_, n) => {
    const kind = n % 4;
    const value = kind === 0 ? `/exact/${n}` : kind === 2 ? `/re/${n}/[0-9]+/[a-z]*` : `/prefix/${n}/`;
    const header = {
      name: 'x-canary',
      match: { kind: 'exact', value: `v${n % 7}` },
      invert: false,
      missingIsEmpty: false,
    } as const;
    return {
      name: `rule-${n}`,
      config: '',
      rule: undefined,
      root: undefined,
      path: { kind: kind === 0 ? 'exact' : kind === 2 ? 'regex' : 'prefix', value, ignoreCase: false },
      headers: kind === 3 ? [header] : [],
      query: [],
      claims: [],
      action: { kind: 'direct', status: 200, body: '' },
      fault: undefined,
      cors: undefined,
      request: NO_OPS,
      response: NO_OPS,
    };
  });
}

/** Requests of which each fits some rule, all rules about equally often. */
function requestsOf(count: number, total: number): readonly ReturnType<typeof httpRequest>[] {
  const random = sequence(7);
  return Array.from({ length: total }, () => {
    const n = Math.floor(random() * count);
    const kind = n % 4;
    const path =
      kind === 0 ? `/exact/${n}` : kind === 2 ? `/re/${n}/${Math.floor(random() * 100)}/abc` : `/prefix/${n}/x`;
    return httpRequest(
      { port: 80, host: 'shop', path, headers: kind === 3 ? { 'x-canary': `v${n % 7}` } : { accept: '*/*' } },
      false,
    );
  });
}

function decisionsPerSecond(count: number): number {
  const host: VirtualHost = {
    name: 'shop:80',
    domains: ['shop'],
    routes: routesOf(count),
    requireTls: false,
    sources: [],
    ignored: [],
  };
  const index = routeIndexOf(host);
  const requests = requestsOf(count, 20_000);
  let hits = 0;
  const round = (): void => {
    for (const request of requests) if (index.find(request) !== undefined) hits += 1;
  };
  for (let n = 0; n < 5; n += 1) round();
  const samples: number[] = [];
  for (let n = 0; n < 15; n += 1) {
    const start = performance.now();
    round();
    samples.push(requests.length / ((performance.now() - start) / 1000));
  }
  if (hits !== requests.length * 20) throw new Error('A request found no route: the bench measures something else.');
  return samples.sort((a, b) => b - a)[7] ?? 0;
}

const SIDECAR: Proxy = { type: 'sidecar', namespace: 'team-1', labels: {} };
const GATEWAY: Proxy = { type: 'gateway', namespace: 'istio-system', labels: { istio: 'ingressgateway' } };

/** Everything that a proxy gets: listeners, the routes of its port, and all clusters. */
function compileWhole(engine: RoutingEngine, proxy: Proxy): RoutingEngine {
  const compiled = engine.compiled(proxy);
  const hosts = compiled.routeConfig(proxy.type === 'gateway' ? 'http.80' : '8080').virtualHosts;
  if (hosts.length < 1000 || compiled.clusters.all().length < 3000) throw new Error('The mesh has too few services.');
  return engine;
}

/** A mesh of 1,000 services: about 3,000 resources. */
const SERVICES = 3100;

/** Milliseconds from a mesh that nobody saw before to a proxy that is compiled as a whole. */
function compiling(): number {
  const samples = Array.from({ length: 5 }, () => {
    const { mesh } = createSession({ files: [{ id: FILE, text: generateStream(SERVICES) }] }).projection();
    const start = performance.now();
    compileWhole(createEngine(mesh), SIDECAR);
    return performance.now() - start;
  });
  return percentile(samples, 0.5);
}

/** An edit that is typed over and over in the middle of the mesh: the character after `words`. */
interface Typed {
  readonly name: string;
  readonly words: string;
  readonly proxy: Proxy;
}

const TYPED: readonly Typed[] = [
  { name: 'a weight, sidecar', words: 'weight: ', proxy: SIDECAR },
  { name: 'a weight, gateway', words: 'weight: ', proxy: GATEWAY },
  { name: 'a header value, sidecar', words: 'exact: jaso', proxy: SIDECAR },
  { name: "a subset's label, sidecar", words: 'labels: {version: v', proxy: SIDECAR },
  { name: "a Service's port, sidecar", words: 'port: 808', proxy: SIDECAR },
];

/** Milliseconds from a new mesh to a proxy that is compiled as a whole again. */
function compilingAgain({ words, proxy }: Typed): number {
  const text = generateStream(SERVICES);
  const session = createSession({ files: [{ id: FILE, text }] });
  const at = text.indexOf(words, text.length / 2) + words.length;
  let engine = compileWhole(createEngine(session.projection().mesh), proxy);
  const samples = Array.from({ length: 60 }, (_, n) => {
    const change = { from: at, to: at + 1, insert: String(n % 10) };
    const step = { origin: 'type', label: 'Type', at: n * 1000 } as const;
    session.transact({ ...step, changes: new Map([[FILE, [change]]]) });
    const { mesh } = session.projection();
    const start = performance.now();
    engine = compileWhole(createEngine(mesh, {}, engine), proxy);
    return performance.now() - start;
  });
  return percentile(samples.slice(10), 0.5);
}

/** Decisions of which route takes a request, in one virtual host of mixed rules; and how long a mesh takes to compile. */
export function routingFigures(): readonly Figure[] {
  return [
    atMost('routing: 1,000 services compiled for a sidecar', compiling(), 'ms', 500),
    ...TYPED.map((typed) =>
      atMost(`routing: after an edit of ${typed.name}, 1,000 services`, compilingAgain(typed), 'ms', 5),
    ),
    atLeast('routing: decisions, 100 rules in one host', decisionsPerSecond(100), '/s', 1_500_000),
    atLeast('routing: decisions, 1,000 rules in one host', decisionsPerSecond(1_000), '/s', 1_000_000),
    atLeast('routing: decisions, 10,000 rules in one host', decisionsPerSecond(10_000), '/s', 400_000),
  ];
}
