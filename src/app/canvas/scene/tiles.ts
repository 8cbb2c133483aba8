import type { Look } from './look.ts';
import { grow, overlap, type Rect } from './measure.ts';
import { paintStretch, type View } from './paint.ts';
import { type Painted, staleBetween } from './stale.ts';

/** A tile's side in pixels of the screen. */
const SIDE = 512;
/** So long after the zoom changed last its tiles are painted, in milliseconds; before that those of another zoom are shown. */
const REST_MS = 140;
/** How much larger or smaller than painted tiles may be shown. */
const MOST_SCALE = 2.5;
/** Time for painting in a frame, and in each turn after it, in milliseconds. */
const FRAME_MS = 5;
const TURN_MS = 8;
/** Tiles that are kept: some 60 MB. */
const MOST_TILES = 60;

interface Tile {
  readonly column: number;
  readonly row: number;
  readonly canvas: HTMLCanvasElement;
  isStale: boolean;
}

/** Tiles of one zoom. */
interface Layer {
  readonly zoom: number;
  readonly ratio: number;
  readonly tiles: Map<string, Tile>;
}

/** A tile that is being painted. */
interface Job {
  readonly layer: Layer;
  readonly column: number;
  readonly row: number;
  readonly canvas: HTMLCanvasElement;
  readonly steps: Generator<void, void>;
}

/** Paints dots and the like over a stretch, when that is painted. */
export type Finish = (context: CanvasRenderingContext2D, painted: Painted, rect: Rect, zoom: number) => void;

/** What is outside of the tiles: the clock, a turn later, and what to do when a tile is there. */
export interface TilePorts {
  readonly finish: Finish;
  readonly changed: () => void;
}

/**
 * A picture of much: painted in tiles, piece by piece, and moved as a picture. Between two frames a few milliseconds are painted; until a tile
 * is there, what was there before is shown, at another size if need be. What changes makes those tiles stale that it touches.
 */
