import type { ResourceId } from '../base/ids.ts';
import { grouped } from '../base/lists.ts';
import { PatchedMap } from '../base/patched-map.ts';
import { isScenario } from '../istio/index.ts';
import type { AnyResource, Resource } from '../istio/index.ts';
import { collectReferences } from './collect-references.ts';
import type { References } from './collect-references.ts';
import { indexMentions, updateMentions } from './mention-index.ts';
import type { MentionIndex } from './mention-index.ts';
import { followLoud } from './problems.ts';
import type { Lookup } from './references.ts';
import { buildServices } from './services.ts';
import type { Change, ServiceTable } from './services.ts';
import type { Mesh } from './types.ts';
import { indexWorkloads } from './workloads.ts';
import type { WorkloadIndex } from './workloads.ts';

export interface MeshBuildOptions {
  /** Whether hosts that nothing declares are assumed. Absent: as a Scenario document says, else `assumed`. */
  readonly registry?: 'assumed' | 'declared' | undefined;
}

/** What a mesh was made with, for the next one. */
interface Makings {
  readonly byId: PatchedMap<ResourceId, Resource>;
  readonly secrets: Lookup['secrets'];
  readonly workloads: WorkloadIndex;
  readonly mentions: MentionIndex;
  readonly table: ServiceTable;
  readonly references: References;
}
const makings = new WeakMap<Mesh, Makings>();

/** Beyond this many changed resources it is quicker to build all anew (identities are kept either way). */
const MANY = 100;

/** What went and came between two lists: all between their common beginning and end. `undefined` where that is much. */
function changeBetween(before: readonly Resource[], after: readonly Resource[]): Change | undefined {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  if (removed.length + added.length > MANY) return undefined;
  const isTwin = ({ id, kind }: Resource, index: number): boolean =>
    id === removed[index]?.id && kind === removed[index]?.kind;
  return { removed, added, inPlace: removed.length === added.length && added.every(isTwin) };
}

const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

type ByKind = ReadonlyMap<string, readonly Resource[]>;

function groupByKind(resources: readonly Resource[], previous: ByKind | undefined): ByKind {
  return new Map(
    [...grouped(resources, ({ kind }) => kind)].map(([kind, list]) => {
      const before = previous?.get(kind);
      return [kind, before !== undefined && sameList(list, before) ? before : list];
    }),
  );
}

function registryOf(byKind: ByKind): 'assumed' | 'declared' {
  const scenarios: readonly AnyResource[] = byKind.get('Scenario') ?? [];
  return scenarios.find(isScenario)?.spec.registry ?? 'assumed';
}

/** `byId` and `byKind`; where the same ids stand in the same places only what changed is put in. */
function listResources(
  resources: readonly Resource[],
  previous: Mesh | undefined,
  before: Makings['byId'] | undefined,
  change: Change | undefined,
): Pick<Makings, 'byId'> & Pick<Mesh, 'byKind'> {
  if (previous === undefined || before === undefined || change?.inPlace !== true) {
    const byId = new PatchedMap(new Map(resources.map((resource) => [resource.id, resource])));
    return { byId, byKind: groupByKind(resources, previous?.byKind) };
  }
  const lists = new Map<string, Resource[]>();
  change.added.forEach((resource, index) => {
    const old = change.removed[index];
    const list = lists.get(resource.kind) ?? [...(previous.byKind.get(resource.kind) ?? [])];
    if (old !== undefined) list[list.indexOf(old)] = resource;
    lists.set(resource.kind, list);
  });
  const byId = before.with(new Map(change.added.map((resource) => [resource.id, resource])));
  const byKind = new Map([...previous.byKind].map(([kind, list]) => [kind, lists.get(kind) ?? list]));
  return { byId, byKind };
}

const secretsOf = (byKind: ByKind): Lookup['secrets'] =>
  new Map((byKind.get('Secret') ?? []).map((secret) => [secret.name, secret.id]));

/**
 * The index over all resources, which must have ids of their own (assignIds). With `previous`, everything that is as it was there is
 * the same object, and the work is in what the change can reach; the mesh is equal to one built from scratch either way.
 */
export function buildMesh(resources: readonly Resource[], options: MeshBuildOptions = {}, previous?: Mesh): Mesh {
  const made = previous === undefined ? undefined : makings.get(previous);
  const change = previous === undefined ? undefined : changeBetween(previous.resources, resources);
  const { byId, byKind } = listResources(resources, previous, made?.byId, change);
  const registry = options.registry ?? registryOf(byKind);
  if (
    previous !== undefined &&
    previous.registry === registry &&
    change?.added.length === 0 &&
    change.removed.length === 0
  ) {
    return previous;
  }
  const workloads = indexWorkloads(byKind, made?.workloads);
  const mentions =
    made === undefined || change === undefined
      ? indexMentions(resources)
      : updateMentions(made.mentions, change.removed, change.added);
  const table = buildServices({ byKind, mentions, workloads, registry }, made?.table, change);
  const { services, wildHosts: wildcards } = table;
  const secrets =
    made !== undefined && byKind.get('Secret') === previous?.byKind.get('Secret') ? made.secrets : secretsOf(byKind);
  const lookup = { byId, byKind, services, workloads, registry, wildcards, secrets };
  const references = collectReferences({ resources, lookup, mentions }, made?.references, change);
  const mesh: Mesh = {
    resources,
    byId,
    byKind,
    services,
    registry,
    references: references.all,
    referencesFrom: references.from,
    assumed: assumedHosts(services, previous),
  };
  if (previous !== undefined && change !== undefined) followLoud(previous.resources, resources, change);
  makings.set(mesh, { byId, secrets, workloads, mentions, table, references });
  return mesh;
}

function assumedHosts(services: Mesh['services'], previous: Mesh | undefined): readonly string[] {
  if (services === previous?.services) return previous.assumed;
  const assumed = [...services.values()].flatMap((service) => (service.origin === 'assumed' ? [service.host] : []));
  return previous !== undefined && sameList(assumed, previous.assumed) ? previous.assumed : assumed;
}
