/**
 * Chance as a function of (seed, request, stream), never a sequence: a request's draws do not depend on any other request's, so an edit
 * of one weight leaves the fate of all others alone, and any stretch of a run can be made without what came before it.
 *
 * Each of the three numbers goes through a full round of its own, chained. One round over `seed ^ request` would pass a one-sided test
 * and be wrong: it only reorders the same set of numbers for every seed, and (1, 2) would equal (2, 1). See random.test.ts.
 */
export function bitsOf(seed: number, request: number, stream: number): number {
  // A request's number may pass 2^32 in a long run: its upper bits go into the stream's round.
  const high = Math.floor(request / 0x1_0000_0000);
  return round(round(round(seed >>> 0, 0x9e3779b9), request >>> 0), (Math.imul(high, 0x85ebca6b) ^ stream) >>> 0);
}

/** A 32-bit finalizer with good avalanche (lowbias32 of Chris Wellons' hash prospector), over the state mixed with the next word. */
function round(state: number, word: number): number {
  let x = (state ^ Math.imul(word + 0x9e3779b9, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A number from 0 (in) to 1 (out), in steps of 2^-32. */
export function drawOf(seed: number, request: number, stream: number): number {
  return bitsOf(seed, request, stream) / 0x1_0000_0000;
}

/** What a draw is for. Each purpose has a stream of its own, so that one more draw for one purpose moves none of another. */
export const STREAMS = { request: 1, outcome: 2, latency: 3, mirror: 4, phase: 5 } as const;
