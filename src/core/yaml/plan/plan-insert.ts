import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { isFirstOnLine, lineEndOf, lineStartOf } from '../lines.ts';
import { keyText, ownPair, resolveScalar } from '../keys.ts';
import { wrap } from '../model.ts';
import { printBlock, printEntry, printFlow, printKey } from '../print/print.ts';
import type { MapNode, Node, SeqNode } from '../tree.ts';
import type { Json, YamlPath } from '../types.ts';
import { commentsAbove, endOfEntries, ownStart } from './comments.ts';
import { insertIntoFlow } from './plan-flow.ts';
import { fillDocument, replaceNode } from './plan-replace.ts';
import type { Draft, Site, Work } from './site.ts';
import { entryColumn, layoutAt, locate, refuseShared } from './site.ts';

const spaces = (count: number): string => ' '.repeat(Math.max(0, count));

/** A key in the manner of its siblings: whole numbers stay without quotes where theirs are. */
function keyFor(map: MapNode, key: string): string {
  const numeric = map.pairs.some(({ key: each }) => each.kind === 'scalar' && resolveScalar(each).kind === 'int');
  return numeric && /^(?:0|[1-9][0-9]{0,8})$/.test(key) ? key : printKey(key, map.flow);
}

interface NewKey {
  readonly key: string;
  readonly value: Json;
  readonly before: string | undefined;
}

function insertKey(work: Work, site: Site, map: MapNode, { key, value, before }: NewKey): Result<Draft> {
  const written = keyFor(map, key);
  if (written.length > 1000) return refuse('yaml/key-too-long', 'kubectl reads no key of more than 1,024 characters.');
  const next = before === undefined ? undefined : ownPair(map, before);
  if (before !== undefined && next === undefined) {
    return refuse('yaml/missing', `There is no key ${before} to put ${key} in front of.`, {
      range: { from: map.from, to: map.to },
    });
  }
  const index = next === undefined ? map.pairs.length : map.pairs.indexOf(next);
  if (map.flow) return ok(insertIntoFlow(work, map, index, `${written}: ${printFlow(value)}`));
  const column = entryColumn(work, map);
  if (next !== undefined) {
    const at = ownStart(work, map, index);
    const layout = layoutAt(work, Math.max(0, lineStartOf(work.text, at) - 1), column);
    return ok({
      edits: [{ from: at, to: at, insert: `${printEntry(key, value, layout, written)}${layout.eol}${spaces(column)}` }],
    });
  }
  const at = endOfEntries(work, site);
  const layout = layoutAt(work, at, column);
  return ok({
    edits: [{ from: at, to: at, insert: `${layout.eol}${spaces(column)}${printEntry(key, value, layout, written)}` }],
  });
}

/** How far behind its dash an item's content stands. */
function gapOf(work: Work, seq: SeqNode): number {
  for (const { dash, node } of seq.items) {
    const gap = node.start - dash;
    if (gap > 1 && gap < 9 && lineEndOf(work.text, dash) > node.start) return gap;
  }
  return 2;
}

function insertItem(work: Work, site: Site, seq: SeqNode, index: number, value: Json): Result<Draft> {
  if (index < 0 || index > seq.items.length) {
    const range = { from: seq.from, to: seq.to };
    return refuse('yaml/missing', `The list has ${seq.items.length} items; none can be put at ${index}.`, { range });
  }
  if (seq.flow) return ok(insertIntoFlow(work, seq, index, printFlow(value)));
  const { text } = work;
  const column = entryColumn(work, seq);
  const gap = gapOf(work, seq);
  const next = seq.items[index];
  const print = (at: number): { item: string; eol: string } => {
    const layout = layoutAt(work, at, column + gap);
    return { item: `-${spaces(gap - 1)}${printBlock(value, layout)}`, eol: layout.eol };
  };
  if (next !== undefined) {
    // Above the first item a comment may speak of the whole list; above others it belongs to the item.
    const at = index === 0 ? ownStart(work, seq, 0) : commentsAbove(work, next.dash);
    const { item, eol } = print(isFirstOnLine(text, at) ? Math.max(0, lineStartOf(text, at) - 1) : at);
    return ok({ edits: [{ from: at, to: at, insert: `${item}${eol}${spaces(column)}` }] });
  }
  const at = endOfEntries(work, site);
  const { item, eol } = print(at);
  return ok({ edits: [{ from: at, to: at, insert: `${eol}${spaces(column)}${item}` }] });
}

