import type { GraphNode } from '../types.ts';

/** A node for something that is referred to and is not there. */
export function ghostNode(column: GraphNode['column'], what: string, title: string, note: string): GraphNode {
  return {
    id: `ghost/${what}`,
    kind: 'ghost',
    column,
    name: `Missing ${what}`,
    title,
    subtitle: '',
    rows: [],
    stale: false,
    assumed: false,
    note,
  };
}
