import { BEYOND, charNode } from './expression.ts';
import type { CharSet, Node } from './expression.ts';

/** Which texts count, told letter by letter: from a set of states a character leads to a set of states. */
interface Machine {
  /** By state: where a character leads. */
  readonly moves: readonly { readonly set: CharSet; readonly to: number }[][];
  /** By state: where one is at once too. */
  readonly free: readonly number[][];
  readonly end: number;
}

/** More states than these are too many to look at. */
const MOST_STATES = 4000;

function machineOf(node: Node): Machine | undefined {
  const moves: { readonly set: CharSet; readonly to: number }[][] = [[]];
  const free: number[][] = [[]];
  const state = (): number => {
    moves.push([]);
    free.push([]);
    return moves.length - 1;
  };
  /** Adds the part behind `from`; gives where it ends. */
  const add = (part: Node, from: number): number => {
    if (moves.length > MOST_STATES) return from;
    switch (part.kind) {
      case 'set': {
        const to = state();
        moves[from]?.push({ set: part.set, to });
        return to;
      }
      case 'all':
        return part.parts.reduce((at, one) => add(one, at), from);
      case 'any': {
        const ends = part.parts.map((one) => add(one, freely(from)));
        const to = state();
        for (const end of ends) free[end]?.push(to);
        return to;
      }
      case 'many': {
        const loop = freely(from);
        const end = add(part.part, loop);
        free[end]?.push(loop);
        return freely(loop);
      }
    }
  };
  const freely = (from: number): number => {
    const to = state();
    free[from]?.push(to);
    return to;
  };
  const end = add(node, 0);
  return moves.length > MOST_STATES ? undefined : { moves, free, end };
}

function closed({ free }: Machine, states: readonly number[]): readonly number[] {
  const all = new Set(states);
  for (const one of all) for (const to of free[one] ?? []) all.add(to);
  return [...all].sort((a, b) => a - b);
}

function step(machine: Machine, states: readonly number[], code: number): readonly number[] {
  const next = states.flatMap((one) =>
    (machine.moves[one] ?? []).filter(({ set }) => set[code] === 1).map(({ to }) => to),
  );
  return closed(machine, next);
}

/** Texts that begin with one, or are it. */
export function textNode(text: string, more: boolean, ignoreCase: boolean): Node {
  const parts: Node[] = [...text].map((char) => charNode(char, ignoreCase));
  const rest: Node = { kind: 'many', part: { kind: 'set', set: new Uint8Array(BEYOND + 1).fill(1) } };
  return { kind: 'all', parts: more ? [...parts, rest] : parts };
}

/** Which texts there are at all. */
export interface Domain {
  /** What a text is made of, the plainest first. */
  readonly letters: readonly string[];
  /** A machine of its own in few words: from a state (`''` first) a letter leads to a state, or nowhere. */
  readonly next: (state: string, letter: string) => string | undefined;
  readonly mayEnd: (state: string) => boolean;
}

/** Letters of which each stands for all that no machine tells apart from it. */
function apart(machines: readonly Machine[], { letters }: Domain): readonly string[] {
  const sets = [...new Set(machines.flatMap(({ moves }) => moves.flatMap((list) => list.map(({ set }) => set))))];
  const seen = new Map<string, string>();
  for (const letter of letters) {
    // A letter of several characters is alone with itself.
    const key =
      letter.length > 1 || '/.:% '.includes(letter)
        ? letter
        : sets.map((set) => set[Math.min(letter.charCodeAt(0), BEYOND)]).join('');
    if (!seen.has(key)) seen.set(key, letter);
  }
  return [...seen.values()];
}

/** A machine whose sets of states have numbers, with what was found of it so far. */
interface Numbered {
  readonly next: (state: number, letter: number) => number;
  readonly ends: (state: number) => boolean;
}

function numbered(machine: Machine, letters: readonly string[]): Numbered {
  const sets: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const table: number[][] = [];
  const numberOf = (states: readonly number[]): number => {
    const key = states.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    table.push([]);
    return sets.push(states) - 1;
  };
  numberOf(closed(machine, [0]));
  return {
    next: (state, letter) => {
      const row = table[state] ?? [];
      const known = row[letter];
      if (known !== undefined) return known;
      let states = sets[state] ?? [];
      for (const char of letters[letter] ?? '') states = step(machine, states, Math.min(char.charCodeAt(0), BEYOND));
      return (row[letter] = numberOf(states));
    },
    ends: (state) => sets[state]?.includes(machine.end) ?? false,
  };
}

/** Steps of single machines that a search may take: about a tenth of a second. */
const MOST_STEPS = 2_000_000;

/**
 * Of every way in which some languages may hold or not hold a text of a domain together, one of the shortest texts. `undefined` where that
 * is too much to look through.
 */
export function representatives(nodes: readonly Node[], domain: Domain): readonly string[] | undefined {
  const made = nodes.map(machineOf);
  const known = made.filter((one): one is Machine => one !== undefined);
  if (known.length < made.length) return undefined;
  const letters = apart(known, domain);
  const machines = known.map((machine) => numbered(machine, letters));
  const found = new Map<string, string>();
  const queue = [{ text: '', at: '', states: machines.map(() => 0) }];
  const seen = new Set<string>();
  for (let n = 0; n < queue.length; n += 1) {
    const here = queue[n];
    if (here === undefined || n * letters.length * (machines.length + 1) > MOST_STEPS) return undefined;
    if (domain.mayEnd(here.at)) {
      const key = machines.map((machine, i) => Number(machine.ends(here.states[i] ?? 0))).join('');
      if (!found.has(key)) found.set(key, here.text);
    }
    for (const [place, letter] of letters.entries()) {
      const at = domain.next(here.at, letter);
      if (at === undefined) continue;
      const states = machines.map((machine, i) => machine.next(here.states[i] ?? 0, place));
      const key = `${at} ${states.join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ text: here.text + letter, at, states });
    }
  }
  return [...found.values()];
}
