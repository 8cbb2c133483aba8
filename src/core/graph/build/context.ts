import type { ResourceId } from '../../base/ids.ts';
import type { AnyResource, Resource, SourceRef } from '../../istio/index.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { NodeId } from '../types.ts';

/** What a node was made from: the objects it read, by the key it read them with. While they are the same, so is the node. */
export type Reads = ReadonlyMap<string, unknown>;

/**
 * The mesh as a builder sees it: what it looks up is written down, so that its result can be kept until something of it changes.
 */
export interface View {
  readonly mesh: Mesh;
  readonly reads: Map<string, unknown>;
  service(host: string): MeshService | undefined;
  resource(id: ResourceId): Resource | undefined;
}

function look(mesh: Mesh, key: string): unknown {
  const name = key.slice(2);
  // Ids are branded strings; the key was made from one in `viewOf`.
  return key.startsWith('s:') ? mesh.services.get(name) : mesh.byId.get(name as ResourceId);
}

export function viewOf(mesh: Mesh): View {
  const reads = new Map<string, unknown>();
  return {
    mesh,
    reads,
    service(host) {
      const found = mesh.services.get(host);
      reads.set(`s:${host}`, found);
      return found;
    },
    resource(id) {
      const found = mesh.byId.get(id);
      reads.set(`r:${id}`, found);
      return found;
    },
  };
}

/** Whether everything that was read is still what it was. */
export function stillHolds(mesh: Mesh, reads: Reads): boolean {
  for (const [key, value] of reads) if (look(mesh, key) !== value) return false;
  return true;
}

/** The node of a resource: its document's slot and where in the document it begins, so that a new name keeps the node. */
export function resourceNodeId(resource: AnyResource): NodeId {
  return [resource.source.slot, ...resource.source.path].join('/');
}

/** The node of a host: of the resource that declares it; by its name where none does. */
export function serviceNodeId(view: Pick<View, 'resource'>, service: MeshService): NodeId {
  const resource = service.resource === undefined ? undefined : view.resource(service.resource);
  if (!resource) return `assumed/${service.host}`;
  const id = resourceNodeId(resource);
  if (service.origin !== 'serviceEntry') return id;
  const hosts = resource.spec['hosts'];
  const place = Array.isArray(hosts) ? hosts.indexOf(service.host) : 0;
  return place > 0 ? `${id}/host/${place}` : id;
}

/** A path below the beginning of a resource. */
export function sourceAt(resource: AnyResource, path: YamlPath): SourceRef {
  const { file, slot } = resource.source;
  return { file, slot, path: [...resource.source.path, ...path] };
}

/** Makes keys unique in their order: the second `80` becomes `80~2`. */
export function numbered(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}~${count}`;
  });
}
