import { resourceId } from '../base/ids.ts';
import type { Resource } from './types.ts';

const TWIN = ' ~';
const renamed = new WeakMap<Resource, Map<number, Resource>>();

function numbered(resource: Resource, count: number): Resource {
  let copies = renamed.get(resource);
  if (copies === undefined) {
    copies = new Map();
    renamed.set(resource, copies);
  }
  let copy = copies.get(count);
  if (copy === undefined) {
    copy = { ...resource, id: resourceId(`${resource.id}${TWIN}${count}`) };
    copies.set(count, copy);
  }
  return copy;
}

/** A list of resources and what assignIds gave for it. */
export interface AssignedIds {
  readonly declared: readonly Resource[];
  readonly assigned: readonly Resource[];
}

/** The same numbers as before, where the same ids stand in the same places; `undefined` where they do not. */
function assignedAgain(resources: readonly Resource[], before: AssignedIds): readonly Resource[] | undefined {
  const { declared, assigned } = before;
  if (declared.length !== resources.length) return undefined;
  const out = declared === assigned ? undefined : [...assigned];
  for (let index = 0; index < resources.length; index += 1) {
    const [resource, old, given] = [resources[index], declared[index], assigned[index]];
    if (resource === old) continue;
    if (resource === undefined || resource.id !== old?.id) return undefined;
    if (out === undefined) continue;
    const number = given === undefined || given === old ? 1 : Number(given.id.slice(old.id.length + TWIN.length));
    out[index] = number > 1 ? numbered(resource, number) : resource;
  }
  return out ?? resources;
}

/**
 * Gives every resource an id of its own: of those with one kind and name, in text order, the second gets ` ~2`, the third ` ~3`.
 * Takes resources as readResources gives them; all that need no number stay the same objects, and so does the array when none does.
 * With what was given before, only what changed since is looked at; the answer is the same.
 */
export function assignIds(resources: readonly Resource[], before?: AssignedIds): readonly Resource[] {
  const again = before && assignedAgain(resources, before);
  if (again !== undefined) return again;
  const counts = new Map<string, number>();
  let out: Resource[] | undefined;
  resources.forEach((resource, index) => {
    const count = (counts.get(resource.id) ?? 0) + 1;
    counts.set(resource.id, count);
    if (count > 1) out ??= resources.slice(0, index);
    out?.push(count > 1 ? numbered(resource, count) : resource);
  });
  return out ?? resources;
}
