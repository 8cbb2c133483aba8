import type { PatchedMap } from '../../base/patched-map.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import type { GraphEdge, GraphNode, NodeId } from '../types.ts';
import type { CallerParts } from './callers.ts';
import { viewOf, type Reads } from './context.ts';
import { keep } from './identity.ts';
import { rulesOf, serviceNode, setAliases } from './service.ts';
import type { VirtualServicePart } from './virtual-service.ts';

/** A host's part of the graph. */
export interface ServicePart {
  readonly service: MeshService;
  readonly reads: Reads;
  readonly node: GraphNode;
}

/**
 * Who looked up a resource or a host, or is made of it. Only grows from graph to graph: who does not look there any more is built once
 * too often, and nothing else.
 */
export interface Readers {
  readonly parts: Map<string, Set<NodeId>>;
  readonly services: Map<string, Set<string>>;
}

/** What a graph was made of, kept beside it for the next one. */
export interface Memory {
  readonly mesh: Mesh;
  readonly parts: PatchedMap<NodeId, VirtualServicePart>;
  readonly services: PatchedMap<string, ServicePart>;
  readonly readers: Readers;
  readonly gateways: ReadonlyMap<NodeId, GraphNode>;
  readonly ghosts: ReadonlyMap<NodeId, GraphNode>;
  readonly callers: CallerParts;
}

/** Builds a host's node; `before` is the part that stood there before the edit. */
export function buildService(mesh: Mesh, service: MeshService, before: ServicePart | undefined): ServicePart {
  const view = viewOf(mesh);
  const node = keep(before?.node, serviceNode(view, service));
  setAliases(
    node,
    rulesOf(view, service).map(({ source }) => source),
  );
  return { service, reads: view.reads, node };
}

/** Notes what some parts looked up. */
export function noteReads(
  { readers }: Pick<Memory, 'readers'>,
  parts: Iterable<readonly [NodeId, VirtualServicePart]>,
  services: Iterable<readonly [string, ServicePart]>,
): void {
  for (const [id, { resource, reads }] of parts) {
    note(readers.parts, resource.id, id);
    for (const { key } of reads) note(readers.parts, key, id);
  }
  for (const [host, { reads }] of services) {
    note(readers.services, host, host);
    for (const { key } of reads) note(readers.services, key, host);
  }
}

function note(readers: Map<string, Set<string>>, key: string, reader: string): void {
  const there = readers.get(key);
  if (there === undefined) readers.set(key, new Set([reader]));
  else there.add(reader);
}

/** The edges of a graph in their order: those of callers, then those of each VirtualService. */
export function allEdges(
  callers: CallerParts,
  parts: Iterable<readonly [NodeId, VirtualServicePart]>,
): readonly GraphEdge[] {
  const edges = [...callers.edges.values()];
  for (const [, part] of parts) for (const edge of part.edges) edges.push(edge);
  return edges;
}
