/**
 * Places boxes of a column, in order, as near as possible to where they want to be (least squares), without overlap: the pool of
 * adjacent violators. `wish` is each box's wished top, `height` its height; `gap` stands between neighbours. Linear time.
 */
export function settle(wish: Float64Array, height: Float64Array, gap: number): Float64Array {
  const count = wish.length;
  const tops = new Float64Array(count);
  // With the heights above taken off, "no overlap" is "not falling", and a falling run settles at its mean.
  const start = new Int32Array(count);
  const sum = new Float64Array(count);
  const size = new Int32Array(count);
  let blocks = 0;
  let above = 0;
  const offset = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    offset[i] = above;
    start[blocks] = i;
    sum[blocks] = (wish[i] ?? 0) - above;
    size[blocks] = 1;
    blocks += 1;
    while (blocks > 1 && mean(sum, size, blocks - 2) > mean(sum, size, blocks - 1)) {
      sum[blocks - 2] = (sum[blocks - 2] ?? 0) + (sum[blocks - 1] ?? 0);
      size[blocks - 2] = (size[blocks - 2] ?? 0) + (size[blocks - 1] ?? 0);
      blocks -= 1;
    }
    above += (height[i] ?? 0) + gap;
  }
  for (let block = 0; block < blocks; block += 1) {
    const first = start[block] ?? 0;
    const top = mean(sum, size, block);
    for (let i = first; i < first + (size[block] ?? 0); i += 1) tops[i] = top + (offset[i] ?? 0);
  }
  return tops;
}

function mean(sum: Float64Array, size: Int32Array, index: number): number {
  return (sum[index] ?? 0) / (size[index] ?? 1);
}
