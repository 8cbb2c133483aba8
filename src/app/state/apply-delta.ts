import type { ViewDelta } from '../worker/protocol.ts';
import { applyProblems } from './problems.ts';
import { keepSame } from './keep-same.ts';
import type { AppState } from './types.ts';

function patched<K, V>(
  map: ReadonlyMap<K, V>,
  changed: Iterable<readonly [K, V]>,
  removed: readonly K[],
): ReadonlyMap<K, V> {
  const next = new Map(map);
  for (const key of removed) next.delete(key);
  for (const [key, value] of changed) next.set(key, value);
  return next;
}

/**
 * What a delta changes of the state. Parts that the delta does not name keep their identity, and so do nodes, edges and positions that
 * it does not list, so a component that shows one node renders again only when that node changed. Deltas older than the state give `{}`.
 */
export function applyDelta(state: AppState, delta: ViewDelta): Partial<AppState> {
  if (delta.version < state.version) return {};
  const changes: Record<string, unknown> = {};
  const put = <Key extends keyof AppState>(key: Key, value: AppState[Key] | undefined): void => {
    if (value !== undefined && value !== state[key]) changes[key] = value;
  };
  put('version', delta.version);
  if (delta.nodes ?? delta.removedNodes) {
    const removed = delta.removedNodes ?? [];
    put(
      'nodes',
      patched(
        state.nodes,
        (delta.nodes ?? []).map((node) => [node.id, node] as const),
        removed,
      ),
    );
  }
  if (delta.edges ?? delta.removedEdges) {
    const removed = delta.removedEdges ?? [];
    put(
      'edges',
      patched(
        state.edges,
        (delta.edges ?? []).map((edge) => [edge.id, edge] as const),
        removed,
      ),
    );
  }
  if (delta.positions ?? delta.removedNodes) {
    put('positions', patched(state.positions, delta.positions ?? [], delta.removedNodes ?? []));
  }
  if (delta.resources) {
    const { from, to, items } = delta.resources;
    put('resources', [...state.resources.slice(0, from), ...items, ...state.resources.slice(to)]);
  }
  put('resourceLines', delta.resourceLines);
  put('files', delta.files);
  Object.assign(changes, applyProblems(state, delta));
  put('selection', delta.selection);
  put('inspector', delta.inspector && keepSame(state.inspector, delta.inspector));
  put('undoLabel', delta.undoLabel);
  put('redoLabel', delta.redoLabel);
  put('stale', delta.stale);
  put('assumed', delta.assumed);
  // The keys and values were checked one by one by `put`.
  return changes as Partial<AppState>;
}