export class Tiles {
  private readonly ports: TilePorts;
  private readonly scratch: CanvasRenderingContext2D | null;
  private layer: Layer | undefined;
  private older: Layer | undefined;
  private painted: Painted | undefined;
  private look: Look | undefined;
  private view: View | undefined;
  private zoomAt = -Infinity;
  private job: Job | undefined;
  private turn: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: TilePorts) {
    this.ports = ports;
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    this.scratch = canvas.getContext('2d');
  }

  /** Forgets all tiles. */
  clear(): void {
    clearTimeout(this.turn);
    this.layer = undefined;
    this.older = undefined;
    this.job = undefined;
    this.painted = undefined;
  }

  /** Draws the picture as far as it is painted, and sees to it that the rest is. The context is in pixels and clear. */
  draw(context: CanvasRenderingContext2D, painted: Painted, view: View, look: Look): void {
    const ratio = context.canvas.width / view.width;
    if (this.look !== look) this.clear();
    this.look = look;
    if (this.view?.zoom !== view.zoom) this.zoomAt = this.view ? performance.now() : -Infinity;
    this.view = view;
    this.freshen(painted);
    this.retarget(ratio);
    this.work(FRAME_MS);
    if (this.older) this.blit(context, this.older);
    if (this.layer) this.blit(context, this.layer);
    this.plan();
  }

  private freshen(painted: Painted): void {
    const before = this.painted;
    this.painted = painted;
    if (!before || (before.scene === painted.scene && before.marks === painted.marks)) return;
    const stale = staleBetween(before, painted);
    const touches = (layer: Layer, column: number, row: number): boolean => {
      const rect = reach(layer, column, row);
      return stale?.some((one) => overlap(one, rect)) ?? true;
    };
    if (stale?.length === 0) return;
    for (const layer of [this.layer, this.older])
      for (const tile of layer?.tiles.values() ?? [])
        if (layer && !tile.isStale) tile.isStale = touches(layer, tile.column, tile.row);
    if (this.job && touches(this.job.layer, this.job.column, this.job.row)) this.job = undefined;
  }

  /** Goes over to tiles of the view's zoom when that rests, or is too far from theirs. */
  private retarget(ratio: number): void {
    const { view, layer } = this;
    if (!view || (layer?.zoom === view.zoom && layer.ratio === ratio)) return;
    const scale = layer ? view.zoom / layer.zoom : Infinity;
    const isFar = layer?.ratio !== ratio || scale > MOST_SCALE || scale < 1 / MOST_SCALE;
    if (!isFar && performance.now() - this.zoomAt < REST_MS) return;
    this.job = undefined;
    // An older one is kept while this one shows less than that.
    if (layer && (!this.older || this.isWhole(layer))) this.older = layer;
    this.layer = { zoom: view.zoom, ratio, tiles: new Map() };
  }

  private isWhole(layer: Layer): boolean {
    return this.inView(layer, 0).every(([column, row]) => layer.tiles.has(keyOf(column, row)));
  }

  /** The tiles that a view shows, and so many beyond them, those in the middle first. */
  private inView(layer: Layer, beyond: number): (readonly [column: number, row: number])[] {
    const { view } = this;
    if (!view) return [];
    const side = SIDE / layer.ratio / (layer.zoom / view.zoom);
    const first = { column: Math.floor(-view.x / side) - beyond, row: Math.floor(-view.y / side) - beyond };
    const last = {
      column: Math.floor((view.width - view.x) / side) + beyond,
      row: Math.floor((view.height - view.y) / side) + beyond,
    };
    const found: [number, number][] = [];
    for (let row = first.row; row <= last.row; row += 1)
      for (let column = first.column; column <= last.column; column += 1) found.push([column, row]);
    const middle = { column: (first.column + last.column) / 2, row: (first.row + last.row) / 2 };
    const far = ([column, row]: readonly [number, number]): number =>
      Math.hypot(column - middle.column, row - middle.row);
    return found.sort((a, b) => far(a) - far(b));
  }

  private blit(context: CanvasRenderingContext2D, layer: Layer): void {
    const { view } = this;
    if (!view) return;
    const ratio = context.canvas.width / view.width;
    const side = (SIDE * (view.zoom / layer.zoom) * ratio) / layer.ratio;
    const [left, top] = [Math.round(view.x * ratio), Math.round(view.y * ratio)];
    for (const [column, row] of this.inView(layer, 0)) {
      const tile = layer.tiles.get(keyOf(column, row));
      if (!tile) continue;
      const [x, y] = [left + Math.round(column * side), top + Math.round(row * side)];
      const width = left + Math.round((column + 1) * side) - x;
      const height = top + Math.round((row + 1) * side) - y;
      if (layer !== this.older) context.clearRect(x, y, width, height);
      context.drawImage(tile.canvas, x, y, width, height);
    }
  }

  /** Paints for some milliseconds; gives whether a tile came of it. */
  private work(ms: number): boolean {
    const end = performance.now() + ms;
    let isNew = false;
    do {
      this.job ??= this.nextJob();
      const { job } = this;
      if (!job) break;
      const step = job.steps.next();
      // What was drawn is painted now and not all at once when the frame ends.
      this.scratch?.drawImage(job.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
      if (step.done !== true) continue;
      const { layer, column, row, canvas } = job;
      layer.tiles.set(keyOf(column, row), { column, row, canvas, isStale: false });
      this.job = undefined;
      isNew = true;
    } while (performance.now() < end);
    return isNew;
  }

  private nextJob(): Job | undefined {
    const { layer, painted, look, view } = this;
    if (!layer || !painted || !look || !view || layer.zoom !== view.zoom) return undefined;
    const isDue = ([column, row]: readonly [number, number]): boolean =>
      layer.tiles.get(keyOf(column, row))?.isStale ?? true;
    const inside = this.inView(layer, 0).find(isDue);
    if (!inside) this.older = undefined;
    const next = inside ?? this.inView(layer, 1).find(isDue);
    if (!next) return undefined;
    this.trim(layer);
    const [column, row] = next;
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    const scale = layer.zoom * layer.ratio;
    context.setTransform(scale, 0, 0, scale, -column * SIDE, -row * SIDE);
    const rect = rectOf(layer, column, row);
    const { finish } = this.ports;
    const steps = (function* () {
      yield* paintStretch(context, painted.scene, { rect, zoom: layer.zoom, look, marks: painted.marks });
      finish(context, painted, reach(layer, column, row), layer.zoom);
    })();
    return { layer, column, row, canvas, steps };
  }

  /** Forgets tiles out of view where there are too many. */
  private trim(layer: Layer): void {
    if (layer.tiles.size < MOST_TILES) return;
    const wanted = new Set(this.inView(layer, 1).map(([column, row]) => keyOf(column, row)));
    for (const key of layer.tiles.keys()) if (!wanted.has(key)) layer.tiles.delete(key);
  }

  private plan(): void {
    clearTimeout(this.turn);
    const { view, layer } = this;
    if (!view || !layer) return;
    const rest = this.zoomAt + REST_MS - performance.now();
    if (layer.zoom !== view.zoom) this.turn = setTimeout(this.ports.changed, Math.max(0, rest));
    else if (this.job ?? this.nextDue()) this.turn = setTimeout(() => this.workOn(), 0);
  }

  private nextDue(): boolean {
    this.job = this.nextJob();
    return this.job !== undefined;
  }

  private workOn(): void {
    if (this.work(TURN_MS)) this.ports.changed();
    this.plan();
  }
}

const keyOf = (column: number, row: number): string => `${String(column)} ${String(row)}`;

/** The stretch of the canvas that a tile shows. */
function rectOf({ zoom, ratio }: Layer, column: number, row: number): Rect {
  const side = SIDE / (zoom * ratio);
  return { x: column * side, y: row * side, width: side, height: side };
}

/** The same with all whose strokes may reach into it. */
const reach = (layer: Layer, column: number, row: number): Rect => grow(rectOf(layer, column, row), 8 + 6 / layer.zoom);
