import { isGateway, isVirtualService } from '../istio/index.ts';
import type { Mesh, MeshService } from '../mesh/types.ts';
import type { Graph, GraphEdge, GraphNode, NodeId } from './types.ts';
import { callersOf } from './build/callers.ts';
import { resourceNodeId, stillHolds, viewOf, type Reads } from './build/context.ts';
import { gatewayNode } from './build/gateway.ts';
import { keep } from './build/identity.ts';
import { rulesOf, serviceNode, setAliases } from './build/service.ts';
import { buildVirtualService, type VirtualServicePart } from './build/virtual-service.ts';

/** What a graph was made of, kept beside it for the next one. */
interface Memory {
  readonly parts: ReadonlyMap<NodeId, VirtualServicePart>;
  readonly services: ReadonlyMap<
    string,
    { readonly service: MeshService; readonly reads: Reads; readonly node: GraphNode }
  >;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
}
const memories = new WeakMap<Graph, Memory>();
const nothing: Memory = { parts: new Map(), services: new Map(), nodes: new Map(), edges: new Map() };

/**
 * The graph of a mesh: callers, gateways, virtual services, services, external entries and ghosts for what is missing. With the graph
 * before, unchanged nodes, rows' ids and edges are the same (`===`), work is in the size of the change, and the result is otherwise
 * the graph from scratch, but for the numbers in the ids of rules and destinations.
 */
export function buildGraph(mesh: Mesh, previous?: Graph): Graph {
  const before = (previous && memories.get(previous)) ?? nothing;
  const parts = new Map<NodeId, VirtualServicePart>();
  for (const resource of mesh.byKind.get('VirtualService') ?? []) {
    if (!isVirtualService(resource)) continue;
    const id = resourceNodeId(resource);
    const old = before.parts.get(id);
    parts.set(
      id,
      old && old.resource === resource && stillHolds(mesh, old.reads) ? old : buildVirtualService(mesh, resource, old),
    );
  }
  const services: typeof before.services = servicesOf(mesh, before);
  const gateways = (mesh.byKind.get('Gateway') ?? []).filter((resource) => isGateway(resource)).map(gatewayNode);
  const list = [...parts.values()];
  const callers = callersOf(
    mesh,
    list,
    gateways.map(({ id }) => id),
    before.edges,
  );
  const hosts = [...services.values()].map(({ node }) => node);
  const ghosts = new Map(list.flatMap((part) => part.ghosts.map((ghost) => [ghost.id, ghost] as const)));
  const nodes = settleList(
    [
      ...callers.nodes,
      ...gateways,
      ...list.map((part) => part.node),
      ...hosts.filter(({ kind }) => kind === 'service'),
      ...hosts.filter(({ kind }) => kind === 'external'),
      ...ghosts.values(),
    ],
    previous?.nodes,
    before.nodes,
  );
  const edges = settleList([...callers.edges, ...list.flatMap((part) => part.edges)], previous?.edges, before.edges);
  if (previous && nodes.list === previous.nodes && edges.list === previous.edges) {
    memories.set(previous, { parts, services, nodes: nodes.byId, edges: edges.byId });
    return previous;
  }
  const graph: Graph = { nodes: nodes.list, edges: edges.list };
  memories.set(graph, { parts, services, nodes: nodes.byId, edges: edges.byId });
  return graph;
}

function servicesOf(mesh: Mesh, before: Memory): Map<string, { service: MeshService; reads: Reads; node: GraphNode }> {
  const services = new Map<string, { service: MeshService; reads: Reads; node: GraphNode }>();
  for (const [host, service] of mesh.services) {
    const old = before.services.get(host);
    if (old && old.service === service && stillHolds(mesh, old.reads)) {
      services.set(host, old);
      continue;
    }
    const view = viewOf(mesh);
    const node = keep(before.nodes.get(old?.node.id ?? ''), serviceNode(view, service));
    setAliases(
      node,
      rulesOf(view, service).map(({ source }) => source),
    );
    services.set(host, { service, reads: view.reads, node });
  }
  return services;
}

/** Each item as the object from before where it says the same; the whole list likewise. The first of two with one id stays. */
function settleList<T extends { readonly id: string }>(
  now: readonly T[],
  previous: readonly T[] | undefined,
  before: ReadonlyMap<string, T>,
): { list: readonly T[]; byId: ReadonlyMap<string, T> } {
  const byId = new Map<string, T>();
  for (const item of now) if (!byId.has(item.id)) byId.set(item.id, keep(before.get(item.id), item));
  const list = [...byId.values()];
  const same = previous?.length === list.length && list.every((item, i) => item === previous[i]);
  return { list: same && previous ? previous : list, byId };
}
