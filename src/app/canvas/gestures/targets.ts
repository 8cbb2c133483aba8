import type { GraphNode, GraphRow, NodeId, RuleRow } from '../../../core/graph/types.ts';

/** A place that a rule can send requests to. `id` is the item of the canvas that stands for it. */
export interface Target {
  readonly id: string;
  readonly label: string;
  readonly host: string;
  readonly subset?: string | undefined;
}

/** The host as it is written from a namespace: short where that means the same. */
export function writtenHost(host: string, namespace: string): string {
  const [name, space, ...rest] = host.split('.');
  return rest.join('.') === 'svc.cluster.local' && space === namespace && name !== undefined ? name : host;
}

const namespaceOf = (node: GraphNode): string => /^\S+ ([^/\s]+)\//.exec(node.resource ?? '')?.[1] ?? 'default';

/** Every service and subset that a rule can send requests to and does not yet, in the order of the canvas. */
export function targetsFor(nodes: ReadonlyMap<NodeId, GraphNode>, owner: GraphNode, row: RuleRow): Target[] {
  const targets: Target[] = [];
  for (const node of nodes.values()) {
    for (const item of [undefined, ...node.rows.filter((each) => each.kind === 'subset')]) {
      const target = targetOf(node, item, namespaceOf(owner));
      if (typeof target !== 'string' && !goesThere(row, node, target)) targets.push(target);
    }
  }
  return targets;
}

/** Why a rule can't be connected to an item; the target where it can. */
export function judge(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  owner: GraphNode,
  row: RuleRow,
  itemId: string,
): Target | string {
  for (const node of nodes.values()) {
    const item = node.id === itemId ? undefined : node.rows.find((each) => each.id === itemId);
    if (node.id !== itemId && !item) continue;
    if (node.id === owner.id) return 'A rule cannot send requests to its own virtual service.';
    const target = targetOf(node, item, namespaceOf(owner));
    if (typeof target === 'string') return target;
    return goesThere(row, node, target) ? `The rule sends requests to ${target.label} already.` : target;
  }
  return 'There is nothing to connect to here.';
}

function targetOf(node: GraphNode, item: GraphRow | undefined, namespace: string): Target | string {
  if (node.kind === 'ghost') return 'It does not exist: declare it first.';
  if (node.kind !== 'service' && node.kind !== 'external')
    return 'A rule can send requests to a service or one of its subsets.';
  const { host } = node;
  if (host === undefined) return 'It has no host that a rule could name.';
  if (item?.kind === 'subset') {
    if (item.missing) return `There is no subset ${item.title}: declare it in a DestinationRule first.`;
    return {
      id: item.id,
      label: `${node.title} ${item.title}`,
      host: writtenHost(host, namespace),
      subset: item.title,
    };
  }
  return { id: item?.id ?? node.id, label: node.title, host: writtenHost(host, namespace) };
}

function goesThere(row: RuleRow, node: GraphNode, target: Target): boolean {
  return row.destinations.some(
    (each) => (each.host === node.host || each.host === target.host) && each.subset === target.subset,
  );
}
