import type { GraphNode, RuleRow } from '../../../core/graph/types.ts';

export interface Picked {
  readonly node?: GraphNode | undefined;
  readonly rule?: RuleRow | undefined;
}

/** The node that is picked, or that holds the row or destination that is; and the rule, where it is one or a destination of one. */
export function pickedOf(nodes: ReadonlyMap<string, GraphNode>, id: string | undefined): Picked {
  if (id === undefined) return {};
  const node = nodes.get(id);
  if (node) return { node };
  for (const holder of nodes.values()) {
    for (const row of holder.rows) {
      if (row.id === id) return { node: holder, rule: row.kind === 'rule' ? row : undefined };
      if (row.kind === 'rule' && row.destinations.some((destination) => destination.id === id))
        return { node: holder, rule: row };
    }
  }
  return {};
}
