import type { Rect } from './measure.ts';
import { grow, overlap } from './measure.ts';
import { hueColour, type Look } from './look.ts';
import type { Scene, SceneEdge, SceneNode } from './scene.ts';

/** What is looked at: the offset and zoom of the canvas, and the size of the window in CSS pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** What stands out, apart from the graph itself. */
export interface Marks {
  readonly selected: ReadonlySet<string>;
  readonly faded: ReadonlyMap<string, string>;
  /** Draw the nodes too: they are too small to be cards. */
  readonly boxes: boolean;
  /** Nodes that are mounted as cards all the same. */
  readonly cards: ReadonlySet<string>;
  /** Share by edge, while a divider is dragged. */
  readonly shares: ReadonlyMap<string, number>;
  /** A wire that is being drawn. */
  readonly pending?:
    | { readonly from: { x: number; y: number }; readonly to: { x: number; y: number }; readonly legal: boolean }
    | undefined;
  /** Requests a second by edge, where widths take the place of particles. */
  readonly counts?: ReadonlyMap<string, number> | undefined;
  /** Edges that the request in the Request panel takes. */
  readonly lit: ReadonlySet<string>;
  /** Nodes that are being dragged. */
  readonly moving: ReadonlySet<string>;
}

/** What every painter needs: where to, how it looks, what stands out, and what is seen of the canvas. */
interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly look: Look;
  readonly marks: Marks;
  /** What is seen of the canvas, and what reaches into it with its strokes. */
  readonly visible: Rect;
  readonly zoom: number;
}

/** The part of the canvas that a view shows, in canvas units. */
export function visibleRect(view: View): Rect {
  return {
    x: -view.x / view.zoom,
    y: -view.y / view.zoom,
    width: view.width / view.zoom,
    height: view.height / view.zoom,
  };
}

/** Clears the canvas and sets it to canvas units. */
export function begin(context: CanvasRenderingContext2D, view: View): void {
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, view.width, view.height);
  toCanvasUnits(context, view);
}

function toCanvasUnits(context: CanvasRenderingContext2D, view: View): void {
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio * view.zoom, 0, 0, ratio * view.zoom, view.x * ratio, view.y * ratio);
}

/** What a picture shows of the canvas, with all whose strokes reach into it. */
const reach = (rect: Rect, zoom: number): Rect => grow(rect, 8 + 6 / zoom);

/** Draws what lies between the ground and the cards: wires, and boxes for nodes when zoomed far out. */
export function paintScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  look: Look,
  marks: Marks,
): void {
  begin(context, view);
  const brush: Brush = { context, look, marks, visible: reach(visibleRect(view), view.zoom), zoom: view.zoom };
  const edges = edgesIn(scene, brush.visible);
  for (const lit of [false, true])
    for (const edge of edges) if (isLit(edge, marks) === lit) paintEdge(brush, edge, lit);
  if (marks.counts) paintCounts(brush, scene, marks.counts);
  if (marks.boxes) for (const placed of boxesIn(scene, brush)) paintBox(brush, placed);
  if (marks.pending) paintPending(context, marks.pending, look, view.zoom);
}

/** The wires that may be seen in a rectangle. */
function edgesIn(scene: Scene, rect: Rect): SceneEdge[] {
  const found: SceneEdge[] = [];
  for (const edge of scene.edges.values()) if (overlap(edge.bounds, rect)) found.push(edge);
  return found;
}

/** About how much there is to paint in a view, counted in wires and boxes. */
export function amountIn(scene: Scene, view: View, boxes: boolean): number {
  const visible = reach(visibleRect(view), view.zoom);
  let amount = 0;
  for (const edge of scene.edges.values()) if (overlap(edge.bounds, visible)) amount += 1;
  if (boxes) for (const placed of scene.nodes.values()) if (overlap(placed, visible)) amount += 1;
  return amount;
}

/** Wires and boxes that are painted in one step. */
const STEP = 80;

/**
 * Paints a stretch of the canvas as `paintScene` would, in short steps; what is being dragged is left out. The context is set to canvas units
 * and clean.
 */
export function* paintStretch(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: { readonly rect: Rect; readonly zoom: number; readonly look: Look; readonly marks: Marks },
): Generator<void, void> {
  const { marks, zoom, look } = at;
  const brush: Brush = { context, look, marks, visible: reach(at.rect, zoom), zoom };
  const lit: SceneEdge[] = [];
  let count = 0;
  for (const edge of edgesIn(scene, brush.visible)) {
    if (isMoving(edge, marks)) continue;
    if (isLit(edge, marks)) {
      lit.push(edge);
      continue;
    }
    paintEdge(brush, edge, false);
    count += 1;
    if (count % STEP === 0) yield;
  }
  for (const edge of lit) paintEdge(brush, edge, true);
  if (!marks.boxes) return;
  for (const placed of boxesIn(scene, brush)) {
    if (marks.moving.has(placed.node.id)) continue;
    paintBox(brush, placed);
    count += 1;
    if (count % STEP === 0) yield;
  }
}

