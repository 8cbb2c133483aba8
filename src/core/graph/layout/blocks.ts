import type { Network } from './network.ts';
import { EXTERNAL, GATEWAYS, SERVICES, VIRTUAL_SERVICES, type Part } from './order.ts';
import { settle } from './settle.ts';

/** Between two nodes of a column, and between two parts. */
export const NODE_GAP = 24;
const PART_GAP = 32;
/** A mesh lower than this many widths of a band stays in one band. */
const BAND_ASPECT = 4;

/** A part with the tops of its nodes, counted from the block's own top. External entries are placed later where `external` is false. */
export interface Block {
  readonly nodes: Int32Array;
  readonly tops: Float64Array;
  readonly height: number;
  /** The leftmost and the rightmost column it uses. */
  readonly left: number;
  readonly right: number;
}

/** Gives a part's nodes their height: the tallest column is stacked, the others settle beside what they are joined to. */
export function blockOf(network: Network, columns: readonly Int32Array[]): Block {
  const top = new Map<number, number>();
  const pivot = tallest(network, columns);
  stack(network, columns[pivot] ?? new Int32Array(0), top);
  const outwards =
    pivot === VIRTUAL_SERVICES ? [SERVICES, EXTERNAL, GATEWAYS] : [VIRTUAL_SERVICES, SERVICES, EXTERNAL, GATEWAYS];
  for (const column of outwards) {
    if (column !== pivot) settleColumn(network, columns[column] ?? new Int32Array(0), top);
  }
  const nodes = Int32Array.from(top.keys());
  const tops = Float64Array.from(top.values());
  let low = Infinity;
  let high = -Infinity;
  nodes.forEach((node, i) => {
    low = Math.min(low, tops[i] ?? 0);
    high = Math.max(high, (tops[i] ?? 0) + (network.height[node] ?? 0));
  });
  for (let i = 0; i < tops.length; i += 1) tops[i] = (tops[i] ?? 0) - low;
  const used = columns.flatMap((list, column) => (list.length > 0 ? [column] : []));
  const left = isCalledPast(network, columns) ? GATEWAYS : Math.min(...used);
  return { nodes, tops, height: Math.max(0, high - low), left, right: Math.max(...used) };
}

/** Callers reach it past the columns before it: nothing may stand there, or their edges would run behind it. */
function isCalledPast(network: Network, columns: readonly Int32Array[]): boolean {
  if ((columns[GATEWAYS]?.length ?? 0) > 0 || (columns[VIRTUAL_SERVICES]?.length ?? 0) > 0) return false;
  return columns.some((list) =>
    list.some((node) => {
      for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
        if (network.column[network.other[e] ?? 0] === 0) return true;
      }
      return false;
    }),
  );
}

function tallest(network: Network, columns: readonly Int32Array[]): number {
  let best = VIRTUAL_SERVICES;
  let height = -1;
  for (const column of [VIRTUAL_SERVICES, SERVICES, GATEWAYS, EXTERNAL]) {
    const sum = columnHeight(network, columns[column] ?? new Int32Array(0));
    if (sum <= height) continue;
    height = sum;
    best = column;
  }
  return best;
}

/** The height of a column's nodes with the gaps between them. */
export function columnHeight(network: Network, list: Int32Array): number {
  let sum = list.length > 0 ? -NODE_GAP : 0;
  for (const node of list) sum += (network.height[node] ?? 0) + NODE_GAP;
  return sum;
}

function stack(network: Network, list: Int32Array, top: Map<number, number>): void {
  let y = 0;
  for (const node of list) {
    top.set(node, y);
    y += (network.height[node] ?? 0) + NODE_GAP;
  }
}

function settleColumn(network: Network, list: Int32Array, top: Map<number, number>): void {
  const wish = new Float64Array(list.length);
  let last = 0;
  list.forEach((node, i) => {
    const wished = wishOf(network, node, top);
    wish[i] = wished ?? last;
    last = (wish[i] ?? 0) + (network.height[node] ?? 0) + NODE_GAP;
  });
  const tops = settle(
    wish,
    Float64Array.from(list, (node) => network.height[node] ?? 0),
    NODE_GAP,
  );
  list.forEach((node, i) => top.set(node, tops[i] ?? 0));
}

/** The top at which a node's edges to placed neighbours would be level, on average. `undefined` where it has no placed neighbour. */
export function wishOf(network: Network, node: number, top: ReadonlyMap<number, number>): number | undefined {
  let sum = 0;
  let count = 0;
  for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
    const other = network.other[e] ?? 0;
    const placed = top.get(other);
    if (placed === undefined || network.column[other] === network.column[node]) continue;
    sum += placed + (network.there[e] ?? 0) - (network.here[e] ?? 0);
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}

/**
 * Cuts a part that is taller than `limit` into several: its virtual services in order, each with the neighbours that no earlier piece
 * took. Where one gateway or one service holds everything together, this is what keeps the mesh from being one endless column.
 */
export function cutTall(network: Network, part: Part, limit: number): Int32Array[][] {
  if (Math.max(...part.columns.map((list) => columnHeight(network, list))) <= limit) return [part.columns];
  const pieceOf = new Map<number, number>();
  const heights = new Float64Array(5);
  let piece = 0;
  const put = (node: number): void => {
    pieceOf.set(node, piece);
    const column = network.column[node] ?? 0;
    heights[column] = (heights[column] ?? 0) + (network.height[node] ?? 0) + NODE_GAP;
  };
  for (const list of [
    part.columns[VIRTUAL_SERVICES],
    part.columns[GATEWAYS],
    part.columns[SERVICES],
    part.columns[EXTERNAL],
  ]) {
    for (const node of list ?? []) {
      if (pieceOf.has(node)) continue;
      if (Math.max(...heights) > limit) {
        piece += 1;
        heights.fill(0);
      }
      put(node);
      for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
        const other = network.other[e] ?? 0;
        if (network.column[other] !== 0 && network.column[other] !== network.column[node] && !pieceOf.has(other))
          put(other);
      }
    }
  }
  const pieces = Array.from({ length: piece + 1 }, () => part.columns.map((): number[] => []));
  part.columns.forEach((list, column) => list.forEach((node) => pieces[pieceOf.get(node) ?? 0]?.[column]?.push(node)));
  return pieces.map((columns) => columns.map((list) => Int32Array.from(list)));
}

/** Where each block stands: in which band, and how far down. */
export interface Stacked {
  readonly block: Block;
  readonly band: number;
  readonly top: number;
}

/** Stacks blocks down a band, each as high as the columns it uses are free, and opens the next band at `limit`. */
export function stackBlocks(blocks: readonly Block[], limit: number): Stacked[] {
  const skyline = new Float64Array(5);
  let band = 0;
  return blocks.map((block) => {
    let top = 0;
    for (let column = block.left; column <= block.right; column += 1) top = Math.max(top, skyline[column] ?? 0);
    if (top > 0 && top + block.height > limit) {
      band += 1;
      top = 0;
      skyline.fill(0);
    }
    for (let column = block.left; column <= block.right; column += 1) skyline[column] = top + block.height + PART_GAP;
    return { block, band, top };
  });
}

/** How many bands make a mesh of this height as wide as it is tall, roughly; one while it is small. */
export function bandsFor(height: number, bandWidth: number): number {
  return height < BAND_ASPECT * bandWidth ? 1 : Math.floor(Math.sqrt(height / bandWidth));
}
