import { hueColour, type Look } from '../scene/look.ts';
import { type Shape, SHAPES } from './particles.ts';

/** A particle's picture: `size` × `size` pixels, RGBA as canvases hold them, not premultiplied. */
export interface Stamp {
  readonly size: number;
  readonly pixels: Uint32Array;
}
export type Stamps = readonly (readonly Stamp[])[];

/**
 * One stamp for each hue (the last for none) and shape. They are drawn once a theme and pixel ratio; a frame only copies numbers, which
 * holds 60 frames a second at 100,000 particles where drawing paths ends at 1,000 (notes: measured).
 */
export function makeStamps(look: Look, ratio: number, scale = 1): Stamps {
  const rows = Array.from({ length: look.hues.length }, (_, hue) => hue);
  return [...rows, -1].map((hue) =>
    SHAPES.map((shape) => drawStamp(shape, colourOf(look, hue, shape), ratio * scale, look)),
  );
}

const colourOf = (look: Look, hue: number, shape: Shape): string =>
  shape === 'diamond' || shape === 'cross' ? look.error : hueColour(look, hue);

function drawStamp(shape: Shape, colour: string, ratio: number, look: Look): Stamp {
  const size = Math.ceil(11 * ratio) | 1;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { size, pixels: new Uint32Array(size * size) };
  context.translate(size / 2, size / 2);
  context.scale(ratio, ratio);
  context.lineWidth = 1.6;
  context.strokeStyle = look.ground;
  context.fillStyle = colour;
  context.beginPath();
  trace(context, shape);
  if (shape === 'ring' || shape === 'cross') {
    context.lineWidth = shape === 'cross' ? 4 : 3.6;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = shape === 'cross' ? 2 : 1.7;
    context.stroke();
  } else {
    context.stroke();
    context.fill();
  }
  return { size, pixels: new Uint32Array(context.getImageData(0, 0, size, size).data.buffer) };
}

function trace(context: CanvasRenderingContext2D, shape: Shape): void {
  if (shape === 'diamond') {
    context.moveTo(0, -4.2);
    context.lineTo(4.2, 0);
    context.lineTo(0, 4.2);
    context.lineTo(-4.2, 0);
    context.closePath();
  } else if (shape === 'cross') {
    context.moveTo(-3, -3);
    context.lineTo(3, 3);
    context.moveTo(3, -3);
    context.lineTo(-3, 3);
  } else context.arc(0, 0, shape === 'ring' ? 2.8 : 3.1, 0, Math.PI * 2);
}
