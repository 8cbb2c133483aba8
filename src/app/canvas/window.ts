import type { Node } from '@xyflow/react';
import type { NodeId } from '../../core/graph/types.ts';
import { getAppState, subscribeAppState } from '../state/index.ts';
import { grow, holds, type Rect } from './scene/measure.ts';
import { visibleRect } from './scene/paint.ts';
import { nodesIn, type SceneNode } from './scene/scene.ts';
import { onScene, onView, stage } from './stage.ts';
import { canvasState, subscribeCanvas } from './ui-state.ts';

/** A card's place, for React Flow; what it shows the card takes from the store, so that a key press moves nothing here. */
export type CardNode = Node<Record<string, never>, 'card'>;

/** Pixels (canvas units where those are smaller) beyond the view that are mounted too: the set changes only when the view has moved this far. */
const MARGIN = 96;
/** Below this zoom nodes are boxes on a canvas, unless there are so few that cards cost nothing: cards can be read out. */
export const BOX_ZOOM = 0.4;
const FEW_CARDS = 120;

const NOTHING: Record<string, never> = {};

interface Mounted {
  readonly cards: readonly CardNode[];
  readonly ids: ReadonlySet<NodeId>;
  /** Nodes are boxes on a canvas now. */
  readonly boxes: boolean;
  /** Nodes that are being dragged. */
  readonly dragging: ReadonlySet<NodeId>;
}

let mounted: Mounted = { cards: [], ids: new Set(), boxes: false, dragging: new Set() };
let windowRect: Rect = { x: 0, y: 0, width: 0, height: 0 };
let dragging: ReadonlySet<NodeId> = new Set();
const listeners = new Set<() => void>();

/** The cards to mount now (for `useSyncExternalStore`): those near the view, what has the focus, what is picked and what is dragged. */
export const currentCards = (): Mounted => mounted;

/** Calls back when other cards are to be mounted. Gives the function that ends it. */
export function onCards(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says which nodes are being dragged: they stay mounted wherever they go. */
export function setDragging(ids: ReadonlySet<NodeId>): void {
  dragging = ids;
  refresh();
}

/** Follows view, scene, focus and selection. Gives the function that ends it. */
export function connectWindow(): () => void {
  const ends = [
    onScene(refresh),
    onView(() => {
      if (!holds(windowRect, visibleRect(stage.view)) || isFar() !== mounted.boxes) refresh();
    }),
    subscribeCanvas((state, before) => {
      if (state.active !== before.active) refresh();
    }),
    subscribeAppState((state, before) => {
      if (state.selection !== before.selection) refresh();
    }),
  ];
  refresh();
  return () => ends.forEach((end) => end());
}

function isFar(): boolean {
  return stage.view.zoom < BOX_ZOOM && stage.scene.nodes.size > FEW_CARDS;
}

function refresh(): void {
  const { scene, view } = stage;
  const boxes = isFar();
  windowRect = grow(visibleRect(view), MARGIN / Math.max(view.zoom, 1));
  const wanted = new Map<NodeId, SceneNode>();
  if (!boxes && view.width > 0) for (const placed of nodesIn(scene, windowRect)) wanted.set(placed.node.id, placed);
  for (const id of keptIds()) {
    const placed = scene.nodes.get(id);
    if (placed) wanted.set(id, placed);
  }
  const old = new Map(mounted.cards.map((card) => [card.id, card]));
  const picked = new Set(getAppState().selection.ids);
  const cards = [...wanted.values()].map((placed) => cardOf(placed, picked, old.get(placed.node.id)));
  if (
    boxes === mounted.boxes &&
    dragging === mounted.dragging &&
    cards.length === mounted.cards.length &&
    cards.every((card, index) => card === mounted.cards[index])
  )
    return;
  mounted = { cards, ids: new Set(wanted.keys()), boxes, dragging };
  for (const listener of listeners) listener();
}

function keptIds(): Set<NodeId> {
  const { active } = canvasState();
  const kept = new Set<NodeId>(dragging);
  if (active === null) return kept;
  for (const placed of stage.scene.nodes.values()) {
    if (placed.node.id === active || placed.node.rows.some((row) => row.id === active)) kept.add(placed.node.id);
  }
  return kept;
}

function cardOf(placed: SceneNode, picked: ReadonlySet<string>, old: CardNode | undefined): CardNode {
  const { node, x, y, width, height } = placed;
  const selected = picked.has(node.id);
  const moving = dragging.has(node.id);
  if (
    old &&
    old.position.x === x &&
    old.position.y === y &&
    old.selected === selected &&
    old.dragging === moving &&
    old.width === width &&
    old.height === height
  )
    return old;
  return {
    id: node.id,
    type: 'card',
    position: { x, y },
    // By left and top: each transform would be a part that the browser composes anew in every frame.
    style: { transform: 'none', left: x, top: y },
    width,
    height,
    measured: { width, height },
    handles: [],
    data: NOTHING,
    selected,
    dragging: moving,
    selectable: false,
    domAttributes: { 'aria-roledescription': undefined, 'aria-describedby': undefined },
  };
}
