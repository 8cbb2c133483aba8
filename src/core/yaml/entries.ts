import type { TextRange } from '../base/result.ts';
import { isMerge, keyText } from './keys.ts';
import { isFirstOnLine, lineEndOf, lineStartOf, nextLineOf } from './lines.ts';
import type { Item, MapNode, Node, Pair } from './tree.ts';
import { treeOf } from './trees.ts';
import type { EntryStyle, YamlDocument, YamlEntry, YamlPath } from './types.ts';

/** A node with what leads to it. */
interface Spot {
  readonly node: Node;
  readonly pair?: Pair | undefined;
  readonly item?: Item | undefined;
  readonly inFlow: boolean;
}

/** How a node is written. */
export function styleOf(node: Node): EntryStyle {
  switch (node.kind) {
    case 'map':
      return node.flow ? 'flowMap' : 'blockMap';
    case 'seq':
      return node.flow ? 'flowSeq' : 'blockSeq';
    case 'alias':
      return 'alias';
    case 'scalar':
      return node.style;
  }
}

const behind = (node: Node): Node => {
  let at = node;
  for (let i = 0; at.kind === 'alias' && at.target !== undefined && i < 100; i++) at = at.target;
  return at;
};

/** The pair that counts for a key: the last one in text order, a merge standing for all that it brings. */
function pairOf(map: MapNode, key: string, depth = 0): Pair | undefined {
  for (let i = map.pairs.length - 1; i >= 0; i--) {
    const pair = map.pairs[i];
    if (pair === undefined) continue;
    if (!isMerge(pair.key)) {
      if (keyText(pair.key) === key) return pair;
      continue;
    }
    if (depth > 20) continue;
    const value = behind(pair.value);
    const sources = value.kind === 'seq' ? value.items.map((item) => behind(item.node)) : [value];
    for (const source of sources) {
      const found = source.kind === 'map' ? pairOf(source, key, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function step(spot: Spot, key: string | number): Spot | undefined {
  const node = behind(spot.node);
  if (node.kind === 'map' && typeof key === 'string') {
    const pair = pairOf(node, key);
    return pair && { node: pair.value, pair, inFlow: node.flow };
  }
  if (node.kind === 'seq' && typeof key === 'number') {
    const item = node.items[key];
    return item && { node: item.node, item, inFlow: node.flow };
  }
  return undefined;
}

function linesOf(text: string, spot: Spot): TextRange {
  const { node, pair, item, inFlow } = spot;
  const start = pair?.start ?? (item !== undefined && item.dash >= 0 ? item.dash : node.start);
  const end = Math.max(node.to, node.start, pair?.colon ?? 0, pair?.key.to ?? 0);
  if (inFlow) return { from: start, to: end };
  return { from: isFirstOnLine(text, start) ? lineStartOf(text, start) : start, to: nextLineOf(text, end) };
}

function entryOf(text: string, spot: Spot, path: YamlPath): YamlEntry {
  const { node, pair } = spot;
  const value = { from: node.start, to: Math.max(node.start, node.to) };
  const key = pair && { from: pair.key.start, to: pair.key.to };
  return { path, style: styleOf(node), key, value, lines: linesOf(text, spot) };
}

/**
 * Where the value at a path stands, aliases and merges followed to where the value is written. Nothing where the document has
 * no such place. Works on what could be read of a broken document too.
 */
export function entryAt(document: YamlDocument, path: YamlPath): YamlEntry | undefined {
  const { root } = treeOf(document.text);
  let spot: Spot | undefined = root && { node: root, inFlow: false };
  for (const key of path) {
    spot = spot && step(spot, key);
    if (spot === undefined) return undefined;
  }
  return spot && entryOf(document.text, spot, path);
}

/** The range of the value at a path, or of its nearest ancestor that exists; the whole text where there is none. */
export function rangeOfPath(document: YamlDocument, path: YamlPath): TextRange {
  const { root } = treeOf(document.text);
  if (root === undefined) return { from: 0, to: document.text.length };
  let spot: Spot = { node: root, inFlow: false };
  for (const key of path) {
    const next = step(spot, key);
    if (next === undefined) break;
    spot = next;
  }
  return { from: spot.node.start, to: Math.max(spot.node.start, spot.node.to) };
}

/** Whether an offset belongs to an entry: from the start of its line, where it is first there, to the end of its last line. */
function covers(text: string, offset: number, spot: Spot): boolean {
  const { node, pair, item, inFlow } = spot;
  const start = pair?.start ?? (item !== undefined && item.dash >= 0 ? item.dash : node.start);
  const end = Math.max(node.to, node.start, pair === undefined ? 0 : Math.max(pair.colon + 1, pair.key.to));
  if (inFlow) return offset >= start && offset <= end;
  return offset >= (isFirstOnLine(text, start) ? lineStartOf(text, start) : start) && offset <= lineEndOf(text, end);
}

/** The path of the deepest entry that an offset belongs to; `[]` outside of all. Aliases are not followed. */
export function pathAt(document: YamlDocument, offset: number): YamlPath {
  const { text } = document;
  const path: (string | number)[] = [];
  let node = treeOf(text).root;
  while (node !== undefined) {
    let next: Node | undefined;
    if (node.kind === 'map') {
      const { flow, pairs }: MapNode = node;
      const pair = pairs.findLast((each) => covers(text, offset, { node: each.value, pair: each, inFlow: flow }));
      const key = pair && keyText(pair.key);
      if (pair === undefined || key === undefined) break;
      path.push(key);
      next = pair.value;
    } else if (node.kind === 'seq') {
      const { flow, items } = node;
      const index = items.findLastIndex((item) => covers(text, offset, { node: item.node, item, inFlow: flow }));
      if (index < 0) break;
      path.push(index);
      next = items[index]?.node;
    }
    node = next;
  }
  return path;
}