/** Adds what is missing below a place: a key with all that the rest of the path names, or an item. */
export function addBelow(work: Work, site: Site, rest: YamlPath, value: Json, before?: string): Result<Draft> {
  const { node } = site;
  const range = { from: node.start, to: Math.max(node.to, node.start) };
  const [key, ...deeper] = rest;
  if (key === undefined) return replaceNode(work, site, value);
  if (node.kind === 'alias') {
    const remedy = 'Replace the alias by a copy first, or edit the value it names.';
    return refuse('yaml/alias', `The value is the alias *${node.name}: what it names cannot be changed from here.`, {
      range,
      remedy,
    });
  }
  const shared = refuseShared(work, site);
  if (shared !== undefined) return shared;
  const wrapped = wrap(deeper, value);
  if (wrapped.kind !== 'ok') return { ...wrapped, range };
  const empty = (node.kind === 'map' && node.pairs.length === 0) || (node.kind === 'seq' && node.items.length === 0);
  const isNull = node.kind === 'scalar' && resolveScalar(node).kind === 'null';
  if (node.kind === 'map' && typeof key === 'number' && !empty) {
    return insertKey(work, site, node, { key: String(key), value: wrapped.value, before });
  }
  if (node.kind === 'map' && !empty && typeof key === 'string')
    return insertKey(work, site, node, { key, value: wrapped.value, before });
  if (node.kind === 'seq' && !empty && typeof key === 'number') return insertItem(work, site, node, key, wrapped.value);
  const fits =
    isNull || (node.kind === 'map' && typeof key === 'string') || (node.kind === 'seq' && typeof key === 'number');
  if (!empty && !isNull) {
    return refuse(
      'yaml/not-a-map',
      `Nothing can be put under ${String(key)}: the value here is no ${typeof key === 'number' ? 'list' : 'map'}.`,
      { range },
    );
  }
  const whole = wrap([key], wrapped.value);
  if (!fits || whole.kind !== 'ok') {
    return refuse('yaml/missing', `There is no item ${String(key)} here.`, { range });
  }
  return replaceNode(work, site, whole.value);
}

/** Whether a document has no content: nothing, or nothing behind its `---`. */
export function isEmptyRoot(root: Node | undefined): root is undefined {
  return root === undefined || (root.kind === 'scalar' && root.style === 'absent' && root.start === root.to);
}

/** Adds an item before an index, or a key that is not there yet. */
export function planInsert(work: Work, path: YamlPath, value: Json, before?: string): Result<Draft> {
  const key = path.at(-1);
  const { root } = work.tree;
  if (key === undefined) return refuse('yaml/root', 'The whole document can only be set.');
  if (isEmptyRoot(root)) {
    const whole = wrap(path, value);
    return whole.kind === 'ok' ? fillDocument(work, whole.value) : whole;
  }
  const { site, rest } = locate(root, path.slice(0, -1));
  const { node } = site;
  if (rest.length === 0 && node.kind === 'map') {
    const old = ownPair(node, String(key));
    if (old !== undefined) {
      const range = { from: old.key.start, to: old.key.to };
      return refuse('yaml/key-exists', `There is a key ${keyText(old.key) ?? ''} already.`, { range });
    }
  }
  return addBelow(work, site, [...rest, key], value, rest.length === 0 ? before : undefined);
}
