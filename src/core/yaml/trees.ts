import { parseTree } from './parse.ts';
import type { Tree } from './tree.ts';

/**
 * Syntax trees of the documents last worked on. They cost about thirty bytes a character, so only some are kept; the others
 * are made again from the text in well under a millisecond.
 */
const BUDGET = 1_000_000;
const cache = new Map<string, Tree>();
let held = 0;

/** Keeps a tree for the questions that may follow. */
export function rememberTree(tree: Tree): void {
  if (cache.has(tree.text) || tree.text.length > BUDGET) return;
  cache.set(tree.text, tree);
  held += tree.text.length;
  for (const [oldest] of cache) {
    if (held <= BUDGET || oldest === tree.text) break;
    cache.delete(oldest);
    held -= oldest.length;
  }
}

/** The syntax tree of a text's first document. */
export function treeOf(text: string): Tree {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const tree = parseTree(text);
  rememberTree(tree);
  return tree;
}
