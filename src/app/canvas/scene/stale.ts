import { sameItems } from '../../../core/base/lists.ts';
import type { Rect } from './measure.ts';
import { isLit, isMoving, type Marks } from './paint.ts';
import type { Scene, SceneEdge } from './scene.ts';

/** What a picture was painted from. */
export interface Painted {
  readonly scene: Scene;
  readonly marks: Marks;
  /** What else it shows: another object, another picture. */
  readonly beside: unknown;
}

/** More stretches than this are not told apart: then all is stale. */
const MOST = 600;

/**
 * The stretches of the canvas where a picture of `before` does not show `after`; `undefined` where that is everywhere. Strokes reach beyond
 * them.
 */
export function staleBetween(before: Painted, after: Painted): readonly Rect[] | undefined {
  if (isOther(before.marks, after.marks) || before.beside !== after.beside) return undefined;
  const stale: Rect[] = [];
  const fits = staleEdges(before, after, stale) && (!after.marks.boxes || staleBoxes(before, after, stale));
  return fits ? stale : undefined;
}

function isOther(a: Marks, b: Marks): boolean {
  return a.boxes !== b.boxes || a.faded !== b.faded || a.lit !== b.lit;
}

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a === b || (a.size === b.size && sameItems([...a], [...b]));

/** How an edge is painted, apart from what it is. */
const stateOf = (edge: SceneEdge, marks: Marks): number =>
  isMoving(edge, marks) ? 0 : (isLit(edge, marks) ? 10 : 5) + (marks.shares.get(edge.edge.id) ?? 2);

function staleEdges(before: Painted, after: Painted, stale: Rect[]): boolean {
  const [a, b] = [before.marks, after.marks];
  const sameMarks = sameSet(a.selected, b.selected) && sameSet(a.moving, b.moving) && sameShares(a.shares, b.shares);
  if (before.scene.edges === after.scene.edges && sameMarks) return true;
  let known = 0;
  for (const [id, edge] of after.scene.edges) {
    const old = before.scene.edges.get(id);
    if (old) known += 1;
    const was = old ? stateOf(old, a) : 0;
    const is = stateOf(edge, b);
    if (was === is && (old === edge || is === 0)) continue;
    if (old && was > 0) stale.push(old.bounds);
    if (is > 0) stale.push(edge.bounds);
    if (stale.length > MOST) return false;
  }
  if (known === before.scene.edges.size) return true;
  for (const [id, old] of before.scene.edges)
    if (!after.scene.edges.has(id) && !isMoving(old, a)) stale.push(old.bounds);
  return stale.length <= MOST;
}

function sameShares(a: Marks['shares'], b: Marks['shares']): boolean {
  return a.size === b.size && [...a].every(([id, share]) => b.get(id) === share);
}

function staleBoxes(before: Painted, after: Painted, stale: Rect[]): boolean {
  const [a, b] = [before.marks, after.marks];
  const [was, is] = [before.scene.nodes, after.scene.nodes];
  const isBox = (id: string, marks: Marks): boolean => !marks.cards.has(id) && !marks.moving.has(id);
  const sameMarks = sameSet(a.selected, b.selected) && sameSet(a.moving, b.moving) && sameSet(a.cards, b.cards);
  if (was === is && sameMarks) return true;
  const touched = new Set([...a.cards, ...b.cards, ...a.moving, ...b.moving]);
  for (const [id, node] of is) {
    const old = was.get(id);
    const picked = [a, b].map(({ selected }) => selected.has(id) || node.node.rows.some((row) => selected.has(row.id)));
    const same = old === node && picked[0] === picked[1];
    if (same && (!touched.has(id) || isBox(id, a) === isBox(id, b))) continue;
    if (old) stale.push(old);
    stale.push(node);
    if (stale.length > MOST) return false;
  }
  if (is.size < was.size || stale.length > 0) for (const [id, old] of was) if (!is.has(id)) stale.push(old);
  return stale.length <= MOST;
}
