import type { ResourceId } from '../base/ids.ts';
import type { CheckProblem } from '../checks/index.ts';
import type { Resource } from '../istio/index.ts';
import type { Mesh } from '../mesh/index.ts';

/** Kinds whose objects reach others only through what they name. All others may change the ways of any request. */
const NAMING = new Set(['VirtualService', 'DestinationRule', 'Gateway', 'Service', 'ServiceEntry']);

function changedBetween(before: Mesh, after: Mesh): readonly Resource[] {
  const old = new Set(before.resources);
  const fresh = new Set(after.resources);
  return [
    ...before.resources.filter((resource) => !fresh.has(resource)),
    ...after.resources.filter((resource) => !old.has(resource)),
  ];
}

/** Links a resource with the names that it refers to, both ways. */
function linkAll(mesh: Mesh, links: Map<string, string[]>): void {
  const link = (a: string, b: string): void => {
    const there = links.get(a);
    if (there === undefined) links.set(a, [b]);
    else there.push(b);
  };
  for (const { from, to, target } of mesh.references) {
    for (const name of target === undefined ? [to] : [to, target]) {
      link(from, name);
      link(name, from);
    }
  }
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
  const links = new Map<string, string[]>();
  linkAll(before, links);
  linkAll(after, links);
  const reached = new Set<string>(changed.map(({ id }) => id));
  // A set gives what is added to it while it is walked.
  for (const name of reached) for (const next of links.get(name) ?? []) reached.add(next);
  const isThere = (id: ResourceId): boolean => after.byId.has(id) && !reached.has(id);
  return problems.filter(({ resource }) => isThere(resource));
}
