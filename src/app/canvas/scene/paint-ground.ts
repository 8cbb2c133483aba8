import type { Look } from './look.ts';
import type { Rect } from './measure.ts';
import { begin, type View, visibleRect } from './paint.ts';
import type { Scene } from './scene.ts';

const DOT_STEP = 24;

/** Draws what everything lies on, which only moves with the view: dots, and the mesh's boundary. */
export function paintGround(context: CanvasRenderingContext2D, scene: Scene, view: View, look: Look): void {
  begin(context, view);
  if (scene.boundary) paintBoundary(context, scene.boundary, look, view);
  const ratio = context.canvas.width / view.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalCompositeOperation = 'destination-over';
  paintDots(context, view, look);
  context.globalCompositeOperation = 'source-over';
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

/** The boundary's dashes, in pixels (canvas units where those are larger), and its corners. */
const DASH = [5, 4] as const;
const CORNER = 14;

function paintBoundary(context: CanvasRenderingContext2D, rect: Rect, look: Look, view: View): void {
  const { zoom } = view;
  const least = Math.min(1, zoom);
  context.globalAlpha = 0.6;
  context.strokeStyle = look.strong;
  context.lineWidth = 1 / least;
  const dash = DASH.map((part) => part / least);
  context.setLineDash(dash);
  const period = dash.reduce((sum, part) => sum + part, 0);
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height];
  const visible = visibleRect(view);
  // Of a boundary around thousands of nodes only what is seen: its dashes are too many to paint in each frame.
  const side = (
    from: number,
    to: number,
    low: number,
    high: number,
    line: (from: number, to: number) => void,
  ): void => {
    const start = Math.max(from, from + Math.floor((low - from) / period) * period);
    const end = Math.min(to, high);
    if (start >= end) return;
    context.beginPath();
    line(start, end);
    context.stroke();
  };
  const across = (y: number): void =>
    side(rect.x + CORNER, right - CORNER, visible.x, visible.x + visible.width, (from, to) => {
      context.moveTo(from, y);
      context.lineTo(to, y);
    });
  const down = (x: number): void =>
    side(rect.y + CORNER, bottom - CORNER, visible.y, visible.y + visible.height, (from, to) => {
      context.moveTo(x, from);
      context.lineTo(x, to);
    });
  across(rect.y);
  across(bottom);
  down(rect.x);
  down(right);
  context.setLineDash([]);
  context.beginPath();
  for (const [x, y, angle] of [
    [rect.x + CORNER, rect.y + CORNER, Math.PI],
    [right - CORNER, rect.y + CORNER, Math.PI * 1.5],
    [right - CORNER, bottom - CORNER, 0],
    [rect.x + CORNER, bottom - CORNER, Math.PI / 2],
  ] as const) {
    context.moveTo(x + CORNER * Math.cos(angle), y + CORNER * Math.sin(angle));
    context.arc(x, y, CORNER, angle, angle + Math.PI / 2);
  }
  context.stroke();
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
