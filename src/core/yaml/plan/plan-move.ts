import type { Result, TextRange } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { diffTexts } from '../../text/index.ts';
import type { SeqNode } from '../tree.ts';
import type { YamlPath } from '../types.ts';
import { ownEnd, ownStart } from './comments.ts';
import type { Draft, Work } from './site.ts';
import { extent, locate, refuseShared } from './site.ts';

/** What goes with each item: its comments above and behind, without the indentation of its first line and its last line break. */
function chunksOf(work: Work, seq: SeqNode): TextRange[] {
  return seq.items.map((item, index) => {
    if (seq.flow) return extent(item);
    return { from: ownStart(work, seq, index), to: ownEnd(work, extent(item)) };
  });
}

/**
 * Moves an item of a list so that it ends at index `to`. The items' texts change places; what stands between them (blank
 * lines, commas, comments of their own paragraph) stays where it is.
 */
export function planMove(work: Work, path: YamlPath, to: number): Result<Draft> {
  const from = path.at(-1);
  const { root } = work.tree;
  const located = root && locate(root, path.slice(0, -1));
  const node = located?.site.node;
  if (located === undefined || located.rest.length > 0 || node?.kind !== 'seq' || typeof from !== 'number') {
    return refuse(
      'yaml/not-a-list',
      'Only items of a list can be moved.',
      node && { range: { from: node.start, to: node.to } },
    );
  }
  const chunks = chunksOf(work, node);
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const first = chunks[low];
  const last = chunks[high];
  if (first === undefined || last === undefined || low < 0) {
    const range = { from: node.from, to: node.to };
    return refuse('yaml/missing', `The list has ${chunks.length} items; ${from} cannot go to ${to}.`, { range });
  }
  const shared = refuseShared(work, located.site);
  if (shared !== undefined) return shared;
  const texts = chunks.map((chunk) => work.text.slice(chunk.from, chunk.to));
  const moved = texts.toSpliced(from, 1).toSpliced(to, 0, texts[from] ?? '');
  let after = '';
  for (let i = low; i <= high; i++) {
    const gapEnd = i < high ? (chunks[i + 1]?.from ?? 0) : last.to;
    after += (moved[i] ?? '') + work.text.slice(chunks[i]?.to ?? 0, gapEnd);
  }
  const edits = diffTexts(work.text.slice(first.from, last.to), after);
  return ok({
    edits: edits.map((edit) => ({ from: edit.from + first.from, to: edit.to + first.from, insert: edit.insert })),
  });
}
