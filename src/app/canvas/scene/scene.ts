import { put } from '../../../core/base/lists.ts';
import { takeSteps } from '../../../core/base/steps.ts';
import type { ColumnId, GraphEdge, GraphNode, NodeId, Point } from '../../../core/graph/types.ts';
import {
  BAND_WIDTH,
  COLUMNS,
  type Lanes,
  laneSteps,
  meshBoundary,
  nodeSize,
  noLanes,
  sampleWire,
  touchesLanes,
  type Via,
  type Wire,
  wireThrough,
} from '../../../core/graph/index.ts';
import { endOffset, overlap, type Rect, rowPlace } from './measure.ts';

export interface SceneNode extends Rect {
  readonly node: GraphNode;
}

/** An edge with its place. `width` is in canvas units; `samples` are made when first asked for. */
export interface SceneEdge {
  readonly edge: GraphEdge;
  readonly wire: Wire;
  /** Through which columns the wire passes, where its one curve would run behind a card. */
  readonly vias: readonly Via[];
  /** How far from the middle of its row it leaves. */
  readonly offset: number;
  readonly width: number;
  readonly bounds: Rect;
  readonly samples: () => Float32Array;
}

/** The name of a column of a band, and where the column begins. */
export interface Caption {
  readonly id: string;
  readonly label: string;
  readonly x: number;
}

/** Everything placed, ready to draw and to hit. Made anew whenever the graph or a position changes; unchanged edges keep their objects. */
export interface Scene {
  readonly nodes: ReadonlyMap<NodeId, SceneNode>;
  readonly edges: ReadonlyMap<string, SceneEdge>;
  /** What the wires' lanes are made anew from. */
  readonly lanes: Lanes;
  /** Whether cards or wires were moved by hand since the lanes were made. */
  readonly lanesDue: boolean;
  readonly boundary: Rect | undefined;
  readonly captions: readonly Caption[];
}

export const emptyScene: Scene = {
  nodes: new Map(),
  edges: new Map(),
  lanes: noLanes,
  lanesDue: false,
  boundary: undefined,
  captions: [],
};

const captionLabels: Readonly<Record<ColumnId, string>> = {
  callers: 'Callers',
  gateways: 'Gateways',
  virtualServices: 'Virtual services',
  services: 'Services',
  external: 'External',
};
const THIN = 1.25;
/** Thickness that a whole split takes at its rule, and the thinnest share that can still be seen. */
const SPLIT_WIDTH = 9;
const THINNEST = 1.5;

/** Width of an edge: shares by their size, the rest thin. */
export function edgeWidth(edge: GraphEdge): number {
  if (edge.kind !== 'route' || edge.share === undefined) return THIN;
  return Math.max(THINNEST, edge.share >= 0.999 ? 2 : SPLIT_WIDTH * edge.share);
}

/**
 * Places a graph. Nodes without a position are left out (the worker always sends one). Several routes of one rule leave it side by side,
 * in the order of the split, as a river parts. `before` lends its edges where nothing about them moved. With `isHeld` the lanes stay as they
 * are and wires that moved are one curve each, until `findLanes`: no step of a drag makes the lanes of thousands of wires anew.
 */
export function buildScene(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  edges: ReadonlyMap<string, GraphEdge>,
  positions: ReadonlyMap<NodeId, Point>,
  before: Scene = emptyScene,
  isHeld = false,
): Scene {
  const placed = new Map<NodeId, SceneNode>();
  const oldNode = along(before.nodes);
  let moved = false;
  for (const node of nodes.values()) {
    const position = positions.get(node.id);
    if (!position) continue;
    const old = oldNode(node.id, (other) => other.node === node);
    if (old && old.node === node && old.x === position.x && old.y === position.y) {
      placed.set(node.id, old);
      continue;
    }
    const now = { node, x: position.x, y: position.y, ...nodeSize(node) };
    moved ||= !old || old.node.column !== node.column || !sameRect(old, now);
    placed.set(node.id, now);
  }
  const stand = placed.size === before.nodes.size && !moved;
  const wires = placeEdges(placed, edges, before);
  const holds = stand && wires.lanesHold && !before.lanesDue;
  return {
    nodes: placed,
    ...(holds || isHeld
      ? { edges: wires.edges, lanes: before.lanes, lanesDue: !holds }
      : throughLanes(wires.edges, stand && !before.lanesDue ? undefined : placed.values(), before)),
    boundary: stand ? before.boundary : meshBoundary([...nodes.values()], positions),
    captions: stand ? before.captions : captionsOf(placed),
  };
}

/**
 * Looks up what was there before by walking along with it: of a graph after a key press nearly everything is the same in the same order,
 * and a step costs less than a look into the map.
 */
function along<V>(before: ReadonlyMap<string, V>): (id: string, is: (value: V) => boolean) => V | undefined {
  const values = before.values();
  let next = values.next();
  return (id, is) => {
    if (next.done === true || !is(next.value)) return before.get(id);
    const found = next.value;
    next = values.next();
    return found;
  };
}

