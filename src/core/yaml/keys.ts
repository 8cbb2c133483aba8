import { floatKey, resolvePlain, resolveTagged } from './resolve.ts';
import type { Mismatch, Resolved } from './resolve.ts';
import type { MapNode, Node, Pair, ScalarNode } from './tree.ts';

/** What a scalar node is for Go, tag and quotes considered. */
export function resolveScalar(node: ScalarNode): Resolved | Mismatch {
  if (node.tag !== '') return resolveTagged(node.tag, node.value);
  if (node.style === 'plain') return resolvePlain(node.value);
  return node.style === 'absent' ? { kind: 'null' } : { kind: 'string', value: node.value };
}

/** Whether a key is the merge key `<<`, which takes in the entries of its value. */
export function isMerge(key: Node): boolean {
  if (key.kind !== 'scalar' || key.value !== '<<') return false;
  return (key.tag === '' && key.style === 'plain') || key.tag === '!' || key.tag === 'tag:yaml.org,2002:merge';
}

/** A key as JSON has it: `true:` is `"true"`, `0x1F:` is `"31"`. Nothing where Go has no text for it (null, lists, maps). */
export function keyText(key: Node): string | undefined {
  if (key.kind === 'alias')
    return key.target === undefined || key.target.kind === 'alias' ? undefined : keyText(key.target);
  if (key.kind !== 'scalar') return undefined;
  const resolved = resolveScalar(key);
  switch (resolved.kind) {
    case 'string':
      return resolved.value;
    case 'bool':
      return String(resolved.value);
    case 'int':
      return resolved.unsigned ? undefined : resolved.text;
    case 'float':
      return floatKey(resolved.value);
    default:
      return undefined;
  }
}

/** The pair that gives a map its own entry of this name: the last of several, as for Go. Merged entries are not looked at. */
export function ownPair(map: MapNode, key: string): Pair | undefined {
  for (let i = map.pairs.length - 1; i >= 0; i--) {
    const pair = map.pairs[i];
    if (pair !== undefined && keyText(pair.key) === key && !isMerge(pair.key)) return pair;
  }
  return undefined;
}
