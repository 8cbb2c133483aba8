import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphEdge, GraphNode, Point } from '../../core/graph/types.ts';
import { filesInParts, inParts, joinParts } from './parts.ts';
import type { ResourceView, ViewDelta } from './protocol.ts';

// Parts look at no item, so numbers do for them.
const items = <T>(count: number): readonly T[] => Array.from({ length: count }, (_, at) => at) as unknown as T[];
const count = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });

describe('parts of a view', () => {
  it('joined are the view', () => {
    fc.assert(
      fc.property(count, count, count, count, (nodes, edges, positions, resources) => {
        const delta: ViewDelta = {
          version: 3,
          ...(nodes === undefined ? {} : { nodes: items<GraphNode>(nodes) }),
          ...(edges === undefined ? {} : { edges: items<GraphEdge>(edges) }),
          ...(positions === undefined ? {} : { positions: items<readonly [string, Point]>(positions) }),
          ...(resources === undefined ? {} : { resources: { from: 1, to: 2, items: items<ResourceView>(resources) } }),
          undoLabel: 'Open',
        };
        const { parts, rest } = inParts(delta);
        expect(joinParts(parts, rest)).toEqual(delta);
        for (const part of [...parts, rest]) {
          expect(part.nodes?.length ?? 0).toBeLessThanOrEqual(400);
          expect(part.edges?.length ?? 0).toBeLessThanOrEqual(1500);
        }
      }),
    );
  });

  it('there are none of a small view', () => {
    const delta: ViewDelta = { version: 1, nodes: items<GraphNode>(400) };
    expect(inParts(delta)).toEqual({ parts: [], rest: delta });
    expect(joinParts([], delta)).toBe(delta);
  });
});

describe('files in parts', () => {
  it('are all of them, in order, large ones by themselves', () => {
    const files = [3, 900_000, 200_000, 5_000_000, 1, 2].map((length) => ({ text: 'x'.repeat(length) }));
    const parts = filesInParts(files);
    expect(parts.flat()).toEqual(files);
    expect(parts.map((part) => part.length)).toEqual([2, 1, 1, 2]);
    expect(filesInParts([])).toEqual([]);
  });
});
