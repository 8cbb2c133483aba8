import type { Resource } from '../../istio/types.ts';

/** A reading of resources that remembers what it made of each: the same object is read once, through all edits elsewhere. */
export function perResource<T>(read: (resource: Resource) => T): (resource: Resource) => T {
  const known = new WeakMap<Resource, { readonly made: T }>();
  return (resource) => {
    const found = known.get(resource);
    if (found !== undefined) return found.made;
    const made = read(resource);
    known.set(resource, { made });
    return made;
  };
}
