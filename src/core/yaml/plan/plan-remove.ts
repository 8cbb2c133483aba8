import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { isMerge, keyText } from '../keys.ts';
import { isFirstOnLine, lineStartOf, nextLineOf } from '../lines.ts';
import type { MapNode, Node } from '../tree.ts';
import type { YamlPath } from '../types.ts';
import { commentsAbove, ownEnd, ownStart } from './comments.ts';
import { removeFromFlow } from './plan-flow.ts';
import { replaceNode } from './plan-replace.ts';
import type { Draft, Site, Work } from './site.ts';
import { entriesOf, extent, locate, refuseShared, refuseUsedAnchor } from './site.ts';

/** Where a whole-line stretch begins and ends so that taking it away leaves no empty line and no other end of the file. */
function linesToRemove(text: string, from: number, end: number): { from: number; to: number } {
  const start = lineStartOf(text, from);
  const to = nextLineOf(text, end);
  if (to > end || start === 0) return { from: start, to };
  // The last line has no line break: those above go instead.
  let above = start;
  while (above > 0 && /[\s]/.test(text[above - 1] ?? '')) above--;
  return { from: above === 0 ? start : above, to };
}

function removeBlockEntry(work: Work, holder: Node, index: number): Result<Draft> {
  const { text } = work;
  const entries = entriesOf(holder);
  const entry = entries[index];
  if (entry === undefined) return ok({ edits: [] });
  const range = extent(entry);
  const end = ownEnd(work, range);
  const used = refuseUsedAnchor(work, { from: range.from, to: end });
  if (used !== undefined) return used;
  const next = entries[index + 1];
  if (!isFirstOnLine(text, range.from) && next !== undefined) {
    // It shares its line with a dash: the next one, with its comments, slides up.
    const to = commentsAbove(work, extent(next).from);
    return ok({ edits: [{ from: range.from, to, insert: '' }] });
  }
  return ok({ edits: [{ ...linesToRemove(text, ownStart(work, holder, index), end), insert: '' }] });
}

/** The indexes of all pairs of a key: several where it stands twice. */
function pairsOf(map: MapNode, key: string): number[] {
  return map.pairs.flatMap((pair, i) => (!isMerge(pair.key) && keyText(pair.key) === key ? [i] : []));
}

function removeAt(work: Work, holder: Site, index: number): Result<Draft> {
  const { node } = holder;
  if (node.kind !== 'map' && node.kind !== 'seq') return ok({ edits: [] });
  if (entriesOf(node).length === 1 && !(node.kind === 'map' && node.bare)) {
    const used = refuseUsedAnchor(work, { from: node.from, to: node.to });
    if (used !== undefined) return used;
    if (!node.flow) return replaceNode(work, holder, node.kind === 'map' ? {} : []);
  }
  if (!node.flow) return removeBlockEntry(work, node, index);
  const entry = entriesOf(node)[index];
  return (entry && refuseUsedAnchor(work, extent(entry))) ?? ok(removeFromFlow(work, node, index));
}

/**
 * Takes an entry away with the comments that belong to it. What is not there is no edit; the last entry leaves `[]` or `{}`.
 * Of a key that stands several times, the last goes: ask again for the others.
 */
export function planRemove(work: Work, path: YamlPath): Result<Draft> {
  const key = path.at(-1);
  const { root } = work.tree;
  if (key === undefined) return refuse('yaml/root', 'A document is removed from its stream, not from itself.');
  if (root === undefined) return ok({ edits: [] });
  const { site, rest } = locate(root, path);
  const whole = { from: site.node.start, to: Math.max(site.node.start, site.node.to) };
  if (rest.length > 0) {
    if (
      site.node.kind !== 'alias' &&
      !(rest.length === 1 && site.node.kind === 'map' && site.node.pairs.some((pair) => isMerge(pair.key)))
    ) {
      return ok({ edits: [] });
    }
    const remedy = 'Remove it where it is written, or write the fields out here.';
    return refuse('yaml/merged', 'This comes from an alias or a merge and is not written here.', {
      range: whole,
      remedy,
    });
  }
  const { parent } = site;
  if (parent === undefined) return ok({ edits: [] });
  const shared = refuseShared(work, parent);
  if (shared !== undefined) return shared;
  const index = parent.node.kind === 'map' ? (pairsOf(parent.node, String(key)).at(-1) ?? site.index) : site.index;
  return removeAt(work, parent, index);
}
