import { type ReactNode, useEffect, useRef } from 'react';
import type { GraphEdge, GraphNode } from '../../core/graph/types.ts';
import { getAppState, subscribeAppState } from '../state/index.ts';
import { problemsOfNode } from './cards/problems.ts';
import { type Look, readLook } from './scene/look.ts';
import type { Rect } from './scene/measure.ts';
import { amountIn, type Marks, paintMoving, paintScene, type View, visibleRect } from './scene/paint.ts';
import { paintGround } from './scene/paint-ground.ts';
import { paintDots, paintWays } from './scene/paint-marks.ts';
import type { Scene } from './scene/scene.ts';
import { Tiles } from './scene/tiles.ts';
import { sharesOf } from './gestures/shares.ts';
import { onScene, onView, stage } from './stage.ts';
import { ratesOf } from './traffic/rates.ts';
import { canvasState, subscribeCanvas } from './ui-state.ts';
import { currentCards, onCards } from './window.ts';

/** The canvases under the cards: the ground with its dots, and wires, or boxes where cards would be too small. Painted outside of React. */
export function SceneCanvas(): ReactNode {
  const ground = useRef<HTMLCanvasElement>(null);
  const wires = useRef<HTMLCanvasElement>(null);
  useEffect(() => (ground.current && wires.current ? paintWhenNeeded(ground.current, wires.current) : undefined), []);
  return (
    <>
      <canvas ref={ground} className="cv-scene" aria-hidden="true" />
      <canvas ref={wires} className="cv-scene" aria-hidden="true" />
    </>
  );
}

function paintWhenNeeded(ground: HTMLCanvasElement, wires: HTMLCanvasElement): () => void {
  const below = ground.getContext('2d');
  const context = wires.getContext('2d');
  if (!below || !context) return () => undefined;
  let look: Look = readLook(wires);
  let frame = 0;
  let grounded: { readonly boundary: Rect | undefined; readonly view: View; readonly look: Look } | undefined;
  const isMuch = amountJudge();
  const finish: ConstructorParameters<typeof Tiles>[0]['finish'] = (onto, { scene, marks }, visible, zoom) => {
    if (!marks.boxes || getAppState().problems.length === 0) return;
    paintDots(onto, scene, { visible, zoom, cards: marks.cards, look }, severityOf);
  };
  const tiles = new Tiles({ finish, changed: () => later() });
  const paint = (): void => {
    frame = 0;
    const { view, scene } = stage;
    if (view.width === 0) return;
    if (grounded?.view !== view || grounded.look !== look || grounded.boundary !== scene.boundary) {
      grounded = { view, look, boundary: scene.boundary };
      fit(ground, view);
      paintGround(below, scene, view, look);
    }
    fit(wires, view);
    const marks = marksNow();
    const { litWays, problems } = getAppState();
    if (isMuch(scene, view, marks)) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = 1;
      context.clearRect(0, 0, wires.width, wires.height);
      const beside = marks.boxes ? problems : undefined;
      tiles.draw(context, { scene, marks: { ...marks, counts: undefined }, beside }, view, look);
      paintMoving(context, scene, view, look, marks);
    } else {
      tiles.clear();
      paintScene(context, scene, view, look, marks);
      finish(context, { scene, marks, beside: problems }, visibleRect(view), view.zoom);
    }
    if (litWays.size > 0) paintWays(context, scene, litWays.values(), look);
  };
  const later = (): void => {
    frame ||= requestAnimationFrame(paint);
  };
  const ends = [
    // At once: the cards move in the same turn, and a frame later the wires would trail behind them.
    onView(paint),
    onScene(later),
    onCards(later),
    subscribeCanvas(later),
    subscribeAppState((state, before) => {
      if (state.theme !== before.theme) {
        requestAnimationFrame(() => {
          look = readLook(wires);
          paint();
        });
      } else if (
        state.selection !== before.selection ||
        state.litEdges !== before.litEdges ||
        (state.problems !== before.problems && currentCards().boxes) ||
        (state.reducedMotion && state.traffic.shown !== before.traffic.shown)
      )
        later();
    }),
  ];
  later();
  return () => {
    cancelAnimationFrame(frame);
    tiles.clear();
    ends.forEach((end) => end());
  };
}

/** From how many wires and boxes in view on they are painted in tiles, and below how many no longer. */
const MUCH = { from: 700, below: 450 };
const COUNTED_FOR_MS = 150;

/** Says whether there is too much in view to be painted in each frame. It is counted a few times in a second. */
function amountJudge(): (scene: Scene, view: View, marks: Marks) => boolean {
  let counted: { readonly scene: Scene; readonly at: number } | undefined;
  let isMuch = false;
  return (scene, view, { boxes }) => {
    const now = performance.now();
    if (counted?.scene === scene && now - counted.at < COUNTED_FOR_MS) return isMuch;
    counted = { scene, at: now };
    isMuch = amountIn(scene, view, boxes) > (isMuch ? MUCH.below : MUCH.from);
    return isMuch;
  };
}

function fit(canvas: HTMLCanvasElement, view: View): void {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(view.width * ratio));
  const height = Math.max(1, Math.round(view.height * ratio));
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}

function marksNow(): Marks {
  const { selection, reducedMotion, traffic, edges, litEdges } = getAppState();
  const { faded, preview, wire } = canvasState();
  const { ids, boxes, dragging } = currentCards();
  return {
    selected: new Set(selection.ids),
    faded,
    lit: litEdges,
    boxes,
    cards: ids,
    moving: dragging,
    shares: preview ? previewShares(edges.values(), preview) : none,
    pending: wire ? { from: wire.from, to: wire.to, legal: wire.over !== null && wire.refusal === null } : undefined,
    counts: reducedMotion && traffic.shown ? ratesOf(traffic.shown) : undefined,
  };
}

function severityOf(node: GraphNode): 'error' | 'warning' | undefined {
  const { errors, warnings } = problemsOfNode(getAppState().problems, node);
  return errors > 0 ? 'error' : warnings > 0 ? 'warning' : undefined;
}

const none: ReadonlyMap<string, number> = new Map();

function previewShares(
  edges: Iterable<GraphEdge>,
  preview: { readonly row: string; readonly weights: readonly number[] },
): ReadonlyMap<string, number> {
  const shares = sharesOf(preview.weights);
  const found = new Map<string, number>();
  let index = 0;
  for (const edge of edges) {
    if (edge.kind !== 'route' || edge.from.row !== preview.row) continue;
    found.set(edge.id, shares[index] ?? 0);
    index += 1;
  }
  return found;
}