/** Paints what `paintStretch` leaves out: what is being dragged or drawn, and what moves by itself. */
export function paintMoving(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  look: Look,
  marks: Marks,
): void {
  toCanvasUnits(context, view);
  const { counts, moving } = marks;
  const brush: Brush = { context, look, marks, visible: reach(visibleRect(view), view.zoom), zoom: view.zoom };
  if (moving.size > 0)
    for (const edge of edgesIn(scene, brush.visible))
      if (isMoving(edge, marks)) paintEdge(brush, edge, isLit(edge, marks));
  if (counts) {
    for (const id of counts.keys()) {
      const edge = scene.edges.get(id);
      if (edge && overlap(edge.bounds, brush.visible)) paintEdge(brush, edge, isLit(edge, marks));
    }
    paintCounts(brush, scene, counts);
  }
  if (marks.boxes && moving.size > 0)
    for (const placed of boxesIn(scene, brush)) if (moving.has(placed.node.id)) paintBox(brush, placed);
  if (marks.pending) paintPending(context, marks.pending, look, view.zoom);
}

/** Whether a wire goes with what is being dragged. */
export const isMoving = ({ edge }: SceneEdge, { moving }: Marks): boolean =>
  moving.size > 0 && (moving.has(edge.from.node) || moving.has(edge.to.node));

/** Whether a wire stands out. */
export function isLit({ edge }: SceneEdge, marks: Marks): boolean {
  const { selected } = marks;
  if (marks.lit.has(edge.id)) return true;
  if (selected.size === 0) return false;
  if (edge.from.row !== undefined && selected.has(edge.from.row)) return true;
  if (edge.to.row !== undefined && selected.has(edge.to.row)) return true;
  return selected.has(edge.from.node) || selected.has(edge.to.node);
}

function paintEdge({ context, look, marks, zoom, visible }: Brush, placed: SceneEdge, lit: boolean): void {
  const { edge, wire } = placed;
  const share = marks.shares.get(edge.id);
  const count = marks.counts?.get(edge.id);
  const base = share === undefined ? placed.width : Math.max(1.5, share * 9);
  const width = count === undefined ? base : Math.max(base, 1 + Math.min(12, Math.sqrt(count) * 1.6));
  const coloured = edge.hue >= 0 && edge.kind !== 'enter' && edge.kind !== 'bind';
  const faded = marks.faded.has(edge.from.row ?? edge.from.node) || marks.faded.has(edge.from.node);
  const asked = marks.lit.has(edge.id);
  context.strokeStyle = edge.missing ? look.error : coloured ? hueColour(look, edge.hue) : asked ? look.text : look.dim;
  const alpha = faded ? 0.1 : lit ? 0.95 : coloured || edge.missing ? 0.5 : 0.42;
  // While a request is looked at, its way stands out and the others step back.
  context.globalAlpha = marks.lit.size > 0 && !lit ? alpha * 0.5 : alpha;
  context.lineWidth = Math.max(asked ? width + 1.5 : width, 1 / zoom);
  const dash = dashOf(edge);
  if (dash) context.setLineDash(dash);
  context.lineCap = edge.kind === 'rest' ? 'round' : 'butt';
  context.beginPath();
  // Dashes are counted from the beginning of a wire.
  if (dash) trace(context, wire.curve);
  else traceIn(context, wire.curve, visible);
  context.stroke();
  if (dash) context.setLineDash([]);
}

function dashOf({ kind, missing }: SceneEdge['edge']): number[] | undefined {
  if (kind === 'mirror') return [7, 5];
  if (missing) return [4, 4];
  if (kind === 'rest') return [2, 4];
  return kind === 'delegate' ? [10, 3] : undefined;
}

/** Adds what may be seen of a wire: of one through many columns most lies elsewhere. */
function traceIn(context: CanvasRenderingContext2D, curve: readonly number[], { x, y, width, height }: Rect): void {
  if (curve.length === 8) return trace(context, curve);
  const [right, bottom] = [x + width, y + height];
  let isDown = false;
  for (let at = 0; at + 7 < curve.length; at += 6) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [curve[at], curve[at + 1], curve[at + 2], curve[at + 3]];
    const [cx = 0, cy = 0, dx = 0, dy = 0] = [curve[at + 4], curve[at + 5], curve[at + 6], curve[at + 7]];
    const isSeen =
      Math.min(ax, bx, cx, dx) <= right &&
      Math.max(ax, bx, cx, dx) >= x &&
      Math.min(ay, by, cy, dy) <= bottom &&
      Math.max(ay, by, cy, dy) >= y;
    if (isSeen && !isDown) context.moveTo(ax, ay);
    if (isSeen) context.bezierCurveTo(bx, by, cx, cy, dx, dy);
    isDown = isSeen;
  }
}

/** Adds a wire's curve to the path that is being drawn. */
export function trace(context: CanvasRenderingContext2D, curve: readonly number[]): void {
  context.moveTo(curve[0] ?? 0, curve[1] ?? 0);
  for (let at = 2; at < curve.length; at += 6) {
    context.bezierCurveTo(
      curve[at] ?? 0,
      curve[at + 1] ?? 0,
      curve[at + 2] ?? 0,
      curve[at + 3] ?? 0,
      curve[at + 4] ?? 0,
      curve[at + 5] ?? 0,
    );
  }
}

