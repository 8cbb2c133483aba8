import { getAppState } from '../state/index.ts';
import { around, holds, overlap, type Rect } from './scene/measure.ts';
import { visibleRect } from './scene/paint.ts';
import { stage } from './stage.ts';

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2.5;
/**
 * Where the first look can show all, or at least all columns, at this zoom or above, it does: a way that ends outside of the view says
 * less than small letters. Else it starts at the other: cards are easy to read, and the rest is a drag away.
 */
const FIRST_LEAST = 0.52;
const FIRST_ZOOM = 0.7;
const GLIDE_MS = 220;
/** Room for the captions on top and air around, in CSS pixels. */
const ROOM = { top: 44, right: 24, bottom: 24, left: 24 };
/** The same for the first look, where more of the graph is worth more than air. */
const FIRST_ROOM = { top: 38, right: 12, bottom: 12, left: 12 };
/** The captions, in CSS pixels, and the middle of a card's first line, in canvas units. */
const CAPTIONS = 36;
const FIRST_LINE = 22;

type Viewport = { readonly x: number; readonly y: number; readonly zoom: number };
export type Mover = (viewport: Viewport, glideMs: number) => void;

let move: Mover = () => undefined;

/** Says who moves the view. Gives the function that takes it back. */
export function connectCamera(mover: Mover): () => void {
  move = mover;
  return () => {
    move = () => undefined;
  };
}

const glide = (): number => (getAppState().reducedMotion ? 0 : GLIDE_MS);

function roomWithin({ top, right, bottom, left }: typeof ROOM): { readonly width: number; readonly height: number } {
  const { width, height } = stage.view;
  return { width: Math.max(80, width - left - right), height: Math.max(80, height - top - bottom) };
}

function fitted(rect: Rect, least: number, most: number, inset = ROOM): Viewport {
  const room = roomWithin(inset);
  const wanted = Math.min(room.width / rect.width, room.height / rect.height);
  const zoom = Math.min(most, Math.max(least, wanted));
  // What does not fit begins at its top left corner, where reading begins.
  const x =
    rect.width * zoom > room.width + 1
      ? inset.left - rect.x * zoom
      : inset.left + (room.width - rect.width * zoom) / 2 - rect.x * zoom;
  const y =
    rect.height * zoom > room.height + 1
      ? inset.top - rect.y * zoom
      : inset.top + (room.height - rect.height * zoom) / 2 - rect.y * zoom;
  return { x, y, zoom };
}

function whole(): Rect | undefined {
  const { nodes, boundary } = stage.scene;
  return around([...nodes.values(), ...(boundary ? [boundary] : [])]);
}

/** Shows the graph for the first time: all of it, or all of its columns, where that can be read. The boundary's own edge may be cut off. */
export function firstLook(): void {
  const rect = whole();
  const cards = around(stage.scene.nodes.values());
  if (!rect || !cards) return;
  const shown = { ...rect, height: cards.y + cards.height - rect.y };
  const all = fitted(shown, MIN_ZOOM, 1, FIRST_ROOM);
  const across = roomWithin(FIRST_ROOM).width / shown.width;
  const least = across < FIRST_LEAST ? FIRST_ZOOM : Math.min(FIRST_ZOOM, across);
  move(all.zoom >= FIRST_LEAST ? all : fitted(shown, least, 1, FIRST_ROOM), 0);
}

/** Shows all of the graph. */
export function fitAll(): void {
  const rect = whole();
  if (rect) move(fitted(rect, MIN_ZOOM, 1), glide());
}

/** Shows these nodes, as large as they fit (not above 125 %). */
export function fitNodes(ids: ReadonlySet<string>): void {
  const rects = [...stage.scene.nodes.values()].filter(
    ({ node }) => ids.has(node.id) || node.rows.some((row) => ids.has(row.id)),
  );
  const rect = around(rects);
  if (rect) move(fitted(rect, MIN_ZOOM, 1.25), glide());
}

/** Multiplies the zoom, around the middle of the view. */
export function zoomBy(factor: number): void {
  zoomTo(stage.view.zoom * factor);
}

/** Sets the zoom, around the middle of the view or a point of it (in CSS pixels of the canvas). */
export function zoomTo(zoom: number, at?: { readonly x: number; readonly y: number }): void {
  const { view } = stage;
  const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
  const middle = at ?? { x: view.width / 2, y: view.height / 2 };
  const scale = next / view.zoom;
  move({ x: middle.x - (middle.x - view.x) * scale, y: middle.y - (middle.y - view.y) * scale, zoom: next }, glide());
}

/** Moves the view by pixels: what lies to the right or below comes in. */
export function panBy(dx: number, dy: number): void {
  const { x, y, zoom } = stage.view;
  move({ x: x - dx, y: y - dy, zoom }, 0);
}

/** Moves the view by the least that shows all of a rectangle; does nothing where it is in view. The zoom stays. */
export function revealRect(rect: Rect): void {
  const { view } = stage;
  const visible = safeArea();
  if (view.width === 0 || holds(visible, rect)) return;
  const dx = shift(rect.x, rect.width, visible.x, visible.width);
  const dy = shift(rect.y, rect.height, visible.y, visible.height);
  move({ x: view.x - dx * view.zoom, y: view.y - dy * view.zoom, zoom: view.zoom }, glide());
}

/** The same, but only where its first line, the name, can't be seen: what is picked elsewhere must not push the view about. */
export function revealIfHidden(rect: Rect): void {
  const { y, height, ...rest } = visibleRect(stage.view);
  const captions = CAPTIONS / stage.view.zoom;
  const line = { ...rect, y: rect.y + Math.min(FIRST_LINE, rect.height / 2), height: 1 };
  if (!overlap({ ...rest, y: y + captions, height: height - captions }, line)) revealRect(rect);
}

function shift(at: number, size: number, from: number, room: number): number {
  if (size > room || at < from) return at - from;
  return at + size > from + room ? at + size - from - room : 0;
}

function safeArea(): Rect {
  const { view } = stage;
  const all = visibleRect(view);
  const { top, right, bottom, left } = ROOM;
  return {
    x: all.x + left / view.zoom,
    y: all.y + top / view.zoom,
    width: all.width - (left + right) / view.zoom,
    height: all.height - (top + bottom) / view.zoom,
  };
}
