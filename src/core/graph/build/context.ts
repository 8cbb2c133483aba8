import type { ResourceId } from '../../base/ids.ts';
import type { AnyResource, Resource, SourceRef } from '../../istio/index.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { NodeId } from '../types.ts';

/** One look-up: in the services or the resources, by which key, and what was there. */
interface Read {
  readonly from: 'services' | 'byId';
  readonly key: string;
  readonly value: unknown;
}
/** What a node was made from. While a look gives the same objects, so would building give the same node. */
export type Reads = readonly Read[];

/**
 * The mesh as a builder sees it: what it looks up is written down, so that its result can be kept until something of it changes.
 */
export interface View {
  readonly reads: Reads;
  service(host: string): MeshService | undefined;
  resource(id: ResourceId): Resource | undefined;
}

export function viewOf(mesh: Mesh): View {
  const reads: Read[] = [];
  return {
    reads,
    service(host) {
      const value = mesh.services.get(host);
      reads.push({ from: 'services', key: host, value });
      return value;
    },
    resource(id) {
      const value = mesh.byId.get(id);
      reads.push({ from: 'byId', key: id, value });
      return value;
    },
  };
}

/** Whether everything that was read is still what it was. */
export function stillHolds(mesh: Mesh, reads: Reads): boolean {
  for (const { from, key, value } of reads) {
    const map: ReadonlyMap<string, unknown> = mesh[from];
    if (map.get(key) !== value) return false;
  }
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
