import { fileId } from '../src/core/base/ids.ts';
import { createEngine } from '../src/core/routing/index.ts';
import type { Proxy, RoutingEngine } from '../src/core/routing/index.ts';
import { createSession } from '../src/core/workspace/index.ts';
import { decisionFigures } from './decisions.ts';
import { atMost, percentile } from './figure.ts';
import type { Figure } from './figure.ts';
import { generateStream } from './generate.ts';

const FILE = fileId('mesh.yaml');

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
  { name: "a Service's port, gateway", words: 'port: 808', proxy: GATEWAY },
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
    ...decisionFigures(),
  ];
}
