import fc from 'fast-check';
import { COLUMN_ORDER } from '../size.ts';
import type { ColumnId, Graph, GraphEdge, GraphNode } from '../types.ts';

/** A node with as many rows, for tests. */
export function node(id: string, column: ColumnId, rows: number): GraphNode {
  const kind = column === 'callers' ? 'caller' : 'service';
  const list = Array.from(
    { length: rows },
    (_, i) => ({ kind: 'subset', id: `${id}/${i}`, name: '', title: '', hue: i, missing: false, pods: 1 }) as const,
  );
  return { id, kind, column, name: id, title: id, subtitle: '', rows: list, stale: false, assumed: false };
}
/** An edge from a node's head to a row or a head. */
export const edge = (from: string, to: string, row?: string): GraphEdge => ({
  id: `${from}>${to}>${row ?? ''}`,
  kind: 'route',
  from: { node: from },
  to: { node: to, row },
  hue: -1,
  missing: false,
});

/** A graph of the shape that meshes have: edges lead from a column to a later one. */
export const graphs = fc
  .array(
    fc.record({
      column: fc.constantFrom(...COLUMN_ORDER),
      rows: fc.nat(4),
      to: fc.array(fc.nat(40), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((list): Graph => {
    const nodes = list.map(({ column, rows }, i) => node(`n${i}`, column, rows));
    const edges = list.flatMap(({ column, to }, i) =>
      to.flatMap((target) => {
        const at = target % list.length;
        const other = list[at];
        return other && COLUMN_ORDER.indexOf(other.column) > COLUMN_ORDER.indexOf(column)
          ? [edge(`n${i}`, `n${at}`)]
          : [];
      }),
    );
    return { nodes, edges };
  });

/** Many gateways, each with as many virtual services, which share services. */
export function mesh(gateways: number, each: number): Graph {
  const nodes: GraphNode[] = [node('internet', 'callers', 0)];
  const edges: GraphEdge[] = [];
  for (let g = 0; g < gateways; g += 1) {
    nodes.push(node(`g${g}`, 'gateways', 1));
    edges.push(edge('internet', `g${g}`));
    for (let v = 0; v < each; v += 1) {
      const name = `${g}-${v}`;
      nodes.push(node(`v${name}`, 'virtualServices', 2), node(`s${name}`, 'services', 2));
      edges.push(
        edge(`g${g}`, `v${name}`),
        edge(`v${name}`, `s${name}`, `s${name}/0`),
        edge(`v${name}`, `s${g}-${(v * 7) % each}`),
      );
    }
  }
  return { nodes, edges };
}
