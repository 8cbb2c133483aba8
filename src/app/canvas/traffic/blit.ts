import { PARTICLE_FIELDS } from './particles.ts';
import type { Stamp, Stamps } from './stamps.ts';

/** A picture that particles are written into: pixels as a canvas holds them. `dirty` is the stretch of lines that something was written to. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  top: number;
  bottom: number;
}

/** A clear picture. */
export function makeFrame(width: number, height: number, buffer: ArrayBufferLike): Frame {
  return { width, height, pixels: new Uint32Array(buffer), top: 0, bottom: height };
}

/** Clears what was written to since the last time. */
export function clearFrame(frame: Frame): void {
  if (frame.bottom > frame.top) frame.pixels.fill(0, frame.top * frame.width, frame.bottom * frame.width);
  frame.top = frame.height;
  frame.bottom = 0;
}

/** Copies a stamp for each of `count` particles. Pixels that are mostly covered replace what was there; nothing outside is touched. */
export function blit(frame: Frame, particles: Float32Array, count: number, stamps: Stamps): void {
  const none = stamps.length - 1;
  for (let index = 0; index < count; index += 1) {
    const at = index * PARTICLE_FIELDS;
    const hue = particles[at + 2] ?? -1;
    const stamp = stamps[hue < 0 ? none : hue % none]?.[particles[at + 3] ?? 0];
    if (stamp)
      put(
        frame,
        stamp,
        Math.round((particles[at] ?? 0) - stamp.size / 2),
        Math.round((particles[at + 1] ?? 0) - stamp.size / 2),
      );
  }
}

function put(frame: Frame, stamp: Stamp, left: number, top: number): void {
  const { size, pixels } = stamp;
  const fromX = Math.max(0, -left);
  const toX = Math.min(size, frame.width - left);
  const fromY = Math.max(0, -top);
  const toY = Math.min(size, frame.height - top);
  if (fromX >= toX || fromY >= toY) return;
  frame.top = Math.min(frame.top, top + fromY);
  frame.bottom = Math.max(frame.bottom, top + toY);
  for (let y = fromY; y < toY; y += 1) {
    let target = (top + y) * frame.width + left + fromX;
    for (let x = fromX; x < toX; x += 1, target += 1) {
      const pixel = pixels[y * size + x] ?? 0;
      // Half covered edges lie under what was drawn before: two dots side by side keep their outlines.
      if (pixel >>> 24 > 127 || (frame.pixels[target] ?? 0) >>> 24 < pixel >>> 24) frame.pixels[target] = pixel;
    }
  }
}
