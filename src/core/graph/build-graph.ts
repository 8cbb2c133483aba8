import { sameItems } from '../base/lists.ts';
import { isGateway, isVirtualService } from '../istio/index.ts';
import { PatchedMap } from '../base/patched-map.ts';
import type { Mesh } from '../mesh/types.ts';
import { callersOf } from './build/callers.ts';
import { resourceNodeId, stillHolds } from './build/context.ts';
import { gatewayNode } from './build/gateway.ts';
import { keep } from './build/identity.ts';
import { allEdges, buildService, noteReads, type Memory, type ServicePart } from './build/memory.ts';
import { patchGraph } from './build/patch.ts';
import { forgetIndex } from './lookup.ts';
import { buildVirtualService, type VirtualServicePart } from './build/virtual-service.ts';
import type { Graph, GraphNode, NodeId } from './types.ts';

const memories = new WeakMap<Graph, Memory>();
const nothing: Omit<Memory, 'mesh'> = {
  parts: new PatchedMap(new Map()),
  services: new PatchedMap(new Map()),
  readers: { parts: new Map(), services: new Map() },
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
  const known = previous && memories.get(previous);
  const patched = previous && known && patchGraph(mesh, previous, known);
  if (patched) {
    memories.set(patched.graph, patched.memory);
    return patched.graph;
  }
  const before = known ?? nothing;
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
  const graph = settle(previous, { nodes, edges: allEdges(callers, parts) });
  forgetIndex(graph);
  const readers = { parts: new Map(), services: new Map() };
  noteReads({ readers }, parts, services);
  memories.set(graph, {
    mesh,
    parts: new PatchedMap(parts),
    services: new PatchedMap(services),
    readers,
    gateways,
    ghosts,
    callers,
  });
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
    services.set(host, buildService(mesh, service, old));
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
