/**
 * Texts in a tree by their common beginnings, as Envoy's own tries are: finds all that a text begins with in one walk over it. It lies in
 * arrays of numbers, since a map a node cost 700 ns a walk with 10,000 texts in it, and most of that in misses of the cache.
 */
export interface PathTree {
  /** Puts the lists of all texts that begin at `from` (and of those that end with it) to the end of `out`, shortest text first. */
  readonly walk: (text: string, from: number, out: Places[]) => void;
  /** The same from every place of the text. */
  readonly walkAll: (text: string, out: Places[]) => void;
}

/** Places of routes, in order. */
export type Places = readonly number[];

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
}

const node = (text: string): Node => ({ text, next: new Map(), through: [], ends: [] });

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

/** Numbers of a node: where its text is and how long, where its edges are and how many, its two lists. */
const STRIDE = 6;

function flat(root: Node): PathTree {
  const nodes: Node[] = [root];
  const numbers: number[] = [];
  const letters: number[] = [];
  const edgeLetters: number[] = [];
  const edgeNodes: number[] = [];
  const lists: Places[] = [[]];
  const listed = (places: number[]): number => (places.length === 0 ? 0 : lists.push(places) - 1);
  for (let i = 0; i < nodes.length; i++) {
    const one = nodes[i] ?? root;
    numbers.push(letters.length, one.text.length, edgeLetters.length, one.next.size);
    numbers.push(listed(one.through), listed(one.ends));
    for (let k = 0; k < one.text.length; k++) letters.push(one.text.charCodeAt(k));
    for (const next of one.next.values()) {
      edgeLetters.push(next.text.charCodeAt(0));
      edgeNodes.push(nodes.push(next) - 1);
    }
  }
  const table = Int32Array.from(numbers);
  const texts = Uint16Array.from(letters);
  const firsts = Uint16Array.from(edgeLetters);
  const targets = Int32Array.from(edgeNodes);
  const add = (list: number, out: Places[]): void => {
    const places = lists[list];
    if (places !== undefined && list !== 0) out.push(places);
  };
  const follow = (from: number, letter: number): number => {
    const edges = table[from + 2] ?? 0;
    const end = edges + (table[from + 3] ?? 0);
    for (let i = edges; i < end; i++) if (firsts[i] === letter) return (targets[i] ?? 0) * STRIDE;
    return -1;
  };
  const walk = (text: string, from: number, out: Places[]): void => {
    let at = from;
    let here = 0;
    for (;;) {
      add(table[here + 4] ?? 0, out);
      if (at >= text.length) {
        add(table[here + 5] ?? 0, out);
        return;
      }
      here = follow(here, text.charCodeAt(at));
      if (here < 0) return;
      const start = table[here] ?? 0;
      const length = table[here + 1] ?? 0;
      for (let i = 1; i < length; i++) if (texts[start + i] !== text.charCodeAt(at + i)) return;
      at += length;
    }
  };
  return {
    walk,
    walkAll: (text, out) => {
      for (let i = 0; i < text.length; i++) if (follow(0, text.charCodeAt(i)) >= 0) walk(text, i, out);
    },
  };
}

/** A tree of texts; `undefined` for none, so that nobody walks it. Places of one text are kept in the order given. */
export function treeOf(hung: readonly Hung[]): PathTree | undefined {
  if (hung.length === 0) return undefined;
  const root = node('');
  for (const { text, whole, place } of hung) {
    const at = nodeFor(root, text);
    (whole ? at.ends : at.through).push(place);
  }
  return flat(root);
}
