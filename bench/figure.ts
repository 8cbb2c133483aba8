/** One measured figure. `goal` is the bound that `ok` was judged by: an upper one for times and sizes, a lower one for rates. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number;
  readonly ok: boolean;
}

const round = (value: number): number => Number(value.toPrecision(4));

/** A figure that should stay at or below its goal. */
export function atMost(name: string, value: number, unit: string, goal: number): Figure {
  return { name, value: round(value), unit, goal, ok: value <= goal };
}

/** A figure that should reach its goal. */
export function atLeast(name: string, value: number, unit: string, goal: number): Figure {
  return { name, value: round(value), unit, goal, ok: value >= goal };
}

/** The value that `share` (0 to 1) of the samples stay at or below. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Milliseconds that each of `runs` calls took, after `warmUp` that are not counted. */
export function times(call: () => void, runs: number, warmUp = 2): number[] {
  const samples: number[] = [];
  for (let n = 0; n < runs + warmUp; n += 1) {
    const start = performance.now();
    call();
    if (n >= warmUp) samples.push(performance.now() - start);
  }
  return samples;
}
