import { describe, expect, it } from 'vitest';
import { buildGraph, idAt, sourceOf } from './index.ts';
import { meshOf } from './testing/mesh-of.ts';
import type { Graph, GraphNode, RuleRow } from './types.ts';
import { slotId } from '../base/ids.ts';

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: c}}
`;
const rules = (http: string, more = ''): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  ${more}
  http:
${http}
`;
const SUBSETS = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews}
spec:
  host: reviews
  trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
`;
const SPLIT = `
  - match: [{uri: {prefix: /api}, headers: {end-user: {exact: jason}}}]
    route: [{destination: {host: reviews, subset: v2}}]
  - route:
    - {destination: {host: reviews, subset: v1}, weight: 6}
    - {destination: {host: reviews, subset: v2}, weight: 3}
    - {destination: {host: reviews, subset: v9}, weight: 0}
`;
const stream = (...documents: string[]): string => documents.join('\n---\n');
const graphOf = (...documents: string[]): Graph => buildGraph(meshOf(stream(...documents)));
const nodeOf = (graph: Graph, name: string): GraphNode | undefined => graph.nodes.find((node) => node.name === name);
const rulesOf = (graph: Graph, name: string): RuleRow[] =>
  (nodeOf(graph, name)?.rows ?? []).filter((row) => row.kind === 'rule');
const restOf = (graph: Graph): string | undefined => {
  const row = nodeOf(graph, 'VirtualService default/reviews')?.rows.find(({ kind }) => kind === 'rest');
  return row?.kind === 'rest' ? `${row.outcome}: ${row.label}` : undefined;
};

describe('the graph', () => {
  it('names nodes and rows after their resources', () => {
    const graph = graphOf(GATEWAY, rules(SPLIT), SUBSETS);
    const names = graph.nodes.flatMap((node) => [node.name, ...node.rows.map((row) => row.name)]);
    expect(names).toEqual([
      'Caller Internet',
      'Caller default/any workload',
      'Gateway default/edge',
      'Server 80-http of Gateway default/edge',
      'Server 443-https of Gateway default/edge',
      'VirtualService default/reviews',
      'Rule 1 of VirtualService default/reviews',
      'Rule 2 of VirtualService default/reviews',
      'Service default/reviews',
      'Subset default/reviews v1',
      'Subset default/reviews v2',
      'Subset default/reviews v9',
    ]);
  });

  it('counts shares as Istio does: weight over sum, a single destination takes all, no weight takes nothing', () => {
    const [first, second] = rulesOf(graphOf(rules(SPLIT), SUBSETS), 'VirtualService default/reviews');
    expect(first?.destinations.map(({ share }) => share)).toEqual([1]);
    expect(second?.destinations.map(({ share }) => share)).toEqual([6 / 9, 3 / 9, 0]);
    expect(second?.destinations.map(({ hue, missing }) => [hue, missing])).toEqual([
      [0, false],
      [1, false],
      [2, true],
    ]);
  });

  it('says what a rule matches and does in short texts', () => {
    const [first, second] = rulesOf(graphOf(rules(SPLIT), SUBSETS), 'VirtualService default/reviews');
    expect(first?.matches).toEqual(['/api* · end-user: jason']);
    expect(first?.target).toBe('→ v2');
    expect(second?.matches).toEqual([]);
    expect(second?.target).toBe('');
  });

  it.each([
    ['a redirect', '  - {redirect: {uri: /x}}', ['redirect'], '→ 301 /x'],
    ['a direct response', '  - {directResponse: {status: 503}}', ['503 direct response'], '→ 503'],
    ['a timeout', '  - {timeout: 5s, route: [{destination: {host: reviews}}]}', ['timeout 5s'], '→ reviews'],
    [
      'no retries',
      '  - {retries: {attempts: 0}, route: [{destination: {host: reviews}}]}',
      ['no retries'],
      '→ reviews',
    ],
    [
      'a mirror',
      '  - {mirror: {host: b}, mirrorPercentage: {value: 10}, route: [{destination: {host: b}}]}',
      ['mirror 10 %'],
      '→ b',
    ],
    [
      'a fault',
      '  - {fault: {abort: {httpStatus: 500, percentage: {value: 0.5}}}, route: [{destination: {host: b}}]}',
      ['abort 500 0.5 %'],
      '→ b',
    ],
    ['nothing at all', '  - {name: empty}', [], '→ nowhere'],
  ])('shows %s', (_, http, chips, target) => {
    const [rule] = rulesOf(graphOf(rules(http)), 'VirtualService default/reviews');
    expect([rule?.chips, rule?.target]).toEqual([chips, target]);
  });

  it('marks what a catch-all above it keeps from ever being reached', () => {
    const graph = graphOf(
      rules(
        '  - {route: [{destination: {host: a}}]}\n  - {match: [{uri: {exact: /x}}], route: [{destination: {host: b}}]}',
      ),
    );
    expect(rulesOf(graph, 'VirtualService default/reviews')[1]?.chips).toContain('never reached');
  });

  it.each([
    ['a rule takes everything', '  - {route: [{destination: {host: reviews}}]}', '', undefined],
    [
      'rules match some paths',
      '  - {match: [{uri: {exact: /x}}], route: [{destination: {host: reviews}}]}',
      '',
      'notFound: 404',
    ],
    [
      'rules are for other sources',
      '  - {match: [{sourceLabels: {a: b}}], route: [{destination: {host: reviews}}]}',
      '',
      'service: the service itself',
    ],
    ['there is no rule at all', '    []', '', 'service: the service itself'],
    ['there is no rule at a gateway', '    []', 'gateways: [edge]', 'notFound: 404'],
  ])('ends with what becomes of everything else: %s', (_, http, more, rest) => {
    expect(restOf(graphOf(GATEWAY, rules(http, more)))).toBe(rest);
  });

  it('binds the servers that let the hosts in, and draws a missing gateway as a ghost', () => {
    const graph = graphOf(GATEWAY, rules('  - {route: [{destination: {host: reviews}}]}', 'gateways: [edge, nowhere]'));
    const binds = graph.edges.filter(({ kind }) => kind === 'bind');
    expect(binds.map(({ from, missing }) => [from.row ?? from.node, missing])).toEqual([
      ['d0/server/80-http', false],
      ['ghost/Gateway default/nowhere', true],
    ]);
    expect(nodeOf(graph, 'Missing Gateway default/nowhere')?.note).toBe('no such gateway');
  });

  it('gives a namespace one caller, and each source that rules ask for its own', () => {
    const http = '  - {match: [{sourceLabels: {app: web}}], route: [{destination: {host: reviews}}]}';
    const graph = graphOf(rules(http));
    expect(graph.nodes.filter(({ kind }) => kind === 'caller').map(({ title }) => title)).toEqual([
      'web',
      'any workload',
    ]);
  });

  it('shows the policy that holds for a subset: its own, else the whole host’s', () => {
    const rows = nodeOf(graphOf(rules(SPLIT), SUBSETS), 'Service default/reviews')?.rows ?? [];
    expect(rows.map((row) => row.kind === 'subset' && [row.policy, row.missing])).toEqual([
      ['least request', false],
      ['round robin', false],
      [undefined, true],
    ]);
  });

  it('gives edges that end at nodes and rows that are there', () => {
    const graph = graphOf(GATEWAY, rules(SPLIT, 'gateways: [mesh, edge, gone]'), SUBSETS);
    const rows = new Set(graph.nodes.flatMap((node) => node.rows.map((row) => `${node.id} ${row.id}`)));
    const nodes = new Set(graph.nodes.map(({ id }) => id));
    for (const { from, to } of graph.edges) {
      for (const { node, row } of [from, to]) {
        expect(nodes).toContain(node);
        if (row !== undefined) expect(rows).toContain(`${node} ${row}`);
      }
    }
    expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
  });
});

describe('a caller that a Scenario names', () => {
  const scenario = (url: string): string => `