const sameRect = (a: Rect, b: Rect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function placeEdges(
  nodes: ReadonlyMap<NodeId, SceneNode>,
  edges: ReadonlyMap<string, GraphEdge>,
  before: Scene,
): { readonly edges: Map<string, SceneEdge>; readonly lanesHold: boolean } {
  const rows = changedRows(edges, before.edges);
  const starts = splitStarts(edges, rows);
  const oldEdge = along(before.edges);
  const fresh = freshNodes(nodes, before.nodes);
  const stands = (id: NodeId): boolean => !fresh.has(id);
  const placed = new Map<string, SceneEdge>();
  let kept = 0;
  let lanesHold = true;
  for (const edge of edges.values()) {
    const old = oldEdge(edge.id, (other) => other.edge === edge);
    const isNew = old?.edge !== edge || (edge.from.row !== undefined && rows.has(edge.from.row));
    if (old && !isNew && stands(edge.from.node) && stands(edge.to.node)) {
      placed.set(edge.id, old);
      kept += 1;
      continue;
    }
    const from = nodes.get(edge.from.node);
    const to = nodes.get(edge.to.node);
    if (!from || !to) continue;
    const offset = isNew ? (starts.get(edge.id) ?? 0) : old.offset;
    const start = { x: from.x + from.width, y: from.y + endOffset(from.node, edge.from) + offset };
    const end = { x: to.x, y: to.y + endOffset(to.node, edge.to) };
    const still = old && old.edge === edge && same(old.wire.from, start) && same(old.wire.to, end);
    const now = still ? old : placeEdge(edge, wireThrough(start, end), offset);
    placed.set(edge.id, now);
    if (old) kept += 1;
    if (!still && lanesHold) lanesHold = !touchesLanes(before.lanes, edge.id, now);
  }
  return { edges: placed, lanesHold: lanesHold && kept === before.edges.size };
}

/** The nodes that are not as they were: new, changed, moved or gone. */
function freshNodes(
  nodes: ReadonlyMap<NodeId, SceneNode>,
  before: ReadonlyMap<NodeId, SceneNode>,
): ReadonlySet<NodeId> {
  const fresh = new Set<NodeId>();
  const oldNode = along(before);
  for (const [id, placed] of nodes) if (oldNode(id, (other) => other === placed) !== placed) fresh.add(id);
  for (const id of before.keys()) if (!nodes.has(id)) fresh.add(id);
  return fresh;
}

/** The rows whose edges may leave at other places than before: those of edges that are new, changed or gone. */
function changedRows(
  edges: ReadonlyMap<string, GraphEdge>,
  before: ReadonlyMap<string, SceneEdge>,
): ReadonlySet<string> {
  const rows = new Set<string>();
  const add = ({ from }: GraphEdge): void => {
    if (from.row !== undefined) rows.add(from.row);
  };
  const oldEdge = along(before);
  let known = 0;
  for (const edge of edges.values()) {
    const old = oldEdge(edge.id, (other) => other.edge === edge);
    if (old) known += 1;
    if (old?.edge !== edge) add(edge);
  }
  if (known < before.size) for (const { edge } of before.values()) if (!edges.has(edge.id)) add(edge);
  return rows;
}

function placeEdge(edge: GraphEdge, wire: Wire, offset: number, vias: readonly Via[] = NO_VIAS): SceneEdge {
  let samples: Float32Array | undefined;
  return {
    edge,
    wire,
    vias,
    offset,
    width: edgeWidth(edge),
    bounds: boundsOf(wire),
    samples: () => (samples ??= sampleWire(wire)),
  };
}

const NO_VIAS: readonly Via[] = [];

/** Leads wires that would run behind cards through lanes. `boxes` undefined: no card moved. */
function throughLanes(
  edges: ReadonlyMap<string, SceneEdge>,
  boxes: Iterable<Rect> | undefined,
  before: Scene,
): LaneResult {
  return takeSteps(stepsThroughLanes(edges, boxes, before.lanes));
}

type LaneResult = Pick<Scene, 'edges' | 'lanes' | 'lanesDue'>;

function* stepsThroughLanes(
  edges: ReadonlyMap<string, SceneEdge>,
  boxes: Iterable<Rect> | undefined,
  before: Lanes,
  known?: Lanes['courses'],
): Generator<Lanes['courses'], LaneResult> {
  const lanes = yield* laneSteps(edges, boxes, before, known);
  const led = new Map(edges);
  let count = 0;
  for (const [id, placed] of edges) {
    const vias = lanes.vias.get(id) ?? NO_VIAS;
    if (placed.vias === vias) continue;
    count += 1;
    if (count % 64 === 0) yield lanes.courses;
    const { edge, wire, offset } = placed;
    led.set(id, placeEdge(edge, wireThrough(wire.from, wire.to, vias), offset, vias));
  }
  return { edges: led, lanes, lanesDue: false };
}

/**
 * Finds the lanes of a scene that is due them, in short steps; gives the scene with them. What a step gives can be handed in as `known` when
 * the search begins anew because the scene is another one.
 */
export function* findLanes(scene: Scene, known?: Lanes['courses']): Generator<Lanes['courses'], Scene> {
  const led = yield* stepsThroughLanes(scene.edges, scene.nodes.values(), scene.lanes, known);
  return { ...scene, ...led };
}

// A Bézier lies within its control points.
function boundsOf({ curve }: Wire): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < curve.length; i += 2) {
    const x = curve[i] ?? 0;
    const y = curve[i + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top - 8, width: right - left, height: bottom - top + 16 };
}

