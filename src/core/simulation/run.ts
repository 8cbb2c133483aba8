import type { Decision, Engine, Outcome, Request } from '../routing/types.ts';
import { latencyUs } from './latency.ts';
import { bitsOf, drawOf, STREAMS } from './random.ts';
import type { Ending, Scenario, ScenarioCaller, SimulatedRequest } from './types.ts';

const SECOND_US = 1_000_000;
const STRETCH = 20_000;

/** A kind of request, decided once: its outcomes, with their probabilities summed up from the first. */
export interface TrafficClass {
  readonly request: Request;
  readonly decision: Decision;
  readonly upTo: Float64Array;
}

/** The traffic of a configuration and a scenario. Everything is a function of (seed, caller, number); nothing depends on what was asked before. */
export interface Run {
  readonly scenario: Scenario;
  readonly seed: number;
  /** The request of this number. Numbers count callers in turn: `number % callers` is who, the rest its how-manieth. */
  readonly request: (number: number) => SimulatedRequest;
  /** All requests that depart from `fromUs` (in) to `toUs` (out), in order of departure. */
  readonly between: (fromUs: number, toUs: number) => SimulatedRequest[];
  /** Visits the first `count` requests, in order of departure; none where nobody sends. */
  readonly first: (count: number, visit: (request: SimulatedRequest) => void) => void;
  /** The kinds of requests that were decided so far. */
  readonly classes: () => readonly TrafficClass[];
}

interface Stream {
  readonly caller: ScenarioCaller;
  readonly seed: number;
  /** Where in its first interval the first request departs, 0 to 1. */
  readonly phase: number;
  readonly upTo: Float64Array;
  readonly classes: (TrafficClass | undefined)[];
}

/** A seed of the caller's own, by its name: who else there is changes nothing for it. */
function seedOf(seed: number, name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i += 1) hash = bitsOf(hash, name.charCodeAt(i), STREAMS.phase);
  return bitsOf(seed, hash, STREAMS.phase);
}

function sums(parts: readonly number[]): Float64Array {
  const upTo = new Float64Array(parts.length);
  let sum = 0;
  parts.forEach((part, i) => {
    sum += Math.max(0, part);
    upTo[i] = sum;
  });
  return upTo;
}

