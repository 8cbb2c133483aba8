import type { Rect } from './measure.ts';
import { overlap } from './measure.ts';
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
}

/** What every painter needs: where to, how it looks, what stands out, and what is seen of the canvas. */
interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly look: Look;
  readonly marks: Marks;
  readonly visible: Rect;
  readonly zoom: number;
}

const DOT_STEP = 24;

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
function begin(context: CanvasRenderingContext2D, view: View): void {
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, view.width, view.height);
  context.setTransform(ratio * view.zoom, 0, 0, ratio * view.zoom, view.x * ratio, view.y * ratio);
}

/** Draws what everything lies on, which only moves with the view: dots, and the mesh's boundary. */
export function paintGround(context: CanvasRenderingContext2D, scene: Scene, view: View, look: Look): void {
  begin(context, view);
  if (scene.boundary) paintBoundary(context, scene.boundary, look, view.zoom);
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalCompositeOperation = 'destination-over';
  paintDots(context, view, look);
  context.globalCompositeOperation = 'source-over';
}

/** Draws what lies between the ground and the cards: wires, and boxes for nodes when zoomed far out. */
export function paintScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  look: Look,
  marks: Marks,
): void {
  begin(context, view);
  const brush: Brush = { context, look, marks, visible: visibleRect(view), zoom: view.zoom };
  paintEdges(brush, scene);
  if (marks.counts) paintCounts(brush, scene, marks.counts);
  if (marks.boxes) paintBoxes(brush, scene);
  if (marks.pending) paintPending(context, marks.pending, look, view.zoom);
}

function paintDots(context: CanvasRenderingContext2D, view: View, look: Look): void {
  let step = DOT_STEP * view.zoom;
  while (step < 16) step *= 2;
  const left = ((view.x % step) + step) % step;
  const top = ((view.y % step) + step) % step;
  context.globalAlpha = 1;
  context.fillStyle = look.dot;
  context.beginPath();
  for (let x = left; x < view.width; x += step)
    for (let y = top; y < view.height; y += step) context.rect(Math.round(x), Math.round(y), 1.5, 1.5);
  context.fill();
}

function paintBoundary(context: CanvasRenderingContext2D, rect: Rect, look: Look, zoom: number): void {
  context.globalAlpha = 0.6;
  context.strokeStyle = look.strong;
  context.lineWidth = 1 / Math.min(1, zoom);
  context.setLineDash([5, 4]);
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, 14);
  context.stroke();
  context.setLineDash([]);
  const size = 11 / Math.min(1, Math.max(zoom, 0.25));
  context.font = `${String(size)}px ${look.fontUi}`;
  const width = context.measureText('mesh').width;
  context.globalAlpha = 1;
  context.fillStyle = look.ground;
  context.fillRect(rect.x + 22, rect.y - size * 0.7, width + 16, size * 1.4);
  context.fillStyle = look.dim;
  context.textBaseline = 'middle';
  context.fillText('mesh', rect.x + 30, rect.y + 0.5);
}

function paintEdges(brush: Brush, scene: Scene): void {
  const { visible, marks } = brush;
  const lit: SceneEdge[] = [];
  for (const edge of scene.edges.values()) {
    if (!overlap(edge.bounds, visible)) continue;
    if (isLit(edge, marks)) lit.push(edge);
    else paintEdge(brush, edge, false);
  }
  for (const edge of lit) paintEdge(brush, edge, true);
}

function isLit({ edge }: SceneEdge, marks: Marks): boolean {
  const { selected } = marks;
  if (marks.lit.has(edge.id)) return true;
  if (selected.size === 0) return false;
  if (edge.from.row !== undefined && selected.has(edge.from.row)) return true;
  if (edge.to.row !== undefined && selected.has(edge.to.row)) return true;
  return selected.has(edge.from.node) || selected.has(edge.to.node);
}

function paintEdge({ context, look, marks, zoom }: Brush, placed: SceneEdge, lit: boolean): void {
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
  context.setLineDash(
    edge.kind === 'mirror'
      ? [7, 5]
      : edge.missing
        ? [4, 4]
        : edge.kind === 'rest'
          ? [2, 4]
          : edge.kind === 'delegate'
            ? [10, 3]
            : [],
  );
  context.lineCap = edge.kind === 'rest' ? 'round' : 'butt';
  context.beginPath();
  trace(context, wire.curve);
  context.stroke();
  context.setLineDash([]);
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

function paintBoxes({ context, look, marks, visible, zoom }: Brush, scene: Scene): void {
  const titles = zoom > 0.16;
  const size = Math.min(30, 11 / zoom);
  context.font = `600 ${String(size)}px ${look.fontUi}`;
  context.textBaseline = 'middle';
  for (const placed of scene.nodes.values()) {
    if (marks.cards.has(placed.node.id) || !overlap(placed, visible)) continue;
    const { node } = placed;
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
    if (titles) paintTitle(context, placed, look, size);
    if (zoom > 0.1) paintRowMarks(context, placed, look);
  }
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
