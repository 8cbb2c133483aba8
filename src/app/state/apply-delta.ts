import { sameItems } from '../../core/base/lists.ts';
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
 * What a delta changes of what the canvas shows. Parts that the delta does not name keep their identity, and so do nodes, edges and
 * positions that it does not list, so a card renders again only when its node changed. Deltas older than the state give `{}`.
 */
export function applyPicture(state: AppState, delta: ViewDelta): Partial<AppState> {
  if (delta.version < state.version) return {};
  const changes: Changes = {};
  if (delta.nodes ?? delta.removedNodes) {
    const nodes = (delta.nodes ?? []).map((node) => [node.id, node] as const);
    changes.nodes = patched(state.nodes, nodes, delta.removedNodes ?? []);
  }
  if (delta.edges ?? delta.removedEdges) {
    const edges = (delta.edges ?? []).map((edge) => [edge.id, edge] as const);
    changes.edges = patched(state.edges, edges, delta.removedEdges ?? []);
  }
  if (delta.positions ?? delta.removedNodes) {
    changes.positions = patched(state.positions, delta.positions ?? [], delta.removedNodes ?? []);
  }
  if (delta.selection) changes.selection = delta.selection;
  // Which files there are says whether the graph is another one, to be looked at anew.
  if (delta.files && !sameItems(idsOf(delta.files), idsOf(state.files))) changes.files = delta.files;
  return changes;
}

/** What a delta changes of everything else, once its picture is applied. Parts that it does not name keep their identity. */
export function applyRest(state: AppState, delta: ViewDelta): Partial<AppState> {
  if (delta.version < state.version) return {};
  const changes: Changes = { version: delta.version, ...applyProblems(state, delta) };
  if (delta.resources) {
    const { from, to, items } = delta.resources;
    changes.resources = [...state.resources.slice(0, from), ...items, ...state.resources.slice(to)];
  }
  if (delta.resourceLines) changes.resourceLines = delta.resourceLines;
  if (delta.files) changes.files = delta.files;
  if (delta.undoLabel !== undefined) changes.undoLabel = delta.undoLabel;
  if (delta.redoLabel !== undefined) changes.redoLabel = delta.redoLabel;
  if (delta.stale) changes.stale = delta.stale;
  if (delta.assumed) changes.assumed = delta.assumed;
  const { inspected, nodes, selection } = state;
  const view = delta.inspector ? keepSame(inspected.view, delta.inspector) : delta.inspector;
  const now = { view: view === undefined ? inspected.view : view, nodes, id: selection.ids.at(-1) };
  if (now.view !== inspected.view || nodes !== inspected.nodes || now.id !== inspected.id) changes.inspected = now;
  return changes;
}

const idsOf = (files: AppState['files']): readonly string[] => files.map((file) => file.id);

type Changes = { -readonly [Key in keyof AppState]?: AppState[Key] };