/** The first place whose sum is beyond the draw's part of the whole. */
function pick(upTo: Float64Array, draw: number): number {
  const at = draw * (upTo[upTo.length - 1] ?? 0);
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How a request ended, from what the client saw. A TCP connection that was carried has no status and counts as answered. */
export function endingOf(outcome: Outcome): Ending {
  const flags = (outcome.flags ?? '').split(',');
  if (outcome.error !== undefined) return 'refused';
  if (flags.includes('NR')) return 'noRoute';
  const status = outcome.status ?? 0;
  if (status >= 500) return 'serverError';
  if (status >= 400) return 'clientError';
  return status === 0 && flags.some((flag) => flag !== '') ? 'refused' : 'answered';
}

/**
 * Starts a run. Nothing is simulated before it is asked for, and a kind of request is decided by the engine when it is first drawn, then
 * only drawn. Callers whose rate is 0 send nothing.
 */
export function createRun(engine: Engine, scenario: Scenario, seed = scenario.seed): Run {
  const streams = scenario.callers.map((caller): Stream => {
    const own = seedOf(seed, caller.name);
    const upTo = sums(caller.requests.map(({ share }) => share));
    return { caller, seed: own, phase: drawOf(own, 0, STREAMS.phase), upTo, classes: [] };
  });
  const decided: TrafficClass[] = [];
  const classOf = (stream: Stream, place: number): TrafficClass | undefined => {
    const known = stream.classes[place];
    const request = stream.caller.requests[place]?.request;
    if (known || !request) return known;
    const decision = engine.decide(stream.caller.proxy, request);
    const made = { request, decision, upTo: sums(decision.outcomes.map(({ probability }) => probability)) };
    stream.classes[place] = made;
    decided.push(made);
    return made;
  };
  const make = (stream: Stream, caller: number, turn: number): SimulatedRequest => {
    const number = turn * streams.length + caller;
    const kind = classOf(stream, pick(stream.upTo, drawOf(stream.seed, turn, STREAMS.request)));
    const departUs = departure(stream, turn);
    return kind
      ? draw(kind, stream.seed, { number, turn, caller, departUs })
      : { number, caller, departUs, latencyUs: 0, ending: 'refused', status: 0 };
  };
  const between = (fromUs: number, toUs: number): SimulatedRequest[] => {
    const all: SimulatedRequest[] = [];
    streams.forEach((stream, caller) => {
      if (stream.caller.rate <= 0) return;
      const start = Math.max(0, Math.floor((fromUs * stream.caller.rate) / SECOND_US - stream.phase) - 1);
      for (let turn = start; departure(stream, turn) < toUs; turn += 1) {
        if (departure(stream, turn) >= fromUs) all.push(make(stream, caller, turn));
      }
    });
    return all.sort((a, b) => a.departUs - b.departUs || a.number - b.number);
  };
  return {
    scenario,
    seed,
    between,
    classes: () => decided,
    request: (number) => {
      const stream = streams[number % streams.length];
      if (!stream) throw new RangeError('A run without callers has no requests.');
      return make(stream, number % streams.length, Math.floor(number / streams.length));
    },
    first: (count, visit) => {
      const rate = streams.reduce((sum, { caller }) => sum + Math.max(0, caller.rate), 0);
      if (rate === 0) return;
      // In stretches, so that a hundred million requests need no more memory than twenty thousand.
      const stretch = Math.max(1, Math.ceil((STRETCH / rate) * SECOND_US));
      let left = count;
      for (let fromUs = 0; left > 0; fromUs += stretch) {
        for (const request of between(fromUs, fromUs + stretch).slice(0, left)) {
          visit(request);
          left -= 1;
        }
      }
    },
  };
}

function departure(stream: Stream, turn: number): number {
  return Math.round(((turn + stream.phase) * SECOND_US) / stream.caller.rate);
}

function draw(
  kind: TrafficClass,
  seed: number,
  at: { number: number; turn: number; caller: number; departUs: number },
): SimulatedRequest {
  const { decision, request } = kind;
  const outcome = decision.outcomes[pick(kind.upTo, drawOf(seed, at.turn, STREAMS.outcome))] ?? {
    probability: 1,
    error: 'no outcome',
  };
  const mirrors = copiesOf(kind, outcome, (i) => drawOf(seed, at.turn, STREAMS.mirror + 16 * (i + 1)));
  return {
    number: at.number,
    caller: at.caller,
    departUs: at.departUs,
    latencyUs: latencyUs(request, outcome, decision.route, bitsOf(seed, at.turn, STREAMS.latency)),
    ending: endingOf(outcome),
    status: outcome.status ?? 0,
    ...(decision.gateway !== undefined && { gateway: decision.gateway }),
    ...(decision.server !== undefined && { server: decision.server }),
    ...(decision.rule && { rule: decision.rule }),
    ...(decision.root && { root: decision.root }),
    ...(outcome.destination !== undefined && { destination: outcome.destination }),
    ...(outcome.flags && { flags: outcome.flags }),
    ...(outcome.cluster !== undefined && { cluster: outcome.cluster }),
    ...(mirrors.length > 0 && { mirrors }),
  };
}

/** The clusters that get a copy: those that surely do, or, where chance decides, each of the route's by a draw of its own. */
function copiesOf({ decision }: TrafficClass, outcome: Outcome, chance: (place: number) => number): readonly string[] {
  if (outcome.mirrors || !outcome.upstream) return outcome.mirrors ?? [];
  const drawn = (decision.route?.mirrors ?? []).filter(({ percent }, i) => chance(i) * 100 < percent);
  return drawn.map(({ cluster }) => cluster);
}
