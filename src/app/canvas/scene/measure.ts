import type { GraphEnd, GraphNode, GraphRow, Point, Size } from '../../../core/graph/types.ts';
import { rowHeight, rowOffset } from '../../../core/graph/index.ts';

/** A rectangle in canvas units. */
export interface Rect extends Point, Size {}

/** Where a row stands in its node: distance from the node's top, and height. */
export function rowPlace(node: GraphNode, row: GraphRow): { readonly top: number; readonly height: number } {
  const height = rowHeight(row);
  return { top: rowOffset(node, row.id) - height / 2, height };
}

/** Distance from a node's top to where a wire meets it: the middle of a row, or of the head. */
export function endOffset(node: GraphNode, end: GraphEnd): number {
  return rowOffset(node, end.row);
}

/** Whether two rectangles share any point. */
export function overlap(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

/** Whether `outer` holds all of `inner`. */
export function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** A rectangle grown by `margin` on every side. */
export function grow(rect: Rect, margin: number): Rect {
  return { x: rect.x - margin, y: rect.y - margin, width: rect.width + 2 * margin, height: rect.height + 2 * margin };
}

/** The smallest rectangle around all of these; `undefined` around none. */
export function around(rects: Iterable<Rect>): Rect | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}
