import { fileId } from '../src/core/base/ids.ts';
import type { TextEdit } from '../src/core/text/index.ts';
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
  if (hosts.length < 900 || compiled.clusters.all().length < 2900) throw new Error('The mesh has too few services.');
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

/** An edit that is made over and over: the n-th change. It begins with the generated mesh. */
interface Repeated {
  readonly name: string;
  readonly proxies: readonly Proxy[];
  readonly changes: (text: string) => (n: number) => TextEdit;
}

/** A digit is typed behind some words in the middle of the mesh. */
const typed =
  (words: string): Repeated['changes'] =>
  (text) => {
    const from = text.indexOf(words, text.length / 2) + words.length;
    return (n) => ({ from, to: from + 1, insert: String(n % 10) });
  };

/** Some lines come, and go again: between words with a `|`, where they are met first in the middle of the mesh. */
const toggled =
  (words: string, lines: string): Repeated['changes'] =>
  (text) => {
    const from = text.indexOf(words.replace('|', ''), text.length / 2) + words.indexOf('|');
    return (n) => (n % 2 === 0 ? { from, to: from, insert: lines } : { from, to: from + lines.length, insert: '' });
  };

const VIRTUAL_SERVICE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: added, namespace: team-1}
spec:
  hosts: [added.example.com]
  http:
  - route:
    - destination: {host: shop-1}
---
`;

const BOTH = [SIDECAR, GATEWAY];

const REPEATED: readonly Repeated[] = [
  { name: 'a weight', proxies: BOTH, changes: typed('weight: ') },
  { name: 'a header value', proxies: [SIDECAR], changes: typed('exact: jaso') },
  { name: "a subset's label", proxies: [SIDECAR], changes: typed('labels: {version: v') },
  { name: "a Service's port", proxies: BOTH, changes: typed('port: 808') },
  { name: "a Service's selector", proxies: BOTH, changes: typed('selector:\n    app: shop-') },
  { name: 'a host of a VirtualService', proxies: BOTH, changes: typed('hosts:\n  - shop-') },
  { name: 'an exportTo', proxies: BOTH, changes: toggled('spec:\n|  hosts:\n  - shop-', '  exportTo: ["."]\n') },
  { name: "a Gateway's host", proxies: [GATEWAY], changes: typed('hosts: ["*.team-') },
  { name: 'a VirtualService that comes or goes', proxies: BOTH, changes: toggled('---\n|', VIRTUAL_SERVICE) },
];

/** Milliseconds from a new mesh to a proxy that is compiled as a whole again. */
function compilingAgain({ changes }: Repeated, proxy: Proxy): number {
  const text = generateStream(SERVICES);
  const session = createSession({ files: [{ id: FILE, text }] });
  const change = changes(text);
  let engine = compileWhole(createEngine(session.projection().mesh), proxy);
  const samples = Array.from({ length: 60 }, (_, n) => {
    const step = { origin: 'type', label: 'Type', at: n * 1000 } as const;
    session.transact({ ...step, changes: new Map([[FILE, [change(n)]]]) });
    const { mesh } = session.projection();
    const start = performance.now();
    engine = compileWhole(createEngine(mesh, {}, engine), proxy);
    return performance.now() - start;
  });
  return percentile(samples.slice(10), 0.5);
}

/** A figure for each edit and proxy. */
function editFigures(): readonly Figure[] {
  return REPEATED.flatMap((edit) =>
    edit.proxies.map((proxy) => {
      const name = `routing: after an edit of ${edit.name}, ${proxy.type}, 1,000 services`;
      return atMost(name, compilingAgain(edit, proxy), 'ms', 5);
    }),
  );
}

/** Decisions of which route takes a request, in one virtual host of mixed rules; and how long a mesh takes to compile. */
export function routingFigures(): readonly Figure[] {
  return [
    atMost('routing: 1,000 services compiled for a sidecar', compiling(), 'ms', 500),
    ...editFigures(),
    ...decisionFigures(),
  ];
}
