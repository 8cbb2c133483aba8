import type { ResourceId } from '../base/ids.ts';
import { changedPlaces } from '../base/keep.ts';
import { put } from '../base/lists.ts';
import type { CheckProblem } from '../checks/index.ts';
import type { Resource } from '../istio/index.ts';
import type { Mesh } from '../mesh/index.ts';

/** Kinds whose objects reach others only through what they name. All others may change the ways of any request. */
const NAMING = new Set(['VirtualService', 'DestinationRule', 'Gateway', 'Service', 'ServiceEntry']);

function changedBetween(before: Mesh, after: Mesh): readonly Resource[] {
  const places = changedPlaces(before.resources, after.resources);
  if (places) return places.flatMap((at) => [before.resources[at] ?? [], after.resources[at] ?? []].flat());
  const old = new Set(before.resources);
  const fresh = new Set(after.resources);
  return [
    ...before.resources.filter((resource) => !fresh.has(resource)),
    ...after.resources.filter((resource) => !old.has(resource)),
  ];
}

type Links = ReadonlyMap<string, readonly string[]>;

const known = new WeakMap<Mesh['references'], Links>();

/** Resources and the names that they refer to, linked both ways. Kept for a list of references, which most keys leave as it is. */
function linksOf({ references }: Mesh): Links {
  const there = known.get(references);
  if (there) return there;
  const links = new Map<string, string[]>();
  for (const { from, to, target } of references) {
    for (const name of target === undefined ? [to] : [to, target]) {
      put(links, from, name);
      put(links, name, from);
    }
  }
  known.set(references, links);
  return links;
}

/**
 * Of what was found by proving requests, the findings that still hold in a changed mesh without looking: no way of names leads from what
 * changed, as it was or as it is now, to what they are about. The same list where nothing changed.
 */
export function stillTrue<P extends CheckProblem>(problems: readonly P[], before: Mesh, after: Mesh): readonly P[] {
  if (problems.length === 0 || before === after) return problems;
  const changed = changedBetween(before, after);
  if (changed.length === 0) return problems;
  if (before.registry !== after.registry || !changed.every(({ kind }) => NAMING.has(kind))) return [];
  const links = [...new Set([linksOf(before), linksOf(after)])];
  const reached = new Set<string>(changed.map(({ id }) => id));
  // A set gives what is added to it while it is walked.
  for (const name of reached) for (const some of links) for (const next of some.get(name) ?? []) reached.add(next);
  const isThere = (id: ResourceId): boolean => after.byId.has(id) && !reached.has(id);
  const left = problems.filter(({ resource }) => isThere(resource));
  return left.length === problems.length ? problems : left;
}
