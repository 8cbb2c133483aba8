import { NOBODY, add, listOf } from './place-lists.ts';
import type { Found, PlaceLists } from './place-lists.ts';

/**
 * Texts in a tree by their common beginnings, as Envoy's own tries are: finds all that a text begins with in one walk over it. It lies in one
 * array of numbers, each node beside its children, since what a walk costs with 10,000 texts in it is misses of the cache.
 */
export type PathTree = Int32Array;

/** A text, whether it has to be the whole one, and who asks for it. */
export interface Hung {
  readonly text: string;
  readonly whole: boolean;
  readonly place: number;
}

/** A node while the tree grows, with the text between its parent and itself. */
interface Node {
  text: string;
  next: Map<string, Node>;
  readonly through: number[];
  readonly ends: number[];
  gate: number;
}

const node = (text: string): Node => ({ text, next: new Map(), through: [], ends: [], gate: NOBODY });

function shared(a: string, b: string, from: number): number {
  let i = 0;
  while (i < a.length && from + i < b.length && a.charCodeAt(i) === b.charCodeAt(from + i)) i++;
  return i;
}

/** The node for a text; made where there is none. */
function nodeFor(root: Node, text: string): Node {
  let at = root;
  for (let from = 0; from < text.length;) {
    const key = text.charAt(from);
    const next = at.next.get(key);
    if (next === undefined) {
      const leaf = node(text.slice(from));
      at.next.set(key, leaf);
      return leaf;
    }
    const length = shared(next.text, text, from);
    if (length < next.text.length) {
      const fork = node(next.text.slice(0, length));
      next.text = next.text.slice(length);
      fork.next.set(next.text.charAt(0), next);
      at.next.set(key, fork);
      at = fork;
    } else at = next;
    from += length;
  }
  return at;
}

/**
 * Numbers of a node: how long its text is behind the first letter, how many edges, its two lists, its gate; then the text, letters of edges,
 * their nodes.
 */
const HEAD = 5;

/** All nodes behind each other, children behind their parent. */
function numbersOf(root: Node, lists: PlaceLists): PathTree {
  const numbers: number[] = [];
  // With the place in `numbers` that waits for where the node will stand.
  const waiting: (readonly [Node, number])[] = [[root, -1]];
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    const [one, edge] = top;
    if (edge >= 0) numbers[edge] = numbers.length;
    const behind = one.text.slice(1);
    numbers.push(behind.length, one.next.size, listOf(one.through, lists), listOf(one.ends, lists), one.gate);
    for (let k = 0; k < behind.length; k++) numbers.push(behind.charCodeAt(k));
    for (const next of one.next.values()) numbers.push(next.text.charCodeAt(0));
    const children = [...one.next.values()].map((next, n) => [next, numbers.length + n] as const);
    for (const [, at] of children) numbers[at] = 0;
    waiting.push(...children.reverse());
  }
  return Int32Array.from(numbers);
}

/** The node behind an edge, or -1. */
function follow(tree: PathTree, here: number, letter: number): number {
  const edges = tree[here + 1] ?? 0;
  const first = here + HEAD + (tree[here] ?? 0);
  for (let i = first; i < first + edges; i++) if (tree[i] === letter) return tree[i + edges] ?? 0;
  return -1;
}

/**
 * Adds the lists of all texts that `text` has at `from` (and of those that reach to its end, or to `end`), shortest first; and the gates on
 * the way.
 */
export function walk(tree: PathTree, text: string, from: number, found: Found, end: number = text.length): void {
  let at = from;
  let here = 0;
  for (;;) {
    const through = tree[here + 2] ?? NOBODY;
    if (through !== NOBODY) add(through, found);
    const gate = tree[here + 4] ?? NOBODY;
    if (gate !== NOBODY) {
      found.gates[found.open] = gate;
      found.open += 1;
    }
    if (at >= end) {
      add(tree[here + 3] ?? NOBODY, found);
      return;
    }
    here = follow(tree, here, text.charCodeAt(at));
    if (here < 0) return;
    at += 1;
    const length = tree[here] ?? 0;
    if (at + length > end) return;
    for (let i = 0; i < length; i++) if (tree[here + HEAD + i] !== text.charCodeAt(at + i)) return;
    at += length;
  }
}

/** The same from every place of the text from `from` on. */
export function walkAll(tree: PathTree, text: string, from: number, found: Found): void {
  const edges = tree[1] ?? 0;
  if (edges === 1) {
    // Pieces of paths mostly begin with the same letter, and what is built in finds that quickest.
    const letter = String.fromCharCode(tree[HEAD] ?? 0);
    for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) walk(tree, text, at, found);
    return;
  }
  for (let at = from; at < text.length; at++)
    if (follow(tree, 0, text.charCodeAt(at)) >= 0) walk(tree, text, at, found);
}

/** A tree without any text. */
export const NO_TREE: PathTree = Int32Array.of(0, 0, NOBODY, NOBODY, NOBODY);

/** A tree of texts; `undefined` for none, so that nobody walks it. Places of one text are kept in the order given. */
export function treeOf(
  hung: readonly Hung[],
  lists: PlaceLists,
  gates: readonly (readonly [text: string, gate: number])[] = [],
): PathTree | undefined {
  if (hung.length + gates.length === 0) return undefined;
  const root = node('');
  for (const { text, whole, place } of hung) {
    const at = nodeFor(root, text);
    (whole ? at.ends : at.through).push(place);
  }
  for (const [text, gate] of gates) nodeFor(root, text).gate = gate;
  return numbersOf(root, lists);
}
