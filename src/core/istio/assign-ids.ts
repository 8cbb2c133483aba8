import { resourceId } from '../base/ids.ts';
import type { Resource } from './types.ts';

const renamed = new WeakMap<Resource, Map<number, Resource>>();

function numbered(resource: Resource, count: number): Resource {
  let copies = renamed.get(resource);
  if (copies === undefined) {
    copies = new Map();
    renamed.set(resource, copies);
  }
  let copy = copies.get(count);
  if (copy === undefined) {
    copy = { ...resource, id: resourceId(`${resource.id} ~${count}`) };
    copies.set(count, copy);
  }
  return copy;
}

/**
 * Gives every resource an id of its own: of those with one kind and name, in text order, the second gets ` ~2`, the third ` ~3`.
 * Takes resources as readResources gives them; all that need no number stay the same objects, and so does the array when none does.
 */
export function assignIds(resources: readonly Resource[]): readonly Resource[] {
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
