import type { ResourceId } from '../base/ids.ts';
import type { Mesh, Reference } from './types.ts';

const indexes = new WeakMap<readonly Reference[], ReadonlyMap<string, readonly Reference[]>>();

/** References by what they point at: a resource's id, and the host, `host subset` or name that they were resolved to. */
function indexOf(references: readonly Reference[]): ReadonlyMap<string, readonly Reference[]> {
  let index = indexes.get(references);
  if (index !== undefined) return index;
  const made = new Map<string, Reference[]>();
  const put = (key: string, reference: Reference): void => {
    const there = made.get(key);
    if (there === undefined) made.set(key, [reference]);
    else there.push(reference);
  };
  for (const reference of references) {
    put(reference.to, reference);
    if (reference.target !== undefined && reference.target !== reference.to) put(reference.target, reference);
  }
  index = made;
  indexes.set(references, index);
  return index;
}

/** Who names this resource: a Gateway or delegate by name, a Service or ServiceEntry by host, a DestinationRule by subset. */
export function referencesTo(mesh: Mesh, id: ResourceId): readonly Reference[] {
  return indexOf(mesh.references).get(id) ?? [];
}
