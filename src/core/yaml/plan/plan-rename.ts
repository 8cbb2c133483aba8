import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { isMerge, keyText, ownPair, resolveScalar } from '../keys.ts';
import { printKey } from '../print/print.ts';
import { printString } from '../print/scalar.ts';
import type { Node } from '../tree.ts';
import type { YamlPath } from '../types.ts';
import { quotesOf } from './plan-replace.ts';
import type { Draft, Work } from './site.ts';
import { locate, refuseShared } from './site.ts';

/** A key in the manner of the one it replaces: its quotes, or none for a whole number in place of one. */
function writtenLike(old: Node, key: string, flow: boolean): string {
  if (old.kind !== 'scalar') return printKey(key, flow);
  if (resolveScalar(old).kind === 'int' && /^(?:0|[1-9][0-9]{0,8})$/.test(key)) return key;
  const quotes = quotesOf(old.style);
  return quotes === undefined ? printKey(key, flow) : printString(key, { flow, quotes });
}

/** Gives a key another name, keeping its place, its quotes and its value. */
export function planRename(work: Work, path: YamlPath, key: string): Result<Draft> {
  const name = path.at(-1);
  const { root } = work.tree;
  const located = root && locate(root, path.slice(0, -1));
  const map = located?.site.node;
  if (located === undefined || located.rest.length > 0 || map?.kind !== 'map' || name === undefined) {
    return refuse(
      'yaml/not-a-map',
      'Only keys of a map can be renamed.',
      map && { range: { from: map.start, to: map.to } },
    );
  }
  const pair = ownPair(map, String(name));
  if (pair === undefined) {
    if (ownPair(map, key) !== undefined) return ok({ edits: [] });
    return refuse('yaml/missing', `There is no key ${name} here.`, { range: { from: map.from, to: map.to } });
  }
  if (String(name) === key) return ok({ edits: [] });
  const range = { from: pair.key.start, to: pair.key.to };
  const other = ownPair(map, key);
  if (other !== undefined) {
    return refuse('yaml/key-exists', `There is a key ${key} already.`, {
      range: { from: other.key.start, to: other.key.to },
    });
  }
  const same = map.pairs.filter((each) => !isMerge(each.key) && keyText(each.key) === name);
  if (same.length > 1) {
    return refuse('yaml/duplicate-key', `The key ${name} stands ${same.length} times here.`, {
      range,
      remedy: 'Keep one of them first.',
    });
  }
  const shared = refuseShared(work, located.site);
  if (shared !== undefined) return shared;
  if (key.length > 1000)
    return refuse('yaml/key-too-long', 'kubectl reads no key of more than 1,024 characters.', { range });
  const { key: old } = pair;
  const from = old.tag === '' ? old.from : old.start;
  const lead = old.tag !== '' && old.anchor !== undefined ? `&${old.anchor} ` : '';
  return ok({ edits: [{ from, to: old.to, insert: lead + writtenLike(old, key, map.flow) }] });
}