const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

/** Where the edges of these rows leave, from the middle of the row. */
function splitStarts(edges: ReadonlyMap<string, GraphEdge>, rows: ReadonlySet<string>): Map<string, number> {
  const byRow = new Map<string, GraphEdge[]>();
  for (const edge of edges.values()) {
    if (edge.from.row === undefined || !rows.has(edge.from.row)) continue;
    if (edge.kind !== 'route' && edge.kind !== 'mirror') continue;
    put(byRow, edge.from.row, edge);
  }
  const starts = new Map<string, number>();
  for (const group of byRow.values()) {
    if (group.length < 2) continue;
    const whole = group.reduce((sum, edge) => sum + edgeWidth(edge), 0);
    let at = -whole / 2;
    for (const edge of group) {
      starts.set(edge.id, at + edgeWidth(edge) / 2);
      at += edgeWidth(edge);
    }
  }
  return starts;
}

// A tall mesh stands in several bands side by side, each with its own columns; a dragged node belongs to the band that it is nearest to.
function captionsOf(nodes: ReadonlyMap<NodeId, SceneNode>): Caption[] {
  const spans = new Map<string, Caption>();
  for (const { node, x } of nodes.values()) {
    const { column } = node;
    const band = Math.max(0, Math.round((x - COLUMNS[column].x) / BAND_WIDTH));
    const id = `${column} ${String(band)}`;
    const before = spans.get(id);
    if (!before || x < before.x) spans.set(id, { id, label: captionLabels[column], x });
  }
  return [...spans.values()].sort((one, other) => one.x - other.x);
}

/** The node under a point; the one that was placed last wins. */
export function nodeAt(scene: Scene, point: Point): SceneNode | undefined {
  let found: SceneNode | undefined;
  for (const placed of scene.nodes.values()) {
    if (
      point.x >= placed.x &&
      point.x <= placed.x + placed.width &&
      point.y >= placed.y &&
      point.y <= placed.y + placed.height
    )
      found = placed;
  }
  return found;
}

/** A thing that can have the focus: a node's head, or a row. */
export interface Item extends Rect {
  readonly id: string;
  readonly node: NodeId;
  readonly name: string;
}

/** The item under a point: a row, or else the node. */
export function itemAt(scene: Scene, point: Point): Item | undefined {
  const placed = nodeAt(scene, point);
  if (!placed) return undefined;
  return rowItems(placed).find((item) => point.y >= item.y && point.y <= item.y + item.height) ?? headItem(placed);
}

/** A node's head as an item; its rectangle is the whole node's where there are no rows. */
export function headItem(placed: SceneNode): Item {
  const first = placed.node.rows[0];
  const height = first ? rowPlace(placed.node, first).top : placed.height;
  return {
    id: placed.node.id,
    node: placed.node.id,
    name: placed.node.name,
    x: placed.x,
    y: placed.y,
    width: placed.width,
    height,
  };
}

/** A node's rows as items, from the top. */
export function rowItems(placed: SceneNode): Item[] {
  return placed.node.rows.map((row) => {
    const place = rowPlace(placed.node, row);
    return {
      id: row.id,
      node: placed.node.id,
      name: row.name,
      x: placed.x,
      y: placed.y + place.top,
      width: placed.width,
      height: place.height,
    };
  });
}

/** The item with this id. */
export function itemById(scene: Scene, id: string): Item | undefined {
  const own = scene.nodes.get(id);
  if (own) return headItem(own);
  for (const placed of scene.nodes.values()) {
    if (placed.node.rows.some((row) => row.id === id)) return rowItems(placed).find((item) => item.id === id);
  }
  return undefined;
}

/** The head or row whose top left corner is nearest to a point. */
export function closestItem(scene: Scene, point: Point): Item | undefined {
  let best: Item | undefined;
  let least = Infinity;
  for (const placed of scene.nodes.values()) {
    for (const item of [headItem(placed), ...rowItems(placed)]) {
      const distance = Math.hypot(item.x - point.x, item.y - point.y);
      if (distance >= least) continue;
      best = item;
      least = distance;
    }
  }
  return best;
}

/** The nodes that touch a rectangle. */
export function nodesIn(scene: Scene, rect: Rect): SceneNode[] {
  const found: SceneNode[] = [];
  for (const placed of scene.nodes.values()) if (overlap(placed, rect)) found.push(placed);
  return found;
}
