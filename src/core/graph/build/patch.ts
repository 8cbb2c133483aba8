import { sameItems } from '../../base/lists.ts';
import { isGateway, isVirtualService } from '../../istio/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { Graph, GraphNode, NodeId } from '../types.ts';
import { forgetIndex, keepIndex, slotsOf } from '../lookup.ts';
import { resourceNodeId } from './context.ts';
import { gatewayNode } from './gateway.ts';
import { keep, sameData } from './identity.ts';
import { allEdges, buildService, noteReads, type Memory, type ServicePart } from './memory.ts';
import { buildVirtualService, type VirtualServicePart } from './virtual-service.ts';

/** A graph with what it was made of. */
export interface Made {
  readonly graph: Graph;
  readonly memory: Memory;
}

/** Ids of resources and hosts of services that are other objects than before. */
interface Changed {
  readonly resources: readonly AnyResource[];
  readonly keys: ReadonlySet<string>;
}

/** `undefined` where something came, went or moved, so that more than single nodes may differ. */
function changedBetween(before: Mesh, now: Mesh): Changed | undefined {
  if (before.resources.length !== now.resources.length) return undefined;
  const resources: AnyResource[] = [];
  const keys = new Set<string>();
  for (let at = 0; at < now.resources.length; at += 1) {
    const [old, resource] = [before.resources[at], now.resources[at]];
    if (old === resource || resource === undefined) continue;
    if (old?.id !== resource.id || resource.kind === 'Scenario') return undefined;
    if (resourceNodeId(old) !== resourceNodeId(resource)) return undefined;
    resources.push(resource);
    keys.add(resource.id);
  }
  if (before.services === now.services) return { resources, keys };
  if (before.services.size !== now.services.size) return undefined;
  const olds = before.services.entries();
  for (const [host, service] of now.services) {
    const [oldHost, old] = olds.next().value ?? [];
    if (oldHost !== host) return undefined;
    if (old !== service) keys.add(host);
  }
  return { resources, keys };
}

/** Whether callers and ghosts are the same with either part. */
function sameOutside(before: VirtualServicePart, now: VirtualServicePart): boolean {
  return (
    before.inMesh === now.inMesh &&
    sameData(before.hosts, now.hosts) &&
    sameData(before.sources, now.sources) &&
    sameData(before.speaks, now.speaks) &&
    sameData(before.ghosts, now.ghosts)
  );
}

/**
 * The graph of a mesh in which nothing came, went or moved since `previous`, as after most keys: only nodes that read what changed are
 * built again. `undefined` where that is not enough.
 */
export function patchGraph(mesh: Mesh, previous: Graph, before: Memory): Made | undefined {
  const changed = changedBetween(before.mesh, mesh);
  if (changed === undefined) return undefined;
  const nodes = new Draft(previous.nodes);
  const edges = new Draft(previous.edges);
  let sameSlots = true;
  const replace = (old: GraphNode, now: GraphNode): boolean => {
    if (old !== now) nodes.put([old], [now]);
    return old.id === now.id && old.kind === now.kind;
  };

  const gateways = new Map(before.gateways);
  for (const resource of changed.resources) {
    if (!isGateway(resource)) continue;
    const old = gateways.get(resourceNodeId(resource));
    const node = keep(old, gatewayNode(resource));
    if (old === undefined || !replace(old, node)) return undefined;
    gateways.set(node.id, node);
  }

  const readers = readersOf(before, changed);
  const parts = new Map<NodeId, VirtualServicePart>();
  for (const id of readers.parts) {
    const old = before.parts.get(id);
    const resource = old && mesh.byId.get(old.resource.id);
    if (old === undefined || resource === undefined || !isVirtualService(resource)) return undefined;
    const part = buildVirtualService(mesh, resource, old);
    if (!replace(old.node, part.node) || !sameOutside(old, part)) return undefined;
    if (!sameSet(slotsOf(old.node), slotsOf(part.node))) sameSlots = false;
    if (!sameItems(old.edges, part.edges)) edges.put(old.edges, part.edges);
    parts.set(id, part);
  }

  const services = new Map<string, ServicePart>();
  for (const host of readers.services) {
    const old = before.services.get(host);
    const service = mesh.services.get(host);
    if (old === undefined || service === undefined) return undefined;
    const slots = slotsOf(old.node);
    const part = buildService(mesh, service, old);
    if (!sameSet(slots, slotsOf(part.node))) sameSlots = false;
    if (!replace(old.node, part.node)) return undefined;
    services.set(host, part);
  }

  const memory: Memory = {
    ...before,
    mesh,
    gateways,
    parts: before.parts.with(parts),
    services: before.services.with(services),
  };
  noteReads(memory, parts, services);
  const graph: Graph = {
    nodes: nodes.items ?? previous.nodes,
    edges: edges.isLost ? allEdges(before.callers, memory.parts) : (edges.items ?? previous.edges),
  };
  const same = graph.nodes === previous.nodes && graph.edges === previous.edges;
  if (!sameSlots) forgetIndex(previous);
  else if (!same) keepIndex(previous, graph);
  return { graph: same ? previous : graph, memory };
}

/** A list in which some stretches give way to others; a copy is made when the first does. */
class Draft<T> {
  private readonly before: readonly T[];
  items: T[] | undefined;
  /** There is no saying where what came belongs. */
  isLost = false;

  constructor(before: readonly T[]) {
    this.before = before;
  }

  /** Puts `now` where `old` stands: things that stand side by side. */
  put(old: readonly T[], now: readonly T[]): void {
    const [first] = old;
    this.items ??= [...this.before];
    if (first === undefined) this.isLost = true;
    else if (old.length === now.length) {
      const at = this.items.indexOf(first);
      for (const [index, item] of now.entries()) this.items[at + index] = item;
    } else this.items.splice(this.items.indexOf(first), old.length, ...now);
  }
}

const sameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

/** The parts that may be other than before: their own resource or service changed, or something that they looked up. */
function readersOf({ readers }: Memory, { keys }: Changed) {
  const parts = new Set<NodeId>();
  const services = new Set<string>();
  for (const key of keys) {
    for (const id of readers.parts.get(key) ?? []) parts.add(id);
    for (const host of readers.services.get(key) ?? []) services.add(host);
  }
  return { parts, services };
}
