import { getAppState, subscribeAppState } from '../state/index.ts';
import type { NodeId, Point } from '../../core/graph/types.ts';
import { outOfReach, withoutRules } from './scene/reach.ts';
import { buildScene, emptyScene, findLanes, type Scene } from './scene/scene.ts';
import type { View } from './scene/paint.ts';
import { canvasState, setCanvas } from './ui-state.ts';

/**
 * The placed graph and the view, outside of React: painters, hit tests and the traffic read it each frame. It follows the app's store
 * and holds the places of nodes that are being dragged, which the store does not know yet.
 */
export const stage = {
  scene: emptyScene,
  view: { x: 0, y: 0, zoom: 1, width: 0, height: 0 } satisfies View as View,
  /** Moved by hand and not yet told to, or confirmed by, the worker. */
  moved: new Map<NodeId, Point>(),
  /** Whether a hand holds cards: lanes are made anew when it lets go. */
  isHeld: false,
  /** The next graph that appears must not move the view: somebody has put it where they look. */
  viewIsSet: false,
};

type Listener = () => void;
const sceneListeners = new Set<Listener>();
const viewListeners = new Set<Listener>();

const on = (listeners: Set<Listener>, listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const tell = (listeners: Set<Listener>): void => {
  for (const listener of listeners) listener();
};

/** Calls back when the scene was made anew. */
export const onScene = (listener: Listener): (() => void) => on(sceneListeners, listener);
/** Calls back when the view moved. */
export const onView = (listener: Listener): (() => void) => on(viewListeners, listener);

/** Takes in a new view. */
export function setView(view: View): void {
  stage.view = view;
  tell(viewListeners);
}

/** Makes the scene anew from the store and from what is being dragged. */
export function rebuild(): void {
  const { nodes, edges, positions } = getAppState();
  let places = positions;
  if (stage.moved.size > 0) {
    const merged = new Map(positions);
    for (const [id, point] of stage.moved) if (nodes.has(id)) merged.set(id, point);
    places = merged;
  }
  const isMuch = edges.size > MANY_WIRES;
  stage.scene = buildScene(nodes, edges, places, stage.scene, stage.isHeld || isMuch);
  if (isMuch) lookForLanes();
  tell(sceneListeners);
}

/** The lanes of more wires than this are found in steps: all at once would hold the page up. */
const MANY_WIRES = 1500;
/** What is done of it with a change, and in each turn after it, in milliseconds; and when that begins. */
const LANES_MS = { atOnce: 4, turn: 10, after: 120 };

let search: { readonly of: Scene; readonly steps: ReturnType<typeof findLanes> } | undefined;
let found: Scene['lanes']['courses'] | undefined;
let turn: ReturnType<typeof setTimeout> | undefined;

/** Begins to look for the lanes of the scene, where they are due, with what an earlier search had found. */
function lookForLanes(): void {
  clearTimeout(turn);
  search = undefined;
  const { scene, isHeld } = stage;
  if (!scene.lanesDue || isHeld) return;
  search = { of: scene, steps: findLanes(scene, found) };
  if (searchFor(LANES_MS.atOnce)) return;
  turn = setTimeout(searchOn, LANES_MS.after);
}

function searchOn(): void {
  if (stage.scene !== search?.of) return;
  if (searchFor(LANES_MS.turn)) tell(sceneListeners);
  else turn = setTimeout(searchOn, 0);
}

/** Whether the lanes are found in this time; then the scene has them. */
function searchFor(ms: number): boolean {
  const end = performance.now() + ms;
  while (search) {
    const step = search.steps.next();
    if (step.done === true) {
      stage.scene = step.value;
      search = undefined;
      found = undefined;
      return true;
    }
    // One that was broken off early knows less than the one before it.
    if (!found || step.value.size > found.size) found = step.value;
    if (performance.now() > end) return false;
  }
  return false;
}

/** Moves nodes by hand; the places hold until the worker has them. */
export function moveByHand(places: Iterable<readonly [NodeId, Point]>): void {
  for (const [id, point] of places) stage.moved.set(id, point);
  rebuild();
}

/** A hand takes cards. */
export function hold(): void {
  stage.isHeld = true;
}

/** The hand lets go of them: wires find their lanes again. */
export function letGo(): void {
  stage.isHeld = false;
  rebuild();
}

/** Follows the app's store. Gives the function that ends it. */
export function connectStage(): () => void {
  const refreshReach = (): void => {
    const { nodes, edges, caller, joined } = getAppState();
    if (caller === null) {
      if (canvasState().faded.size > 0) setCanvas({ faded: new Map() });
      return;
    }
    const off = joined?.caller === caller ? joined.off : [];
    setCanvas({
      faded: withoutRules(nodes, outOfReach(nodes, edges.values(), caller, new Set(off.map(([row]) => row))), off),
    });
  };
  rebuild();
  refreshReach();
  return subscribeAppState((state, before) => {
    const placed = state.positions !== before.positions;
    if (placed) {
      for (const id of stage.moved.keys()) {
        const now = state.positions.get(id);
        const old = before.positions.get(id);
        if (!now || now.x !== old?.x || now.y !== old.y) stage.moved.delete(id);
      }
    }
    const changed = state.nodes !== before.nodes || state.edges !== before.edges;
    if (changed || placed) rebuild();
    const { joined } = before;
    const isOff = state.joined?.off !== joined?.off || state.joined?.caller !== joined?.caller;
    if (changed || state.caller !== before.caller || (isOff && state.caller !== null)) refreshReach();
  });
}
