import { describe, expect, it } from 'vitest';
import type { GraphNode, RuleRow } from '../../../core/graph/types.ts';
import { smallGraph } from '../testing/graph.ts';
import { judge, targetsFor, writtenHost } from './targets.ts';

function ruleOf(number: number): { nodes: Map<string, GraphNode>; owner: GraphNode; row: RuleRow } {
  const { nodes } = smallGraph();
  const owner = nodes.get('vs');
  const row = owner?.rows[number - 1];
  if (!owner || row?.kind !== 'rule') throw new Error('no such rule');
  return { nodes, owner, row };
}

describe('what a rule can be connected to', () => {
  it('is every service and subset that it does not send requests to yet', () => {
    const { nodes, owner, row } = ruleOf(2);
    expect(targetsFor(nodes, owner, row).map((target) => target.id)).toEqual(['svc', 'reviews v3', 'other']);
  });

  it('is written as short as it means the same', () => {
    expect(writtenHost('reviews.default.svc.cluster.local', 'default')).toBe('reviews');
    expect(writtenHost('reviews.prod.svc.cluster.local', 'default')).toBe('reviews.prod.svc.cluster.local');
    expect(writtenHost('api.example.com', 'default')).toBe('api.example.com');
  });

  it('says why not', () => {
    const { nodes, owner, row } = ruleOf(2);
    expect(judge(nodes, owner, row, 'reviews v3')).toMatchObject({ host: 'reviews', subset: 'v3' });
    expect(judge(nodes, owner, row, 'reviews v1')).toContain('already');
    expect(judge(nodes, owner, row, 'caller')).toContain('service');
    expect(judge(nodes, owner, row, 'reviews rule 1')).toContain('own');
  });
});
