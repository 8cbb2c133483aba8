import { isGateway, isVirtualService } from '../istio/index.ts';
import type { Mesh, MeshService } from '../mesh/types.ts';
import { callersOf, type CallerParts } from './build/callers.ts';
import { resourceNodeId, stillHolds, viewOf, type Reads } from './build/context.ts';
import { gatewayNode } from './build/gateway.ts';
import { keep } from './build/identity.ts';
import { rulesOf, serviceNode, setAliases } from './build/service.ts';
import { buildVirtualService, type VirtualServicePart } from './build/virtual-service.ts';
import type { Graph, GraphNode, NodeId } from './types.ts';

interface ServicePart {
  readonly service: MeshService;
  readonly reads: Reads;
  readonly node: GraphNode;
}

/** What a graph was made of, kept beside it for the next one. */
interface Memory {
  readonly parts: ReadonlyMap<NodeId, VirtualServicePart>;
  readonly services: ReadonlyMap<string, ServicePart>;
  readonly gateways: ReadonlyMap<NodeId, GraphNode>;
  readonly ghosts: ReadonlyMap<NodeId, GraphNode>;
  readonly callers: CallerParts;
}
const memories = new WeakMap<Graph, Memory>();
const nothing: Memory = {
  parts: new Map(),
  services: new Map(),
  gateways: new Map(),
  ghosts: new Map(),
  callers: { nodes: new Map(), edges: new Map() },
};

/**
 * The graph of a mesh: callers, gateways, virtual services, services, external entries and ghosts for what is missing. With the graph
 * before, unchanged nodes, rows' ids and edges are the same (`===`), work is in the size of the change, and the result is otherwise
 * the graph from scratch, but for the numbers in the ids of rules and destinations.
 */
export function buildGraph(mesh: Mesh, previous?: Graph): Graph {
  const before = (previous && memories.get(previous)) ?? nothing;
  const parts = partsOf(mesh, before.parts);
  const services = servicesOf(mesh, before.services);
  const gateways = new Map<NodeId, GraphNode>();
  for (const resource of mesh.byKind.get('Gateway') ?? []) {
    if (!isGateway(resource)) continue;
    const node = gatewayNode(resource);
    gateways.set(node.id, keep(before.gateways.get(node.id), node));
  }
  const callers = callersOf(mesh, [...parts.values()], [...gateways.keys()], before.callers);
  const ghosts = new Map<NodeId, GraphNode>();
  for (const part of parts.values()) {
    for (const ghost of part.ghosts) ghosts.set(ghost.id, keep(before.ghosts.get(ghost.id), ghost));
  }
  const nodes: GraphNode[] = [...callers.nodes.values(), ...gateways.values()];
  for (const part of parts.values()) nodes.push(part.node);
  for (const { node } of services.values()) if (node.kind === 'service') nodes.push(node);
  for (const { node } of services.values()) if (node.kind === 'external') nodes.push(node);
  nodes.push(...ghosts.values());
  const edges = [...callers.edges.values()];
  for (const part of parts.values()) for (const edge of part.edges) edges.push(edge);
  const graph = settle(previous, { nodes, edges });
  memories.set(graph, { parts, services, gateways, ghosts, callers });
  return graph;
}

function partsOf(mesh: Mesh, before: Memory['parts']): Map<NodeId, VirtualServicePart> {
  const parts = new Map<NodeId, VirtualServicePart>();
  for (const resource of mesh.byKind.get('VirtualService') ?? []) {
    if (!isVirtualService(resource)) continue;
    const id = resourceNodeId(resource);
    const old = before.get(id);
    const holds = old && old.resource === resource && stillHolds(mesh, old.reads);
    parts.set(id, holds ? old : buildVirtualService(mesh, resource, old));
  }
  return parts;
}

function servicesOf(mesh: Mesh, before: Memory['services']): Map<string, ServicePart> {
  const services = new Map<string, ServicePart>();
  for (const [host, service] of mesh.services) {
    const old = before.get(host);
    if (old && old.service === service && stillHolds(mesh, old.reads)) {
      services.set(host, old);
      continue;
    }
    const view = viewOf(mesh);
    const node = keep(old?.node, serviceNode(view, service));
    setAliases(
      node,
      rulesOf(view, service).map(({ source }) => source),
    );
    services.set(host, { service, reads: view.reads, node });
  }
  return services;
}

/** The lists from before, and the graph from before, where nothing in them is new. */
function settle(previous: Graph | undefined, now: Graph): Graph {
  if (!previous) return now;
  const nodes = sameItems(previous.nodes, now.nodes) ? previous.nodes : now.nodes;
  const edges = sameItems(previous.edges, now.edges) ? previous.edges : now.edges;
  return nodes === previous.nodes && edges === previous.edges ? previous : { nodes, edges };
}

function sameItems<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && now.every((item, i) => item === before[i]);
}
