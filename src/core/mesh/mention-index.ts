import { PatchedMap } from '../base/patched-map.ts';
import type { Resource } from '../istio/index.ts';
import { mentionsOf } from './mentions.ts';
import type { Mention } from './mentions.ts';

/**
 * Who names what: a full host, `Gateway namespace/name` or `VirtualService namespace/name` → the resources that name it. The order
 * within a list says nothing.
 */
export type MentionIndex = PatchedMap<string, readonly Resource[]>;

/** What a mention is looked up by; `undefined` for those that are not looked up by name. */
export function keyOf(mention: Mention): string | undefined {
  switch (mention.kind) {
    case 'gateway':
      return `Gateway ${mention.name}`;
    case 'delegate':
      return `VirtualService ${mention.name}`;
    case 'workload':
    case 'credential':
      return undefined;
    default:
      return mention.name;
  }
}

const known = new WeakMap<Resource, ReadonlySet<string>>();

/** All keys that a resource is indexed by. */
export function keysOf(resource: Resource): ReadonlySet<string> {
  let keys = known.get(resource);
  if (keys === undefined) {
    keys = new Set(mentionsOf(resource).flatMap((mention) => keyOf(mention) ?? []));
    known.set(resource, keys);
  }
  return keys;
}

/** Indexes what all resources name. */
export function indexMentions(resources: readonly Resource[]): MentionIndex {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const there = index.get(key);
      if (there === undefined) index.set(key, [resource]);
      else there.push(resource);
    }
  }
  return new PatchedMap<string, readonly Resource[]>(index);
}

/** The index after some resources went and some came; lists that nobody touched stay the same objects. */
export function updateMentions(
  index: MentionIndex,
  removed: readonly Resource[],
  added: readonly Resource[],
): MentionIndex {
  const changed = new Map<string, readonly Resource[]>();
  const listOf = (key: string): readonly Resource[] => changed.get(key) ?? index.get(key) ?? [];
  for (const resource of removed) {
    for (const key of keysOf(resource)) {
      changed.set(
        key,
        listOf(key).filter((other) => other !== resource),
      );
    }
  }
  for (const resource of added) {
    for (const key of keysOf(resource)) changed.set(key, [...listOf(key), resource]);
  }
  return index.with(new Map([...changed].map(([key, list]) => [key, list.length === 0 ? undefined : list])));
}
