import type { Result, TextRange } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { TextEdit } from '../../text/types.ts';
import { ownPair } from '../keys.ts';
import { columnOf, lineBreakAt } from '../lines.ts';
import type { BlockLayout } from '../print/print.ts';
import type { Item, Node, Pair, Tree } from '../tree.ts';
import type { PlanNote, YamlDocument, YamlPath } from '../types.ts';

/** What one operation writes, before it is verified. `notes` lie in the text after the edits. */
export interface Draft {
  readonly edits: readonly TextEdit[];
  readonly notes?: readonly PlanNote[];
}

/** A document at work. */
export interface Work {
  readonly text: string;
  readonly tree: Tree;
  readonly document: YamlDocument;
  readonly style: Pick<BlockLayout, 'step' | 'compactSequences' | 'literals'>;
  /** Offsets of the `#` of all comments. */
  readonly comments: ReadonlySet<number>;
}

/** A node with the way to it. */
export interface Site {
  readonly node: Node;
  readonly parent?: Site | undefined;
  readonly index: number;
  readonly pair?: Pair | undefined;
  readonly item?: Item | undefined;
  /** It stands inside `[ ]` or `{ }`. */
  readonly inFlow: boolean;
}

/** The deepest place on a path that exists, and what of the path is left. Aliases are not followed. */
export interface Located {
  readonly site: Site;
  readonly rest: YamlPath;
}

/** Follows a path through a tree as far as it goes. */
export function locate(root: Node, path: YamlPath): Located {
  let site: Site = { node: root, index: 0, inFlow: false };
  for (const [depth, key] of path.entries()) {
    const { node } = site;
    const inFlow: boolean = node.kind === 'map' || node.kind === 'seq' ? node.flow : false;
    if (node.kind === 'map') {
      const pair: Pair | undefined = ownPair(node, String(key));
      if (pair === undefined) return { site, rest: path.slice(depth) };
      site = { node: pair.value, parent: site, index: node.pairs.indexOf(pair), pair, inFlow };
    } else if (node.kind === 'seq' && typeof key === 'number') {
      const item: Item | undefined = node.items[key];
      if (item === undefined) return { site, rest: path.slice(depth) };
      site = { node: item.node, parent: site, index: key, item, inFlow };
    } else {
      return { site, rest: path.slice(depth) };
    }
  }
  return { site, rest: [] };
}

/** Where an entry begins and ends: dash or key to the end of its value, without comma and comment. */
export function extent(entry: Pair | Item): TextRange {
  if ('key' in entry) {
    const to = Math.max(entry.value.to, entry.value.start, entry.colon + 1, entry.key.to);
    return { from: entry.start, to };
  }
  return { from: entry.dash >= 0 ? entry.dash : entry.node.start, to: Math.max(entry.node.to, entry.dash + 1) };
}

/** The entries of a collection, whichever kind. */
export function entriesOf(node: Node): readonly (Pair | Item)[] {
  return node.kind === 'map' ? node.pairs : node.kind === 'seq' ? node.items : [];
}

/** Block layout at a place: the line break of the line above, and the document's own step and way with sequences. */
export function layoutAt(work: Work, at: number, column: number): BlockLayout {
  return { ...work.style, column, eol: lineBreakAt(work.text, at) };
}

/** The column of a block collection's entries. */
export function entryColumn(work: Work, node: Node): number {
  const first = entriesOf(node)[0];
  return first === undefined ? 0 : columnOf(work.text, extent(first).from);
}

/** The step and the way with sequences that a document uses most; 2 and compact where it shows none. */
export function styleOfTree(text: string, tree: Tree): Pick<BlockLayout, 'step' | 'compactSequences'> {
  const steps = new Map<number, number>();
  let [compact, indented] = [0, 0];
  const visit = (node: Node): void => {
    if (node.kind === 'seq') for (const item of node.items) visit(item.node);
    if (node.kind !== 'map') return;
    const column = node.flow ? 0 : columnOf(text, node.pairs[0]?.start ?? 0);
    for (const { value } of node.pairs) {
      if (!node.flow && (value.kind === 'map' || value.kind === 'seq') && !value.flow) {
        const deeper = columnOf(text, value.from) - column;
        if (value.kind === 'seq')
          [compact, indented] = deeper === 0 ? [compact + 1, indented] : [compact, indented + 1];
        if (deeper > 0) steps.set(deeper, (steps.get(deeper) ?? 0) + 1);
      }
      visit(value);
    }
  };
  if (tree.root !== undefined) visit(tree.root);
  const [step] = [...steps].reduce((best, each) => (each[1] > best[1] ? each : best), [2, 0]);
  return { step, compactSequences: compact >= indented };
}

/** Every alias of a tree with its target. */
function aliasesOf(tree: Tree): { readonly at: number; readonly target: Node | undefined }[] {
  const out: { at: number; target: Node | undefined }[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'alias') out.push({ at: node.start, target: node.target });
    if (node.kind === 'seq') for (const item of node.items) visit(item.node);
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        visit(pair.key);
        visit(pair.value);
      }
    }
  };
  if (tree.root !== undefined && tree.text.includes('*')) visit(tree.root);
  return out;
}

/** Refuses an edit inside a value that other places use by an alias: it would change them too. */
export function refuseShared(work: Work, site: Site): Result<never> | undefined {
  const aliases = aliasesOf(work.tree);
  for (let at: Site | undefined = site; at !== undefined && aliases.length > 0; at = at.parent) {
    const { node } = at;
    if (node.kind === 'alias') continue;
    const uses = aliases.filter(({ target }) => target === node);
    if (node.anchor === undefined || uses.length === 0) continue;
    const places = uses.length === 1 ? 'one other place uses' : `${uses.length} other places use`;
    return refuse('yaml/shared', `${places} this value by its anchor &${node.anchor}: they would change too.`, {
      range: { from: node.start, to: node.to },
      remedy: 'Replace the aliases by copies first, or edit the text.',
    });
  }
  return undefined;
}

/** Refuses to take text away that holds an anchor which is used elsewhere. */
export function refuseUsedAnchor(work: Work, range: TextRange): Result<never> | undefined {
  const inside = (at: number): boolean => at >= range.from && at < range.to;
  for (const { at, target } of aliasesOf(work.tree)) {
    if (target?.anchor === undefined || !inside(target.start) || inside(at)) continue;
    return refuse('yaml/anchor-used', `An alias further on uses the anchor &${target.anchor} of this value.`, {
      range: { from: target.start, to: target.to },
      remedy: 'Replace the alias by a copy first.',
    });
  }
  return undefined;
}