apiVersion: meshwright/v1
kind: Scenario
metadata: {name: traffic}
spec:
  callers: [{name: sleep, labels: {app: sleep}, requests: [{url: "${url}"}]}]
`;
  const called = (url: string, ...texts: readonly string[]): readonly string[] => {
    const graph = graphOf(scenario(url), ...texts);
    const caller = graph.nodes.find(({ title }) => title === 'sleep')?.id;
    const name = new Map(graph.nodes.map((node) => [node.id, node.name]));
    return graph.edges.filter(({ from }) => from.node === caller).map(({ to }) => name.get(to.node) ?? '');
  };
  const tls = rules('', '').replace(
    '  http:\n',
    '  tls: [{match: [{sniHosts: [reviews]}], route: [{destination: {host: reviews}}]}]\n',
  );

  it('is joined to the VirtualService for the host', () => {
    expect(called('http://reviews/', rules(SPLIT))).toEqual(['VirtualService default/reviews']);
    expect(called('tls://reviews:443', tls)).toEqual(['VirtualService default/reviews']);
  });

  it('is joined to the host itself by a connection for which the VirtualService has no rules', () => {
    expect(called('tls://reviews:443', rules(SPLIT))).toEqual(['Service default/reviews']);
    expect(called('tcp://reviews:443', tls)).toEqual(['Service default/reviews']);
  });
});

describe('between text and graph', () => {
  const graph = graphOf(GATEWAY, rules(SPLIT), SUBSETS);
  const names = new Map<string, string>();
  for (const node of graph.nodes) {
    names.set(node.id, node.name);
    for (const row of node.rows) {
      names.set(row.id, row.name);
      if (row.kind === 'rule') row.destinations.forEach(({ id, label }) => names.set(id, label));
    }
  }
  const nameAt = (slot: string, ...path: (string | number)[]): string | undefined =>
    names.get(idAt(graph, slotId(slot), path) ?? '');

  it('the deepest thing that a place belongs to is found', () => {
    expect(nameAt('d1', 'spec', 'http', 1, 'route', 1, 'weight')).toBe('reviews v2');
    expect(nameAt('d1', 'spec', 'http', 0, 'match', 0)).toBe('Rule 1 of VirtualService default/reviews');
    expect(nameAt('d1', 'metadata', 'name')).toBe('VirtualService default/reviews');
    expect(nameAt('d0', 'spec', 'servers', 1, 'tls')).toBe('Server 443-https of Gateway default/edge');
    expect(nameAt('d2', 'spec', 'subsets', 1, 'labels')).toBe('Subset default/reviews v2');
    expect(nameAt('d2', 'spec', 'trafficPolicy')).toBe('Service default/reviews');
    expect(nameAt('elsewhere', 'spec')).toBeUndefined();
  });

  it('everything with a text leads back to it', () => {
    for (const node of graph.nodes) {
      for (const row of node.rows) expect(sourceOf(graph, row.id)).toEqual(row.source);
      if (node.source) expect(sourceOf(graph, node.id)).toEqual(node.source);
    }
  });
});
