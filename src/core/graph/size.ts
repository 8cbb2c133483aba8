import type { ColumnId, GraphNode, GraphRow, Size } from './types.ts';

/** Canvas units are pixels at zoom 1; everything lies on a grid of 8. */
export const GRID = 8;
export const HEAD_HEIGHT = 40;
/** A rule, a server, a port or a subset. */
export const ROW_HEIGHT = 32;
/** The last row: what becomes of everything else. */
export const REST_HEIGHT = 28;
/** The second line under a caller's title, where it has a subtitle. */
export const CAPTION_HEIGHT = 24;

/** Width of a column's nodes and where the column begins, counted from the callers' left side. */
export const COLUMNS: Readonly<Record<ColumnId, { readonly x: number; readonly width: number }>> = {
  callers: { x: 0, width: 136 },
  gateways: { x: 176, width: 176 },
  virtualServices: { x: 392, width: 280 },
  services: { x: 744, width: 200 },
  external: { x: 1008, width: 216 },
};

/** Left to right, as the canvas is read. */
export const COLUMN_ORDER: readonly ColumnId[] = ['callers', 'gateways', 'virtualServices', 'services', 'external'];

/** From one band of columns to the next, where a mesh is too tall for one. */
export const BAND_WIDTH = 1120;

/** The height of a row. */
export function rowHeight(row: GraphRow): number {
  return row.kind === 'rest' ? REST_HEIGHT : ROW_HEIGHT;
}

/** The height of what stands above a node's first row: the title, and under a caller's title its labels. */
export function headHeight(node: GraphNode): number {
  return node.kind === 'caller' && node.subtitle !== '' ? HEAD_HEIGHT + CAPTION_HEIGHT : HEAD_HEIGHT;
}

/** Width and height of a node on the canvas: pure numbers, so that nothing has to be measured before it can be drawn. */
export function nodeSize(node: GraphNode): Size {
  let height = headHeight(node);
  for (const row of node.rows) height += rowHeight(row);
  return { width: COLUMNS[node.column].width, height };
}

/**
 * The middle of a row, from the node's top: where its handles are. Without a row (or with one that the node does not have) the
 * middle of the head.
 */
export function rowOffset(node: GraphNode, rowId?: string): number {
  const head = headHeight(node);
  if (rowId !== undefined) {
    let top = head;
    for (const row of node.rows) {
      const height = rowHeight(row);
      if (row.id === rowId) return top + height / 2;
      top += height;
    }
  }
  return head / 2;
}
