import { describe, expect, it } from 'vitest';
import { fileId, resourceId } from '../../core/base/ids.ts';
import type { GraphNode } from '../../core/graph/types.ts';
import { changedStretch } from '../worker/delta.ts';
import type { ResourceView } from '../worker/protocol.ts';
import { applyPicture, applyRest } from './apply-delta.ts';
import { initialState } from './store.ts';
import { taken } from './testing/taken.ts';

const node = (id: string, title = id): GraphNode => ({
  id,
  kind: 'service',
  column: 'services',
  name: `Service default/${id}`,
  title,
  subtitle: '',
  rows: [],
  stale: false,
  assumed: false,
});
describe('a view', () => {
  const [a, b] = [node('a'), node('b')];
  const start = taken(initialState, {
    version: 1,
    nodes: [a, b],
    positions: [
      ['a', { x: 1, y: 2 }],
      ['b', { x: 3, y: 4 }],
    ],
  });

  it('replaces the node that changed and keeps the other one', () => {
    const next = taken(start, { version: 2, nodes: [node('a', 'A')] });
    expect(next.nodes.get('a')?.title).toBe('A');
    expect(next.nodes.get('b')).toBe(b);
    expect(next.positions).toBe(start.positions);
    expect(next.edges).toBe(start.edges);
  });

  it('takes a node and its place away', () => {
    const next = taken(start, { version: 2, removedNodes: ['a'] });
    expect([...next.nodes.keys()]).toEqual(['b']);
    expect([...next.positions.keys()]).toEqual(['b']);
  });

  it('keeps every part that a delta does not name', () => {
    const next = taken(start, { version: 2 });
    expect({ ...next, version: 1 }).toEqual(start);
    expect(next.nodes).toBe(start.nodes);
  });

  it('shows the picture first: what the inspector and the bars say changes with the rest', () => {
    const delta = { version: 2, nodes: [node('a', 'A')], selection: { ids: ['a'] }, undoLabel: 'Type' };
    const drawn = { ...start, ...applyPicture(start, delta) };
    expect(drawn.nodes.get('a')?.title).toBe('A');
    expect(drawn.selection.ids).toEqual(['a']);
    expect([drawn.version, drawn.undoLabel, drawn.inspected]).toEqual([1, null, start.inspected]);
    const whole = { ...drawn, ...applyRest(drawn, delta) };
    expect([whole.version, whole.undoLabel]).toEqual([2, 'Type']);
    expect(whole.inspected).toEqual({ view: null, nodes: drawn.nodes, id: 'a' });
  });

  it('takes null as a value: nothing is picked, nothing to undo', () => {
    const labelled = taken(start, { version: 2, undoLabel: 'Type' });
    expect(taken(labelled, { version: 3, undoLabel: null }).undoLabel).toBeNull();
  });

  it('puts resources in where others stood', () => {
    const view = (name: string): ResourceView => ({
      id: resourceId(`Service default/${name}`),
      kind: 'Service',
      namespace: 'default',
      name,
      file: fileId('a.yaml'),
      stale: false,
      onCanvas: true,
    });
    const lists = [['a', 'b', 'c'], ['a', 'x', 'y', 'c'], ['a', 'c'], ['c', 'a'], [], ['a']];
    let state = start;
    for (const [at, names] of lists.entries()) {
      const wanted = names.map((name) => state.resources.find((one) => one.name === name) ?? view(name));
      const next = taken(state, { version: at + 2, resources: changedStretch(state.resources, wanted) });
      expect(next.resources).toEqual(wanted);
      state = next;
    }
  });

  it('does not go back to an older version', () => {
    const later = { ...start, version: 5 };
    expect(taken(later, { version: 4, nodes: [], undoLabel: 'Type' })).toEqual(later);
  });
});
