import type { ResourceId } from '../base/ids.ts';
import { isDestinationRule, isScenario } from '../istio/index.ts';
import type { AnyResource, DestinationRule, Resource } from '../istio/index.ts';
import { mentionsOf } from './mentions.ts';
import { namedHosts } from './naming.ts';
import { referencesOf } from './references.ts';
import type { Lookup } from './references.ts';
import { buildServices } from './services.ts';
import type { Mesh, Reference } from './types.ts';
import { indexWorkloads } from './workloads.ts';
import type { WorkloadIndex } from './workloads.ts';

export interface MeshBuildOptions {
  /** Whether hosts that nothing declares are assumed. Absent: as a Scenario document says, else `assumed`. */
  readonly registry?: 'assumed' | 'declared' | undefined;
}

/** What a mesh was made with, for the next one. */
const workloadsOfMesh = new WeakMap<Mesh, WorkloadIndex>();

const sameList = <T>(a: readonly T[], b: readonly T[] | undefined): b is readonly T[] =>
  b !== undefined && a.length === b.length && a.every((item, index) => item === b[index]);

function groupByKind(
  resources: readonly Resource[],
  previous: Mesh | undefined,
): ReadonlyMap<string, readonly Resource[]> {
  const lists = new Map<string, Resource[]>();
  for (const resource of resources) {
    const list = lists.get(resource.kind);
    if (list === undefined) lists.set(resource.kind, [resource]);
    else list.push(resource);
  }
  const byKind = new Map<string, readonly Resource[]>();
  for (const [kind, list] of lists) {
    const before = previous?.byKind.get(kind);
    byKind.set(kind, sameList(list, before) ? before : list);
  }
  return byKind;
}

const resourcesOfKind = (byKind: ReadonlyMap<string, readonly AnyResource[]>, kind: string): readonly AnyResource[] =>
  byKind.get(kind) ?? [];

function registryOf(byKind: ReadonlyMap<string, readonly Resource[]>): 'assumed' | 'declared' {
  const [scenario] = resourcesOfKind(byKind, 'Scenario').filter(isScenario);
  return scenario?.spec.registry ?? 'assumed';
}

const hostOfRule = (rule: DestinationRule): string => mentionsOf(rule as unknown as Resource)[0]?.name ?? '';

interface References {
  readonly all: readonly Reference[];
  readonly from: ReadonlyMap<ResourceId, readonly Reference[]>;
}

function collectReferences(resources: readonly Resource[], lookup: Lookup, previous: Mesh | undefined): References {
  const from = new Map<ResourceId, readonly Reference[]>();
  let same = previous !== undefined;
  for (const resource of resources) {
    const before = previous?.referencesFrom.get(resource.id);
    const references = referencesOf(resource, lookup, before);
    if (references.length === 0) continue;
    if (references !== before) same = false;
    from.set(resource.id, references);
  }
  if (previous !== undefined && same && sameList([...from.keys()], [...previous.referencesFrom.keys()])) {
    return { all: previous.references, from: previous.referencesFrom };
  }
  return { all: [...from.values()].flat(), from };
}

/**
 * The index over all resources, which must have ids of their own (assignIds). With `previous`, everything that is as it was there is
 * the same object; the mesh is equal to one built from scratch either way. Never refuses anything.
 */
export function buildMesh(resources: readonly Resource[], options: MeshBuildOptions = {}, previous?: Mesh): Mesh {
  const byKind = groupByKind(resources, previous);
  const registry = options.registry ?? registryOf(byKind);
  if (previous?.registry === registry && sameList(resources, previous.resources)) return previous;
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const workloads = indexWorkloads(byKind, previous === undefined ? undefined : workloadsOfMesh.get(previous));
  const rules = resourcesOfKind(byKind, 'DestinationRule').filter(isDestinationRule);
  const services = buildServices(
    { byKind, named: namedHosts(resources), workloads, registry, rules, hostOfRule },
    previous?.services,
  );
  const lookup: Lookup = {
    byId,
    byKind,
    services,
    workloads,
    registry,
    wildcards: [...services.keys()].filter((host) => host.startsWith('*')),
    secrets: new Map((byKind.get('Secret') ?? []).map((secret) => [secret.name, secret.id])),
  };
  const references = collectReferences(resources, lookup, previous);
  const assumed = [...services.values()].flatMap((service) => (service.origin === 'assumed' ? [service.host] : []));
  const mesh: Mesh = {
    resources,
    byId,
    byKind,
    services,
    registry,
    references: references.all,
    referencesFrom: references.from,
    assumed: sameList(assumed, previous?.assumed) ? previous.assumed : assumed,
  };
  workloadsOfMesh.set(mesh, workloads);
  return mesh;
}
