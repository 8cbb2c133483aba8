import type { ResourceId } from '../base/ids.ts';
import { sameItems } from '../base/lists.ts';
import { PatchedMap } from '../base/patched-map.ts';
import type { Resource } from '../istio/index.ts';
import type { MentionIndex } from './mention-index.ts';
import { referencesOf } from './references.ts';
import type { Lookup } from './references.ts';
import type { Change } from './services.ts';
import type { MeshService, Reference } from './types.ts';

export interface References {
  readonly all: readonly Reference[];
  readonly from: PatchedMap<ResourceId, readonly Reference[]>;
  /** Those who miss something. */
  readonly missing: readonly ResourceId[];
  readonly lookup: Lookup;
}

interface Place {
  readonly resources: readonly Resource[];
  readonly lookup: Lookup;
  readonly mentions: MentionIndex;
}

function changedHosts(
  now: ReadonlyMap<string, MeshService>,
  before: ReadonlyMap<string, MeshService>,
): readonly string[] {
  if (now === before) return [];
  const changed = [...now].flatMap(([host, service]) => (before.get(host) === service ? [] : [host]));
  const gone = [...before.keys()].filter((host) => !now.has(host));
  return [...changed, ...gone];
}

/** `false`: look everything up again; `true`: only what was missing. */
type Affected = ReadonlyMap<ResourceId, boolean>;

/**
 * The resources whose references may differ from those before; `undefined` for perhaps all. What a reference finds depends on what it
 * names, so those who name something that changed are looked up again, and, since what is said of a missing thing depends on all that
 * is there, everybody who misses something, unless the same objects and hosts are there as before.
 */
function affected({ lookup, mentions }: Place, previous: References, change: Change): Affected | undefined {
  const old = previous.lookup;
  if (lookup.byKind.get('Secret') !== old.byKind.get('Secret') || lookup.registry !== old.registry) return undefined;
  if (!sameItems(lookup.wildcards, old.wildcards)) return undefined;
  const ids = new Map<ResourceId, boolean>();
  const addAll = (resources: readonly Resource[] | undefined): void => {
    for (const resource of resources ?? []) ids.set(resource.id, false);
  };
  addAll(change.added);
  // Who names an object finds it as long as there is one of that name, whatever it says.
  if (!change.inPlace) for (const { id } of [...change.removed, ...change.added]) addAll(mentions.get(id));
  const hosts = changedHosts(lookup.services, old.services);
  for (const host of hosts) addAll(mentions.get(host));
  if (hosts.length > 0) {
    // A wildcard may stand for any host, and any host may be among a service's wildcard.
    const all = hosts.some((host) => host.startsWith('*'));
    for (const [key, resources] of mentions) if (all || key.startsWith('*')) addAll(resources);
  }
  if (hosts.length > 0 || !change.inPlace || lookup.workloads !== old.workloads)
    for (const id of previous.missing) if (!ids.has(id)) ids.set(id, true);
  if (lookup.workloads !== old.workloads) {
    addAll(lookup.byKind.get('Service'));
    addAll(lookup.byKind.get('ServiceEntry'));
  }
  return ids;
}

/** The same, where the same resources have references as before; `undefined` where some lost theirs or got their first. */
function updateSome(ids: Affected, { lookup }: Place, previous: References): References | undefined {
  const changed = new Map<ResourceId, readonly Reference[]>();
  for (const [id, missingOnly] of ids) {
    const resource = lookup.byId.get(id);
    const before = previous.from.get(id);
    if (resource === undefined) return undefined;
    const references = referencesOf(resource, lookup, before, missingOnly);
    if ((references.length === 0) !== (before === undefined)) return undefined;
    if (references.length > 0 && references !== before) changed.set(id, references);
  }
  if (changed.size === 0) return { ...previous, lookup };
  const from = previous.from.with(changed);
  let { all } = previous;
  if (changed.size > FEW) all = flatten(from);
  else
    for (const [id, now] of changed) {
      const [first, ...others] = previous.from.get(id) ?? [];
      if (first === undefined) continue;
      const at = all.indexOf(first);
      all = [...all.slice(0, at), ...now, ...all.slice(at + 1 + others.length)];
    }
  return { all, from, missing: missingIn(all), lookup };
}

/** The lists of more resources are not put in one by one. */
const FEW = 8;

/** In the order of the references, each once. */
function missingIn(all: readonly Reference[]): readonly ResourceId[] {
  const ids = new Set<ResourceId>();
  for (const { status, from } of all) if (status === 'missing') ids.add(from);
  return [...ids];
}

function flatten(from: ReadonlyMap<ResourceId, readonly Reference[]>): readonly Reference[] {
  const all: Reference[] = [];
  for (const references of from.values()) all.push(...references);
  return all;
}

/** The references of all resources, in text order; what is as before is the same object. */
export function collectReferences(place: Place, previous?: References, change?: Change): References {
  const { resources, lookup } = place;
  const ids = previous === undefined || change === undefined ? undefined : affected(place, previous, change);
  const some =
    ids === undefined || previous === undefined || change?.inPlace !== true
      ? undefined
      : updateSome(ids, place, previous);
  if (some !== undefined) return some;
  const from = new Map<ResourceId, readonly Reference[]>();
  let same = previous !== undefined;
  for (const resource of resources) {
    const before = previous?.from.get(resource.id);
    const references =
      ids === undefined || ids.has(resource.id)
        ? referencesOf(resource, lookup, before, ids?.get(resource.id))
        : (before ?? []);
    if (references.length === 0) continue;
    if (references !== before) same = false;
    from.set(resource.id, references);
  }
  if (previous !== undefined && same && from.size === previous.from.size && sameOrder(from, previous.from)) {
    return { ...previous, lookup };
  }
  const all = flatten(from);
  return { all, from: new PatchedMap(from), missing: missingIn(all), lookup };
}

function sameOrder<K>(a: ReadonlyMap<K, unknown>, b: ReadonlyMap<K, unknown>): boolean {
  const keys = b.keys();
  for (const key of a.keys()) if (keys.next().value !== key) return false;
  return true;
}
