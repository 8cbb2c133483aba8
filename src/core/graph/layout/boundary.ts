import { nodeSize } from '../size.ts';
import type { GraphNode, Point, Positions, Size } from '../types.ts';

/** Between the boundary and what stands inside it; the boundary's name stands in the upper one. */
export const BOUNDARY_PADDING = { top: 40, side: 24, bottom: 24 };

/**
 * The rectangle that stands for the mesh: round everything that is neither a caller nor external, wherever it was dragged to.
 * `undefined` where there is nothing to go round.
 */
export function meshBoundary(nodes: readonly GraphNode[], positions: Positions): (Point & Size) | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const node of nodes) {
    if (node.column === 'callers' || node.column === 'external') continue;
    const at = positions.get(node.id);
    if (!at) continue;
    const size = nodeSize(node);
    left = Math.min(left, at.x);
    top = Math.min(top, at.y);
    right = Math.max(right, at.x + size.width);
    bottom = Math.max(bottom, at.y + size.height);
  }
  if (left === Infinity) return undefined;
  const { top: above, side, bottom: below } = BOUNDARY_PADDING;
  return { x: left - side, y: top - above, width: right - left + 2 * side, height: bottom - top + above + below };
}
