import type { Graph, GraphNode, GraphRow, NodeId, RuleRow } from '../../../core/graph/types.ts';

/** A graph by id, as the store has it. */
export interface Placed {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: ReadonlyMap<string, Graph['edges'][number]>;
}

/** A place that a rule can send requests to. `id` is the item of the canvas that stands for it. */
export interface Target {
  readonly id: string;
  /** Where a wire to it ends: the subset's row, or the service. */
  readonly end: string;
  readonly label: string;
  readonly host: string;
  readonly subset?: string | undefined;
}

/** Every service and subset that a rule can send requests to and does not yet, in the order of the canvas. */
export function targetsFor(graph: Placed, row: RuleRow): Target[] {
  const targets: Target[] = [];
  const taken = targetsOf(graph, row);
  for (const node of graph.nodes.values()) {
    for (const item of [undefined, ...node.rows.filter((each) => each.kind === 'subset')]) {
      const target = targetOf(node, item);
      if (typeof target !== 'string' && !taken.has(target.end)) targets.push(target);
    }
  }
  return targets;
}

/** Why a rule can't be connected to an item; the target where it can. */
export function judge(graph: Placed, owner: GraphNode, row: RuleRow, itemId: string): Target | string {
  for (const node of graph.nodes.values()) {
    const item = node.id === itemId ? undefined : node.rows.find((each) => each.id === itemId);
    if (node.id !== itemId && !item) continue;
    if (node.id === owner.id) return 'A rule cannot send requests to its own virtual service.';
    const target = targetOf(node, item);
    if (typeof target === 'string') return target;
    return targetsOf(graph, row).has(target.end) ? `The rule sends requests to ${target.label} already.` : target;
  }
  return 'There is nothing to connect to here.';
}

function targetOf(node: GraphNode, item: GraphRow | undefined): Target | string {
  if (node.kind === 'ghost') return 'It does not exist: declare it first.';
  if (node.kind !== 'service' && node.kind !== 'external')
    return 'A rule can send requests to a service or one of its subsets.';
  const { host } = node;
  if (host === undefined) return 'It has no host that a rule could name.';
  if (item?.kind === 'subset') {
    if (item.missing) return `There is no subset ${item.title}: declare it in a DestinationRule first.`;
    return {
      id: item.id,
      end: item.id,
      label: `${node.title} ${item.title}`,
      host,
      subset: item.title,
    };
  }
  return { id: item?.id ?? node.id, end: node.id, label: node.title, host };
}

// Edges tell where a rule goes, however its hosts are written.
function targetsOf(graph: Placed, row: RuleRow): ReadonlySet<string> {
  const ends = new Set<string>();
  for (const edge of graph.edges.values()) {
    if (edge.kind === 'route' && edge.from.row === row.id) ends.add(edge.to.row ?? edge.to.node);
  }
  return ends;
}
