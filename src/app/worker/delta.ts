import type { Projection } from '../../core/workspace/types.ts';
import type { InspectorView, ProblemsDelta, ViewDelta } from './protocol.ts';
import type { Views } from './views.ts';

/** Everything that the page was told last: deltas are made against it, by identity. */
export interface Told {
  readonly projection: Projection;
  readonly views: Views;
  readonly inspector: InspectorView | null;
  readonly run: number;
  /** What is new of the problems. */
  readonly problems: ProblemsDelta;
}

interface Keyed {
  readonly id: string;
}

/** Items that are new or other objects than before, and ids that are gone. */
export function changedItems<T extends Keyed>(
  before: readonly T[],
  after: readonly T[],
): { readonly changed: readonly T[]; readonly removed: readonly string[] } {
  if (before === after) return { changed: [], removed: [] };
  if (sameIds(before, after)) return { changed: after.filter((item, at) => item !== before[at]), removed: [] };
  const known = new Map(before.map((item) => [item.id, item]));
  const changed: T[] = [];
  for (const item of after) {
    if (known.get(item.id) !== item) changed.push(item);
    known.delete(item.id);
  }
  return { changed, removed: [...known.keys()] };
}

/** Whether the same ids stand in the same places, as after nearly every key. */
function sameIds(before: readonly Keyed[], after: readonly Keyed[]): boolean {
  if (before.length !== after.length) return false;
  for (let at = 0; at < after.length; at += 1) {
    if (after[at] !== before[at] && after[at]?.id !== before[at]?.id) return false;
  }
  return true;
}

/** What stands between the common beginning and the common end of two lists. */
export function changedStretch<T>(before: readonly T[], after: readonly T[]) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, items: after.slice(from, after.length - end) };
}

function changedPositions(before: Projection | undefined, after: Projection): NonNullable<ViewDelta['positions']> {
  if (before?.positions === after.positions && sameIds(before.graph.nodes, after.graph.nodes)) return [];
  const hadNode = new Set(before?.graph.nodes.map((node) => node.id));
  const changed: (readonly [string, { readonly x: number; readonly y: number }])[] = [];
  for (const { id } of after.graph.nodes) {
    const point = after.positions.get(id);
    // The page forgets the place of a node that goes, so one that comes back is told again.
    if (point && (!hadNode.has(id) || before?.positions.get(id) !== point)) changed.push([id, point]);
  }
  return changed;
}

/** What to tell the page so that it has `after` when it has `before` (nothing, if absent). Parts that are the same objects are left out. */
export function deltaBetween(before: Told | undefined, after: Told): ViewDelta {
  const nodes = changedItems(before?.projection.graph.nodes ?? [], after.projection.graph.nodes);
  const edges = changedItems(before?.projection.graph.edges ?? [], after.projection.graph.edges);
  const positions = changedPositions(before?.projection, after.projection);
  const was = before?.projection;
  const { projection } = after;
  return {
    version: projection.version,
    ...(nodes.changed.length > 0 ? { nodes: nodes.changed } : {}),
    ...(nodes.removed.length > 0 ? { removedNodes: nodes.removed } : {}),
    ...(edges.changed.length > 0 ? { edges: edges.changed } : {}),
    ...(edges.removed.length > 0 ? { removedEdges: edges.removed } : {}),
    ...(positions.length > 0 ? { positions } : {}),
    ...(before?.views.resources === after.views.resources
      ? {}
      : { resources: changedStretch(before?.views.resources ?? [], after.views.resources) }),
    ...(before?.views.lines === after.views.lines ? {} : { resourceLines: after.views.lines }),
    ...(before?.views.files === after.views.files ? {} : { files: after.views.files }),
    ...(before?.views.stale === after.views.stale ? {} : { stale: after.views.stale }),
    ...after.problems,
    ...(was?.selection === projection.selection ? {} : { selection: projection.selection }),
    ...(before && before.inspector === after.inspector ? {} : { inspector: after.inspector }),
    ...(before && was?.undoLabel === projection.undoLabel ? {} : { undoLabel: projection.undoLabel ?? null }),
    ...(before && was?.redoLabel === projection.redoLabel ? {} : { redoLabel: projection.redoLabel ?? null }),
    ...(was?.mesh.assumed === projection.mesh.assumed ? {} : { assumed: projection.mesh.assumed }),
    ...(before?.run === after.run ? {} : { run: after.run }),
  };
}
