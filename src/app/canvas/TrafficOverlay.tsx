import { type ReactNode, useEffect, useRef } from 'react';
import { sameItems } from '../../core/base/lists.ts';
import { getAppState, playhead, subscribeAppState } from '../state/index.ts';
import { readLook } from './scene/look.ts';
import { onScene, onView, stage } from './stage.ts';
import { blit, clearFrame, type Frame, makeFrame } from './traffic/blit.ts';
import { PARTICLE_FIELDS, particlesAt } from './traffic/particles.ts';
import { makeStamps, type Stamps } from './traffic/stamps.ts';

/**
 * The canvas that requests are drawn on: over the wires and under the cards, so that a request that passes behind a card never crosses
 * its words. It lets every pointer through, and React renders it once.
 */
export function TrafficOverlay(): ReactNode {
  const reference = useRef<HTMLCanvasElement>(null);
  useEffect(() => (reference.current ? drawTraffic(reference.current) : undefined), []);
  return <canvas ref={reference} className="cv-traffic" aria-hidden="true" data-particles="0" />;
}

interface Surface {
  readonly image: ImageData;
  readonly frame: Frame;
}

// The play head has the only animation frame of the page; this draws when it moves, and when the view moves under a paused picture.
function drawTraffic(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d');
  if (!context) return () => undefined;
  const out = { array: new Float32Array(1024 * PARTICLE_FIELDS) };
  /** What is on the canvas. */
  let drawn: { readonly particles: Float32Array; readonly stamps: Stamps; readonly surface: Surface } | undefined;
  let surface: Surface | undefined;
  let stamps: Stamps | undefined;
  let ratio = 0;
  let small = false;
  let shown = -1;
  const draw = (): void => {
    const { view, scene } = stage;
    if (view.width === 0 || document.hidden) return;
    const isSmall = view.zoom < 0.5;
    if (ratio !== (window.devicePixelRatio || 1) || small !== isSmall || !stamps) {
      ratio = window.devicePixelRatio || 1;
      small = isSmall;
      stamps = makeStamps(readLook(canvas), ratio, small ? 0.7 : 1);
    }
    surface = sized(canvas, surface, Math.round(view.width * ratio), Math.round(view.height * ratio));
    const { frame, image } = surface;
    const time = playhead.now();
    const count = getAppState().reducedMotion
      ? 0
      : particlesAt(playhead.windowsAt(time), time, scene, { view, ratio }, out);
    const particles = out.array.subarray(0, count * PARTICLE_FIELDS);
    if (drawn?.surface === surface && drawn.stamps === stamps && sameItems(drawn.particles, particles)) return;
    drawn = { particles: particles.slice(), stamps, surface };
    const before = { top: frame.top, bottom: frame.bottom };
    clearFrame(frame);
    blit(frame, out.array, count, stamps);
    const top = Math.min(before.top, frame.top);
    const bottom = Math.max(before.bottom, frame.bottom);
    if (bottom > top) context.putImageData(image, 0, 0, 0, top, frame.width, bottom - top);
    if (shown !== count) {
      shown = count;
      canvas.dataset['particles'] = String(count);
    }
  };
  const renew = (): void => {
    stamps = undefined;
    draw();
  };
  const ends = [
    playhead.subscribe(draw),
    onView(draw),
    onScene(draw),
    subscribeAppState((state, before) => {
      if (state.theme !== before.theme) requestAnimationFrame(renew);
      else if (state.reducedMotion !== before.reducedMotion) draw();
    }),
  ];
  document.addEventListener('visibilitychange', draw);
  draw();
  return () => {
    document.removeEventListener('visibilitychange', draw);
    ends.forEach((end) => end());
  };
}

function sized(canvas: HTMLCanvasElement, before: Surface | undefined, width: number, height: number): Surface {
  if (before && before.frame.width === width && before.frame.height === height) return before;
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  return { image, frame: makeFrame(width, height, image.data.buffer) };
}
