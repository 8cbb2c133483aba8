import type { Mesh, MeshService } from '../../mesh/types.ts';
import { hostsMatch, selects } from '../../istio/index.ts';
import type { Json } from '../../yaml/types.ts';
import type { Caller, GraphEdge, GraphNode, NodeId } from '../types.ts';
import { serviceNodeId } from './context.ts';
import { keep } from './identity.ts';
import { labelText } from './match-text.ts';
import type { VirtualServicePart } from './virtual-service.ts';

type Labels = Readonly<Record<string, string>>;

export const INTERNET: NodeId = 'caller/internet';

/** The callers of a graph and the edges by which they come in, by id. */
export interface CallerParts {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
}

/** The node of a workload that calls: by namespace and labels, whatever it is named. */
export function callerNodeId(namespace: string, labels: Labels): NodeId {
  const sorted = Object.keys(labels).sort();
  return ['caller', namespace, ...sorted.map((key) => `${key}=${labels[key] ?? ''}`)].join('/');
}

/** A call, as far as it decides where it goes first. TLS that the caller brings itself is never looked into. */
interface Call {
  readonly host: string;
  readonly protocol: 'http' | 'tls' | 'tcp';
}

/** A caller that a Scenario document names: a workload and the hosts that it calls. */
interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly calls: readonly Call[];
}

const object = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

function callOf(request: Json): Call {
  const url = text(object(request)['url']);
  const [, scheme = '', host = ''] = /^(?:([a-z]+):\/\/)?([^/:?#]+)/i.exec(url) ?? [];
  const plain = scheme.toLowerCase();
  return { host, protocol: plain === 'tcp' ? 'tcp' : plain === 'tls' || plain === 'https' ? 'tls' : 'http' };
}

/** The workloads that Scenario documents name. Callers through a gateway are the Internet, which is there already. */
function namedCallers(mesh: Mesh): Named[] {
  return (mesh.byKind.get('Scenario') ?? []).flatMap((scenario) =>
    list(object(scenario.value['spec'])['callers']).flatMap((entry) => {
      const caller = object(entry);
      if (caller['gateway'] !== undefined) return [];
      const labels: Record<string, string> = {};
      for (const [key, value] of Object.entries(object(caller['labels']))) labels[key] = text(value);
      const calls = list(caller['requests']).map(callOf);
      return [{ name: text(caller['name']), namespace: text(caller['namespace']) || 'default', labels, calls }];
    }),
  );
}

function workloadNode(name: string, namespace: string, labels: Labels): GraphNode {
  const caller: Caller = { kind: 'workload', namespace, labels };
  const words = labelText(labels);
  return {
    id: callerNodeId(namespace, labels),
    kind: 'caller',
    column: 'callers',
    name: `Caller ${namespace}/${words === '' ? name : words}`,
    title: name,
    subtitle: words === '' ? namespace : namespace === 'default' ? words : `${words} · ${namespace}`,
    rows: [],
    caller,
    stale: false,
    assumed: false,
  };
}

function enter(id: string, from: NodeId, to: NodeId): GraphEdge {
  return { id, kind: 'enter', from: { node: from }, to: { node: to }, hue: -1, missing: false };
}

/** The names that a client in a namespace may call a service by, in full. */
function fullNames(host: string, namespace: string): string[] {
  return [host, `${host}.${namespace}.svc.cluster.local`, `${host}.svc.cluster.local`, `${host}.cluster.local`];
}

/**
 * Who calls: the Internet where there is a Gateway, each workload that a Scenario names (joined to the hosts that it calls), each
 * distinct source that rules ask for (joined to those rules' VirtualServices), and for a namespace of which none of these speaks one
 * caller that is joined to the namespace's own VirtualServices for the mesh. So the number of edges grows with that of documents.
 */
export function callersOf(
  mesh: Mesh,
  parts: readonly VirtualServicePart[],
  gateways: readonly NodeId[],
  before: CallerParts,
): CallerParts {
  const nodes = new Map<NodeId, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const join = (from: NodeId, to: NodeId): void => {
    const id = `enter/${from}>${to}`;
    // An edge of this id can only say one thing.
    if (!edges.has(id)) edges.set(id, before.edges.get(id) ?? enter(id, from, to));
  };
  const add = (node: GraphNode): NodeId => {
    if (!nodes.has(node.id)) nodes.set(node.id, keep(before.nodes.get(node.id), node));
    return node.id;
  };
  if (gateways.length > 0) {
    add({
      id: INTERNET,
      kind: 'caller',
      column: 'callers',
      name: 'Caller Internet',
      title: 'Internet',
      subtitle: '',
      rows: [],
      caller: { kind: 'internet' },
      stale: false,
      assumed: false,
    });
    for (const gateway of gateways) join(INTERNET, gateway);
  }
  const inMesh = parts.filter((part) => part.inMesh);
  const named = namedCallers(mesh);
  const spoken = new Set<string>();
  for (const caller of named) {
    const id = add(workloadNode(caller.name || 'workload', caller.namespace, caller.labels));
    spoken.add(caller.namespace);
    for (const call of caller.calls)
      for (const target of targetsOf(mesh, inMesh, call, caller.namespace)) join(id, target);
  }
  for (const part of inMesh) {
    for (const { namespace, labels } of part.sources) {
      const known = named.find((caller) => caller.namespace === namespace && selects(labels, caller.labels));
      const title = Object.values(labels)[0] ?? 'any workload';
      join(known ? callerNodeId(namespace, known.labels) : add(workloadNode(title, namespace, labels)), part.node.id);
    }
  }
  for (const part of inMesh) {
    const { namespace } = part.resource;
    if (!spoken.has(namespace)) join(add(workloadNode('any workload', namespace, {})), part.node.id);
  }
  return { nodes, edges };
}

/**
 * Where a call to a host from a namespace goes first: the VirtualServices for that host, else the host itself. A connection that no
 * VirtualService has rules for goes to the host itself too.
 */
function targetsOf(
  mesh: Mesh,
  inMesh: readonly VirtualServicePart[],
  { host, protocol }: Call,
  namespace: string,
): NodeId[] {
  const names = fullNames(host, namespace);
  const service: MeshService | undefined = names.flatMap((name) => mesh.services.get(name) ?? [])[0];
  const full = service?.host ?? host;
  const serving = inMesh.filter((part) => part.hosts.some((own) => hostsMatch(own, full)));
  const isFor = ({ speaks }: VirtualServicePart): boolean => protocol === 'http' || speaks.includes(protocol);
  const parts = service ? serving.filter(isFor) : serving;
  if (parts.length > 0) return parts.map((part) => part.node.id);
  return service ? [serviceNodeId({ resource: (id) => mesh.byId.get(id) }, service)] : [];
}
