import type { Network } from './network.ts';

const VIRTUAL_SERVICES = 2;

/**
 * How many pairs of edges cross between the virtual services of a part and each of its other columns. `rank` holds every node's place
 * in its column. O(E log E).
 */
export function countCrossings(network: Network, columns: readonly Int32Array[], rank: Float64Array): number {
  const middle = columns[VIRTUAL_SERVICES] ?? new Int32Array(0);
  let total = 0;
  columns.forEach((list, column) => {
    if (column === VIRTUAL_SERVICES || list.length === 0) return;
    const keys: number[] = [];
    for (const node of middle) {
      const start = keys.length;
      const ends: { here: number; key: number }[] = [];
      for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
        const other = network.other[e] ?? 0;
        if (network.column[other] !== column) continue;
        ends.push({
          here: network.here[e] ?? 0,
          key: (rank[other] ?? 0) + (network.there[e] ?? 0) / ((network.height[other] ?? 0) + 1),
        });
      }
      ends.sort((a, b) => a.here - b.here || a.key - b.key);
      ends.forEach((end, i) => (keys[start + i] = end.key));
    }
    total += inversions(Float64Array.from(keys));
  });
  return total;
}

/** Pairs that stand in falling order. Merge sort; the array is sorted afterwards. */
export function inversions(keys: Float64Array): number {
  let from: Float64Array = keys;
  let to: Float64Array = new Float64Array(keys.length);
  let count = 0;
  for (let width = 1; width < keys.length; width *= 2) {
    for (let low = 0; low < keys.length; low += 2 * width) count += merge(from, to, low, width);
    [from, to] = [to, from];
  }
  return count;
}

function merge(from: Float64Array, to: Float64Array, low: number, width: number): number {
  const middle = Math.min(low + width, from.length);
  const high = Math.min(low + 2 * width, from.length);
  let left = low;
  let right = middle;
  let count = 0;
  for (let i = low; i < high; i += 1) {
    const takeRight = right < high && (left >= middle || (from[left] ?? 0) > (from[right] ?? 0));
    if (takeRight) {
      count += middle - left;
      to[i] = from[right] ?? 0;
      right += 1;
    } else {
      to[i] = from[left] ?? 0;
      left += 1;
    }
  }
  return count;
}
