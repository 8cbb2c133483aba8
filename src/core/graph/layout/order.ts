import { countCrossings } from './crossings.ts';
import type { Network } from './network.ts';

const CALLERS = 0;
export const GATEWAYS = 1;
export const VIRTUAL_SERVICES = 2;
export const SERVICES = 3;
export const EXTERNAL = 4;

/** A connected part of the graph without its callers: nodes by column, top to bottom. */
export interface Part {
  readonly columns: Int32Array[];
}

const SWEEPS = 4;

/**
 * Cuts the graph into connected parts and orders each part's columns so that few edges cross. `seed` gives each node's rank from
 * before (or from the text): it is the order of the parts, the start of the sweeps, and what stays wherever sweeping does not take
 * crossings away. Callers are left out, since one caller would tie everything together.
 */
export function orderParts(network: Network, seed: Float64Array): Part[] {
  const parts = findParts(network, seed);
  const rank = new Float64Array(network.count);
  for (const part of parts) {
    for (const list of part.columns) writeRanks(list, rank);
    if (part.columns.filter((list) => list.length > 0).length < 2) continue;
    sweep(network, part, rank);
  }
  return parts;
}

/**
 * Parts that callers reach directly (a service without rules), each put behind the last part with rules that one of its callers also
 * calls: so the caller's edges stay together instead of running behind what stands between.
 */
export function besideCallers(network: Network, parts: readonly Part[]): Part[] {
  const lastOf = new Map<number, number>();
  const callersOf = (part: Part): number[] =>
    part.columns.flatMap((list) => [...list].flatMap((node) => callersOfNode(network, node)));
  const hasRules = (part: Part): boolean => (part.columns[VIRTUAL_SERVICES]?.length ?? 0) > 0;
  parts.forEach((part, i) => {
    if (hasRules(part)) for (const caller of callersOf(part)) lastOf.set(caller, i);
  });
  const place = parts.map((part, i) => {
    if (hasRules(part)) return i;
    const last = Math.max(-1, ...callersOf(part).map((caller) => lastOf.get(caller) ?? -1));
    return last < 0 ? i : last + 0.5;
  });
  const order = parts.map((_, i) => i).sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0) || a - b);
  return order.flatMap((i) => parts[i] ?? []);
}

function callersOfNode(network: Network, node: number): number[] {
  const callers: number[] = [];
  for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
    const other = network.other[e] ?? 0;
    if (network.column[other] === CALLERS) callers.push(other);
  }
  return callers;
}

function findParts(network: Network, seed: Float64Array): Part[] {
  const parent = Int32Array.from({ length: network.count }, (_, i) => i);
  const find = (start: number): number => {
    let node = start;
    while (parent[node] !== node) {
      const up = parent[parent[node] ?? 0] ?? 0;
      parent[node] = up;
      node = up;
    }
    return node;
  };
  for (let i = 0; i < network.count; i += 1) {
    if (network.column[i] === CALLERS) continue;
    for (let e = network.first[i] ?? 0; e < (network.first[i + 1] ?? 0); e += 1) {
      const other = network.other[e] ?? 0;
      if (network.column[other] === CALLERS) continue;
      const a = find(i);
      const b = find(other);
      if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const inSeedOrder = Int32Array.from({ length: network.count }, (_, i) => i).sort(
    (a, b) => (seed[a] ?? 0) - (seed[b] ?? 0) || a - b,
  );
  const lists = new Map<number, number[][]>();
  for (const node of inSeedOrder) {
    const column = network.column[node] ?? 0;
    if (column === CALLERS) continue;
    const root = find(node);
    let columns = lists.get(root);
    if (!columns) lists.set(root, (columns = [[], [], [], [], []]));
    columns[column]?.push(node);
  }
  return [...lists.values()].map((columns) => ({ columns: columns.map((list) => Int32Array.from(list)) }));
}

function writeRanks(list: Int32Array, rank: Float64Array): void {
  for (let i = 0; i < list.length; i += 1) rank[list[i] ?? 0] = i;
}

function sweep(network: Network, part: Part, rank: Float64Array): void {
  let best = countCrossings(network, part.columns, rank);
  let kept = part.columns.map((list) => list.slice());
  for (let round = 0; round < SWEEPS && best > 0; round += 1) {
    // Outwards from the virtual services, then back to them.
    for (const column of [SERVICES, EXTERNAL, GATEWAYS, VIRTUAL_SERVICES]) {
      const list = part.columns[column];
      if (!list || list.length < 2) continue;
      sortByBarycentre(network, list, rank, column === VIRTUAL_SERVICES ? round % 2 === 0 : false);
      writeRanks(list, rank);
    }
    const crossings = countCrossings(network, part.columns, rank);
    if (crossings >= best) continue;
    best = crossings;
    kept = part.columns.map((list) => list.slice());
  }
  kept.forEach((list, column) => {
    part.columns[column]?.set(list);
    writeRanks(list, rank);
  });
}

/** Sorts by the mean rank of the neighbours (rows count as fractions of a rank); nodes without any keep their place among the rest. */
function sortByBarycentre(network: Network, list: Int32Array, rank: Float64Array, rightOnly: boolean): void {
  const wish = new Map<number, number>();
  list.forEach((node, i) => {
    let sum = 0;
    let count = 0;
    for (let e = network.first[node] ?? 0; e < (network.first[node + 1] ?? 0); e += 1) {
      const other = network.other[e] ?? 0;
      const column = network.column[other] ?? 0;
      if (column === CALLERS || column === network.column[node] || (rightOnly && column < SERVICES)) continue;
      sum += (rank[other] ?? 0) + (network.there[e] ?? 0) / (network.height[other] ?? 1);
      count += 1;
    }
    wish.set(node, count === 0 ? i : sum / count);
  });
  const sorted = [...list].sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || (rank[a] ?? 0) - (rank[b] ?? 0));
  list.set(sorted);
}