// Where motion is not wanted, a number stands in the middle of each wire for what would move on it.
function paintCounts(
  { context, look, marks, visible, zoom }: Brush,
  scene: Scene,
  counts: ReadonlyMap<string, number>,
): void {
  const size = 11 / Math.min(1, Math.max(zoom, 0.3));
  context.font = `600 ${String(size)}px ${look.fontUi}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.globalAlpha = 1;
  for (const [id, count] of counts) {
    const placed = scene.edges.get(id);
    if (!placed || !overlap(placed.bounds, visible) || marks.faded.has(placed.edge.from.node)) continue;
    const samples = placed.samples();
    // Points alternate x and y, and there is an even number of stretches between them.
    const middle = (samples.length - 2) / 2;
    const x = samples[middle] ?? 0;
    const y = samples[middle + 1] ?? 0;
    const text = `${count >= 10 ? String(Math.round(count)) : count.toFixed(1)}/s`;
    context.lineWidth = size * 0.4;
    context.strokeStyle = look.ground;
    context.strokeText(text, x, y);
    context.fillStyle = look.text;
    context.fillText(text, x, y);
  }
  context.textAlign = 'start';
}

/** The nodes that are boxes, as far as they may be seen. */
function boxesIn(scene: Scene, { marks, visible }: Brush): SceneNode[] {
  const found: SceneNode[] = [];
  for (const placed of scene.nodes.values())
    if (!marks.cards.has(placed.node.id) && overlap(placed, visible)) found.push(placed);
  return found;
}

function paintBox({ context, look, marks, zoom }: Brush, placed: SceneNode): void {
  const { node } = placed;
  const size = Math.min(30, 11 / zoom);
  const selected = marks.selected.has(node.id) || node.rows.some((row) => marks.selected.has(row.id));
  context.globalAlpha = marks.faded.has(node.id) ? 0.3 : 1;
  context.fillStyle = zoom < 0.12 ? look.line : look.surface;
  context.strokeStyle = selected
    ? look.accent
    : node.kind === 'ghost'
      ? look.error
      : zoom < 0.25
        ? look.strong
        : look.line;
  context.lineWidth = (selected ? 2 : 1) / zoom;
  context.beginPath();
  context.roundRect(placed.x, placed.y, placed.width, placed.height, 8);
  context.fill();
  context.stroke();
  if (zoom > 0.16) {
    context.font = `600 ${String(size)}px ${look.fontUi}`;
    context.textBaseline = 'middle';
    paintTitle(context, placed, look, size);
  }
  if (zoom > 0.1) paintRowMarks(context, placed, look);
}

function paintTitle(context: CanvasRenderingContext2D, placed: SceneNode, look: Look, size: number): void {
  const room = placed.width - 20;
  const most = Math.max(1, Math.floor(room / (size * 0.56)));
  const { title } = placed.node;
  context.fillStyle = look.text;
  context.fillText(title.length > most ? `${title.slice(0, most - 1)}…` : title, placed.x + 10, placed.y + 22, room);
}

function paintRowMarks(context: CanvasRenderingContext2D, placed: SceneNode, look: Look): void {
  const { rows } = placed.node;
  if (rows.length === 0) return;
  const height = Math.max(1, (placed.height - 44) / rows.length);
  rows.forEach((row, index) => {
    const y = placed.y + 44 + height * index + height / 2 - 3;
    if (row.kind === 'rule') {
      let x = placed.x + 12;
      const width = placed.width - 24;
      for (const destination of row.destinations) {
        context.fillStyle = hueColour(look, destination.hue);
        context.fillRect(x, y, width * destination.share, 6);
        x += width * destination.share;
      }
      return;
    }
    context.fillStyle = row.kind === 'subset' ? hueColour(look, row.hue) : look.line;
    context.fillRect(placed.x + 12, y, row.kind === 'subset' ? 10 : placed.width * 0.5, 6);
  });
}

function paintPending(
  context: CanvasRenderingContext2D,
  pending: NonNullable<Marks['pending']>,
  look: Look,
  zoom: number,
): void {
  const reach = Math.max(30, Math.abs(pending.to.x - pending.from.x) / 2);
  context.globalAlpha = 1;
  context.strokeStyle = pending.legal ? look.accent : look.dim;
  context.lineWidth = 2 / zoom;
  context.setLineDash(pending.legal ? [] : [6 / zoom, 4 / zoom]);
  context.beginPath();
  context.moveTo(pending.from.x, pending.from.y);
  context.bezierCurveTo(
    pending.from.x + reach,
    pending.from.y,
    pending.to.x - reach,
    pending.to.y,
    pending.to.x,
    pending.to.y,
  );
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(pending.to.x, pending.to.y, 4 / zoom, 0, Math.PI * 2);
  context.fillStyle = pending.legal ? look.accent : look.dim;
  context.fill();
}
