import { BAND_WIDTH, COLUMN_ORDER, COLUMNS, GRID } from '../size.ts';
import type { Graph, NodeId, Point, Positions } from '../types.ts';
import { bandsFor, blockOf, columnHeight, cutTall, NODE_GAP, stackBlocks, wishOf } from './blocks.ts';
import { networkOf, type Network } from './network.ts';
import { besideCallers, EXTERNAL, orderParts } from './order.ts';
import { settle } from './settle.ts';

export interface LayoutOptions {
  /** Where nodes stood before: seeds the order, so that a new layout looks like the old one. */
  readonly previous?: Positions | undefined;
}

/**
 * Places every node: fixed columns left to right, connected parts one under the other, in several bands of columns where one would be
 * endless. The same graph and the same `previous` give the same places. Linear but for sorting; nothing overlaps.
 */
export function layoutGraph(graph: Graph, options: LayoutOptions = {}): Positions {
  const network = networkOf(graph);
  const parts = besideCallers(network, orderParts(network, seedOf(network, options.previous)));
  const loose: number[] = [];
  const rough = parts.reduce(
    (sum, part) => sum + Math.max(...part.columns.map((list) => columnHeight(network, list))),
    0,
  );
  const single = bandsFor(rough, BAND_WIDTH) === 1;
  const limit = single ? Infinity : Math.max(BAND_WIDTH, rough / bandsFor(rough, BAND_WIDTH));
  const blocks = parts.flatMap((part) =>
    cutTall(network, part, limit).flatMap((columns) => {
      const inside = single ? columns : columns.map((list, column) => (column === EXTERNAL ? new Int32Array(0) : list));
      if (!single) loose.push(...(columns[EXTERNAL] ?? []));
      return inside.some((list) => list.length > 0) ? [blockOf(network, inside)] : [];
    }),
  );
  const top = new Map<number, number>();
  const band = new Uint16Array(network.count);
  for (const placed of stackBlocks(blocks, limit)) {
    placed.block.nodes.forEach((node, i) => {
      top.set(node, placed.top + (placed.block.tops[i] ?? 0));
      band[node] = placed.band;
    });
  }
  const x = new Float64Array(network.count);
  for (const node of top.keys()) x[node] = columnX(network, node) + (band[node] ?? 0) * BAND_WIDTH;
  placeCallers(network, top, band, x);
  if (!single) placeBeyond(network, loose, { top, band, x, limit });
  return positionsOf(network, top, x);
}

function columnX(network: Network, node: number): number {
  return COLUMNS[COLUMN_ORDER[network.column[node] ?? 0] ?? 'callers'].x;
}

/** Rank by the place before, bands first; nodes that are new come after their neighbours in the text. */
function seedOf(network: Network, previous: Positions | undefined): Float64Array {
  const seed = new Float64Array(network.count);
  let last = -Infinity;
  network.graph.nodes.forEach((node, i) => {
    const before = previous?.get(node.id);
    if (before) last = Math.floor((before.x + BAND_WIDTH / 16) / BAND_WIDTH) * 1e7 + before.y;
    seed[i] = before || previous ? last : i;
  });
  return seed;
}

/** A caller stands in the band of most of its targets, level with their middle. */
function placeCallers(network: Network, top: Map<number, number>, band: Uint16Array, x: Float64Array): void {
  const byBand = new Map<number, { node: number; wish: number }[]>();
  for (let node = 0; node < network.count; node += 1) {
    if (network.column[node] !== 0) continue;
    const targets = new Map<number, number>();
    let home = 0;
    for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
      const its = band[network.other[e] ?? 0] ?? 0;
      const count = (targets.get(its) ?? 0) + 1;
      targets.set(its, count);
      if (count > (targets.get(home) ?? 0)) home = its;
    }
    const near = new Map<number, number>();
    for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
      const other = network.other[e] ?? 0;
      if (band[other] === home) near.set(other, top.get(other) ?? 0);
    }
    band[node] = home;
    x[node] = columnX(network, node) + home * BAND_WIDTH;
    const list = byBand.get(home) ?? [];
    list.push({ node, wish: wishOf(network, node, near) ?? list.at(-1)?.wish ?? 0 });
    byBand.set(home, list);
  }
  for (const list of byBand.values()) {
    list.sort((a, b) => a.wish - b.wish || a.node - b.node);
    const heights = Float64Array.from(list, ({ node }) => network.height[node] ?? 0);
    const tops = settle(
      Float64Array.from(list, ({ wish }) => wish),
      heights,
      NODE_GAP,
    );
    list.forEach(({ node }, i) => top.set(node, tops[i] ?? 0));
  }
}

/** To the right of the last band, in as many columns as the bands are tall. */
function placeBeyond(
  network: Network,
  loose: readonly number[],
  at: { top: Map<number, number>; band: Uint16Array; x: Float64Array; limit: number },
): void {
  const bands = at.band.reduce((most, band) => Math.max(most, band), 0);
  let x = COLUMNS.external.x + bands * BAND_WIDTH;
  let y = 0;
  for (const node of loose) {
    if (y > 0 && y + (network.height[node] ?? 0) > at.limit) {
      x += COLUMNS.external.width + NODE_GAP;
      y = 0;
    }
    at.top.set(node, y);
    at.x[node] = x;
    y += (network.height[node] ?? 0) + NODE_GAP;
  }
}

function positionsOf(network: Network, top: ReadonlyMap<number, number>, x: Float64Array): Positions {
  let low = Infinity;
  for (const y of top.values()) low = Math.min(low, y);
  const positions = new Map<NodeId, Point>();
  network.graph.nodes.forEach((node, i) => {
    positions.set(node.id, { x: x[i] ?? 0, y: Math.round(((top.get(i) ?? 0) - low) / GRID) * GRID });
  });
  return positions;
}
