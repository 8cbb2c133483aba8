import type { Point } from '../../../core/graph/types.ts';
import { panBy } from '../camera.ts';

/** Pixels from an edge of the canvas within which a drag moves the view, and how fast at the edge itself and beyond. */
const ZONE = 40;
const PIXELS_A_MS = 0.9;
/** After a frame that took longer than this the view must not jump. */
const LONGEST_FRAME_MS = 50;

/** How a drag at a point pushes the view, -1 to 1 each way: 0 within, growing towards an edge; positive is right and down. */
export function pushAt(
  surface: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
  { x, y }: Point,
): { readonly x: number; readonly y: number } {
  return { x: push(x, surface.left, surface.right), y: push(y, surface.top, surface.bottom) };
}

function push(at: number, from: number, to: number): number {
  const zone = Math.min(ZONE, (to - from) / 4);
  if (at < from + zone) return -Math.min(1, (from + zone - at) / zone);
  return at > to - zone ? Math.min(1, (at - to + zone) / zone) : 0;
}

/** Moves the view for as long as a drag stays at an edge. */
export interface AutoPan {
  /** Takes in where the pointer is now (in pixels of the window). */
  readonly follow: (at: Point) => void;
  readonly stop: () => void;
}

/** `wants` takes out what the drag has no use for; `moved` is called after each move of the view. */
export function autoPan(surface: Element, wants: (push: Point) => Point, moved: () => void): AutoPan {
  let at: Point | undefined;
  let frame = 0;
  let before = 0;
  const tick = (now: number): void => {
    const way = at ? wants(pushAt(surface.getBoundingClientRect(), at)) : { x: 0, y: 0 };
    const ms = before === 0 ? 0 : Math.min(LONGEST_FRAME_MS, now - before);
    before = now;
    if (way.x === 0 && way.y === 0) {
      frame = 0;
      before = 0;
      return;
    }
    panBy(way.x * ms * PIXELS_A_MS, way.y * ms * PIXELS_A_MS);
    moved();
    frame = requestAnimationFrame(tick);
  };
  return {
    follow: (point) => {
      at = point;
      frame ||= requestAnimationFrame(tick);
    },
    stop: () => cancelAnimationFrame(frame),
  };
}
