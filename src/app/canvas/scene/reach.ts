import { grouped } from '../../../core/base/lists.ts';
import type { GraphEdge, GraphNode, NodeId } from '../../../core/graph/types.ts';

/**
 * What requests of one caller can never meet: ids of nodes and rows, each with the reason. A request goes from node to node along the
 * edges; one that enters a node at its head may take any of its rows but those that are `off`, one that enters at a row takes that row.
 */
export function outOfReach(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  edges: Iterable<GraphEdge>,
  caller: NodeId,
  off: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const start = nodes.get(caller);
  if (!start) return new Map();
  const byNode = grouped(edges, ({ from }) => from.node);
  const reached = new Set<string>();
  const queue: string[] = [];
  const enter = (node: NodeId, row: string | undefined): void => {
    const rows =
      row === undefined ? (nodes.get(node)?.rows ?? []).map((each) => each.id).filter((id) => !off.has(id)) : [row];
    for (const id of [node, ...rows]) reached.add(id);
    queue.push(node);
  };
  enter(caller, undefined);
  const followed = new Set<string>();
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const edge of byNode.get(node) ?? []) {
      if (followed.has(edge.id) || (edge.from.row !== undefined && !reached.has(edge.from.row))) continue;
      followed.add(edge.id);
      enter(edge.to.node, edge.to.row);
    }
  }
  const faded = new Map<string, string>();
  for (const node of nodes.values()) {
    if (!reached.has(node.id)) faded.set(node.id, reasonFor(node, start));
    for (const row of node.rows) if (!reached.has(row.id)) faded.set(row.id, reasonFor(node, start));
  }
  return faded;
}

/** What is faded when rules that do not exist for the caller fade too; a VirtualService all of whose rules do goes with them. */
export function withoutRules(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  faded: ReadonlyMap<string, string>,
  off: readonly (readonly [row: string, reason: string])[],
): ReadonlyMap<string, string> {
  if (off.length === 0) return faded;
  const all = new Map([...faded, ...off]);
  const reasons = new Map(off);
  for (const node of nodes.values()) {
    const rules = node.rows.filter((row) => row.kind === 'rule');
    const reason = rules.map(({ id }) => reasons.get(id)).find((each) => each !== undefined);
    if (reason === undefined || all.has(node.id) || !rules.every(({ id }) => all.has(id))) continue;
    for (const id of [node.id, ...node.rows.map((row) => row.id)]) if (!all.has(id)) all.set(id, reason);
  }
  return all;
}

function reasonFor(node: GraphNode, caller: GraphNode): string {
  if (node.kind === 'caller') return `Another caller than ${caller.title}.`;
  if (node.kind === 'gateway') return `${caller.title} does not come in through this gateway.`;
  if (node.kind === 'virtualService') {
    return caller.caller?.kind === 'internet'
      ? `Does not apply to ${caller.title}: no gateway that it enters is bound to this.`
      : `Does not apply to ${caller.title}: it is bound to gateways, or its hosts are not seen from there.`;
  }
  return `No rule sends requests of ${caller.title} here.`;
}

/** The nodes that are joined to any of `begin` by edges, followed up (against), down (along) or both; with `begin` itself. */
export function connected(
  begin: readonly NodeId[],
  edges: Iterable<GraphEdge>,
  way: 'up' | 'down' | 'both',
): ReadonlySet<NodeId> {
  const all = [...edges];
  const follow = (along: boolean): Set<NodeId> => {
    const found = new Set(begin);
    for (let grew = true; grew;) {
      grew = false;
      for (const { from, to } of all) {
        const [here, there] = along ? [from.node, to.node] : [to.node, from.node];
        if (!found.has(here) || found.has(there)) continue;
        found.add(there);
        grew = true;
      }
    }
    return found;
  };
  const up = way === 'down' ? [] : follow(false);
  const down = way === 'up' ? [] : follow(true);
  return new Set([...begin, ...up, ...down]);
}
