import { fileId, resourceId, slotId } from '../../../core/base/ids.ts';
import type {
  GraphDestination,
  GraphEdge,
  GraphNode,
  NodeId,
  Point,
  RuleRow,
  SubsetRow,
} from '../../../core/graph/types.ts';
import type { SourceRef } from '../../../core/istio/types.ts';

const sourceAt = (...path: (string | number)[]): SourceRef => ({ file: fileId('mesh.yaml'), slot: slotId('1'), path });

/** The host of a service in namespace default. */
export const hostOf = (name: string): string => `${name}.default.svc.cluster.local`;

/** A destination of a rule, for tests. */
export function destination(name: string, subset: string, weight: number, share: number): GraphDestination {
  return {
    id: `${name} ${subset}`,
    label: subset,
    host: hostOf(name),
    subset,
    weight,
    share,
    hue: 0,
    missing: false,
    source: sourceAt('spec', 'http', 0, 'route', 0),
  };
}

/** A rule of a VirtualService, for tests. */
export function rule(owner: string, number: number, destinations: readonly GraphDestination[]): RuleRow {
  return {
    kind: 'rule',
    id: `${owner} rule ${String(number)}`,
    name: `Rule ${String(number)} of VirtualService default/${owner}`,
    protocol: 'http',
    number,
    matches: [],
    destinations,
    chips: [],
    target: '',
    source: sourceAt('spec', 'http', number - 1),
  };
}

const subset = (service: string, title: string): SubsetRow => ({
  kind: 'subset',
  id: `${service} ${title}`,
  name: `Subset default/${service} ${title}`,
  title,
  hue: 0,
  missing: false,
  pods: 1,
});
const common = { subtitle: '', stale: false, assumed: false };

/** A small mesh: a caller, a virtual service with two rules, two services, one of them reached by no rule. */
export function smallGraph(): {
  nodes: Map<NodeId, GraphNode>;
  edges: Map<string, GraphEdge>;
  positions: Map<NodeId, Point>;
} {
  const reviews = [
    rule('reviews', 1, [destination('reviews', 'v2', 1, 1)]),
    rule('reviews', 2, [destination('reviews', 'v1', 60, 0.6), destination('reviews', 'v2', 40, 0.4)]),
  ];
  const nodes: GraphNode[] = [
    {
      ...common,
      id: 'caller',
      kind: 'caller',
      column: 'callers',
      name: 'Caller web',
      title: 'web',
      rows: [],
      caller: { kind: 'workload', namespace: 'default', labels: {} },
    },
    {
      ...common,
      id: 'vs',
      kind: 'virtualService',
      column: 'virtualServices',
      name: 'VirtualService default/reviews',
      title: 'reviews',
      rows: reviews,
      resource: resourceId('VirtualService default/reviews'),
    },
    {
      ...common,
      id: 'svc',
      kind: 'service',
      column: 'services',
      name: 'Service default/reviews',
      title: 'reviews',
      rows: [subset('reviews', 'v1'), subset('reviews', 'v2'), subset('reviews', 'v3')],
      host: hostOf('reviews'),
    },
    {
      ...common,
      id: 'other',
      kind: 'service',
      column: 'services',
      name: 'Service default/other',
      title: 'other',
      rows: [],
      host: hostOf('other'),
    },
  ];
  const edge = (id: string, from: GraphEdge['from'], to: GraphEdge['to'], share?: number): GraphEdge => ({
    id,
    kind: share === undefined ? 'enter' : 'route',
    from,
    to,
    share,
    hue: 0,
    missing: false,
  });
  const edges = [
    edge('enter', { node: 'caller' }, { node: 'vs' }),
    edge('one', { node: 'vs', row: 'reviews rule 1' }, { node: 'svc', row: 'reviews v2' }, 1),
    edge('two', { node: 'vs', row: 'reviews rule 2' }, { node: 'svc', row: 'reviews v1' }, 0.6),
    edge('three', { node: 'vs', row: 'reviews rule 2' }, { node: 'svc', row: 'reviews v2' }, 0.4),
  ];
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(edges.map((each) => [each.id, each])),
    positions: new Map([
      ['caller', { x: 0, y: 0 }],
      ['vs', { x: 416, y: 0 }],
      ['svc', { x: 792, y: 0 }],
      ['other', { x: 792, y: 240 }],
    ]),
  };
}
