import { BAND_WIDTH, COLUMNS, GRID, HEAD_HEIGHT } from '../../core/graph/index.ts';
import type { ColumnId, Point } from '../../core/graph/types.ts';
import type { NewPlace } from '../../core/workspace/types.ts';
import { getAppState } from '../state/index.ts';
import { visibleRect } from './scene/paint.ts';
import { stage } from './stage.ts';

export const addableKinds = ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry'] as const;
export type AddableKind = (typeof addableKinds)[number];

const columnOf: Readonly<Record<AddableKind, ColumnId>> = {
  Gateway: 'gateways',
  VirtualService: 'virtualServices',
  DestinationRule: 'services',
  ServiceEntry: 'external',
};
const snapped = ({ x, y }: Point): Point => ({ x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID });

/** The place of a new node whose head is to lie under a point of the canvas. */
export function spotUnder(kind: AddableKind, { x, y }: Point): NewPlace {
  return { ...snapped({ x: x - COLUMNS[columnOf[kind]].width / 2, y: y - HEAD_HEIGHT / 2 }), exact: true };
}

/**
 * The place of a new node that no pointer gave: in its own column, level with what is picked, else in the middle of the view; the nearest
 * free height there. `undefined` where the graph is empty, and the layout decides.
 */
export function spotFor(kind: AddableKind): NewPlace | undefined {
  const { scene, view } = stage;
  if (scene.nodes.size === 0 || view.width === 0) return undefined;
  const picked = getAppState().selection.ids.at(-1);
  const { x: line, width } = COLUMNS[columnOf[kind]];
  for (const placed of picked === undefined ? [] : scene.nodes.values()) {
    if (placed.node.id !== picked && !placed.node.rows.some((row) => row.id === picked)) continue;
    const band = Math.round((placed.x - COLUMNS[placed.node.column].x) / BAND_WIDTH);
    return { x: line + band * BAND_WIDTH, y: placed.y, exact: false };
  }
  const seen = visibleRect(view);
  // In its own column where that is in view, else wherever the middle is.
  const isInView = seen.x <= line && line + width <= seen.x + seen.width;
  const middle = {
    x: isInView ? line : seen.x + seen.width / 2 - width / 2,
    y: seen.y + seen.height / 2 - HEAD_HEIGHT,
  };
  return { ...snapped(middle), exact: false };
}
