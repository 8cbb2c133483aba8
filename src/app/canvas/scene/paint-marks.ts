import { lanesFor, noLanes, wireThrough } from '../../../core/graph/index.ts';
import type { GraphNode } from '../../../core/graph/types.ts';
import type { Look } from './look.ts';
import { endOffset, overlap, type Rect } from './measure.ts';
import { trace } from './paint.ts';
import type { Scene, SceneNode } from './scene.ts';

/** How bad it stands with a node, by its problems; `undefined` where there are none. */
export type Severity = (node: GraphNode) => 'error' | 'warning' | undefined;

/** From whom to whom a request goes for which the graph has no edge. */
interface Way {
  readonly from: string;
  readonly to: string;
}

const WAY_WIDTH = 2.75;
const DOT = 6;

/**
 * Draws the ways of a request that no edge stands for, as its edges are drawn: from the caller to whom it calls, through the gaps between
 * cards. In canvas units.
 */
export function paintWays(context: CanvasRenderingContext2D, scene: Scene, ways: Iterable<Way>, look: Look): void {
  for (const way of ways) {
    const caller = scene.nodes.get(way.from);
    const target = scene.nodes.get(way.to);
    if (!caller || !target) continue;
    const from = { x: caller.x + caller.width, y: caller.y + endOffset(caller.node, { node: way.from }) };
    const to = { x: target.x, y: target.y + endOffset(target.node, { node: way.to }) };
    const alone = new Map([[way.to, { wire: { from, to }, width: WAY_WIDTH }]]);
    const { vias } = lanesFor(alone, undefined, { ...noLanes, strips: scene.lanes.strips });
    context.globalAlpha = 0.95;
    context.strokeStyle = look.text;
    context.lineWidth = WAY_WIDTH;
    context.beginPath();
    trace(context, wireThrough(from, to, vias.get(way.to) ?? []).curve);
    context.stroke();
    context.fillStyle = look.text;
    context.beginPath();
    context.moveTo(to.x, to.y);
    context.lineTo(to.x - 8, to.y - 4.5);
    context.lineTo(to.x - 8, to.y + 4.5);
    context.fill();
  }
}

/**
 * Draws on each box of a node with problems a dot in its corner, as large on the screen at every zoom: full for errors, a ring for
 * warnings. Cards have badges instead.
 */
export function paintDots(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: { readonly visible: Rect; readonly zoom: number; readonly cards: ReadonlySet<string>; readonly look: Look },
  severity: Severity,
): void {
  context.globalAlpha = 1;
  for (const placed of scene.nodes.values()) {
    if (at.cards.has(placed.node.id) || !overlap(placed, at.visible)) continue;
    const kind = severity(placed.node);
    if (kind !== undefined) paintDot(context, placed, kind, at);
  }
}

function paintDot(
  context: CanvasRenderingContext2D,
  { x, y, width }: SceneNode,
  kind: 'error' | 'warning',
  { zoom, look }: { readonly zoom: number; readonly look: Look },
): void {
  const radius = DOT / 2 / zoom + 1;
  const colour = kind === 'error' ? look.error : look.warn;
  context.beginPath();
  context.arc(x + width, y, radius, 0, Math.PI * 2);
  context.fillStyle = kind === 'error' ? colour : look.ground;
  context.fill();
  context.lineWidth = 1.5 / zoom;
  context.strokeStyle = kind === 'error' ? look.ground : colour;
  context.stroke();
}
