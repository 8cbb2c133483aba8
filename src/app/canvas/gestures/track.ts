import type { PointerEvent as ReactPointerEvent } from 'react';
import type { Point } from '../../../core/graph/types.ts';
import { autoPan } from './auto-pan.ts';

export interface Track {
  readonly move: (event: PointerEvent) => void;
  /** The pointer was let go after it had moved. */
  readonly end: (event: PointerEvent) => void;
  /** Escape, a lost pointer, or a press without a move. */
  readonly cancel: () => void;
  /**
   * How the view may move while the pointer is at an edge of the canvas: of a push (-1 to 1 each way) what is of use here. `move` is called
   * again after each move of the view. Absent: it never moves.
   */
  readonly pan?: (push: Point, at: PointerEvent) => Point;
}

/** Pixels that a pointer must move before it is a drag and not a press. */
const SLACK = 3;

/** Follows a pointer from its press to its release. Escape cancels, also for whoever else listens to it. */
export function trackPointer(press: ReactPointerEvent, track: Track): void {
  press.stopPropagation();
  const { clientX, clientY, pointerId } = press;
  let moved = false;
  let last: PointerEvent | undefined;
  const surface = press.currentTarget.closest('.cv-surface');
  const { pan } = track;
  const panning =
    surface && pan
      ? autoPan(
          surface,
          (push) => (last ? pan(push, last) : push),
          () => last && track.move(last),
        )
      : undefined;
  const stop = (): void => {
    panning?.stop();
    window.removeEventListener('pointermove', onMove, true);
    window.removeEventListener('pointerup', onUp, true);
    window.removeEventListener('pointercancel', onCancel, true);
    window.removeEventListener('keydown', onKey, true);
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    moved ||= Math.hypot(event.clientX - clientX, event.clientY - clientY) > SLACK;
    if (!moved) return;
    last = event;
    track.move(event);
    panning?.follow({ x: event.clientX, y: event.clientY });
  };
  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    stop();
    if (!moved) return track.cancel();
    swallowClick();
    track.end(event);
  };
  const onCancel = (): void => {
    stop();
    track.cancel();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    onCancel();
  };
  window.addEventListener('pointermove', onMove, true);
  window.addEventListener('pointerup', onUp, true);
  window.addEventListener('pointercancel', onCancel, true);
  window.addEventListener('keydown', onKey, true);
}

// The click that a browser sends after a drag would select what lies under the pointer.
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  window.addEventListener('pointerup', () => setTimeout(() => window.removeEventListener('click', swallow, true), 0), {
    once: true,
  });
  setTimeout(() => window.removeEventListener('click', swallow, true), 400);
}
