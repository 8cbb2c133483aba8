import { describe, expect, it } from 'vitest';
import type { GraphNode, RuleRow } from '../../../core/graph/types.ts';
import { hostOf, smallGraph } from '../testing/graph.ts';
import { judge, type Placed, targetsFor } from './targets.ts';

function ruleOf(number: number): { graph: Placed; owner: GraphNode; row: RuleRow } {
  const graph = smallGraph();
  const owner = graph.nodes.get('vs');
  const row = owner?.rows[number - 1];
  if (!owner || row?.kind !== 'rule') throw new Error('no such rule');
  return { graph, owner, row };
}

describe('what a rule can be connected to', () => {
  it('is every service and subset that it does not send requests to yet', () => {
    const { graph, row } = ruleOf(2);
    expect(targetsFor(graph, row).map((target) => target.id)).toEqual(['svc', 'reviews v3', 'other']);
  });

  it('says why not', () => {
    const { graph, owner, row } = ruleOf(2);
    expect(judge(graph, owner, row, 'reviews v3')).toMatchObject({ host: hostOf('reviews'), subset: 'v3' });
    expect(judge(graph, owner, row, 'reviews v1')).toContain('already');
    expect(judge(graph, owner, row, 'caller')).toContain('service');
    expect(judge(graph, owner, row, 'reviews rule 1')).toContain('own');
  });
});
