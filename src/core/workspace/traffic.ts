import { put } from '../base/lists.ts';
import { takeSteps } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import { callerNodeId, INTERNET } from '../graph/index.ts';
import type { Graph, GraphEdge, GraphNode, NodeId, RuleRow } from '../graph/types.ts';
import { selects } from '../istio/index.ts';
import type { Mesh } from '../mesh/types.ts';
import type { Proxy } from '../routing/types.ts';
import { createRun, createTally, ENDINGS, scenarioOf, type Run, type Tally } from '../simulation/index.ts';
import type { Scenario, ShareCounter, SimulatedRequest, TrafficWindow } from '../simulation/types.ts';
import type { YamlPath } from '../yaml/types.ts';
import { readyFor } from './ready.ts';
import type { Projection } from './types.ts';

/** A graph as traffic looks it up. */
interface GraphIndex {
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly byResource: ReadonlyMap<string, GraphNode>;
  readonly byHost: ReadonlyMap<string, GraphNode>;
  readonly from: ReadonlyMap<string, readonly GraphEdge[]>;
}
const maps = new WeakMap<Graph, GraphIndex>();

function mapOf(graph: Graph): GraphIndex {
  const known = maps.get(graph);
  if (known) return known;
  const byResource = new Map<string, GraphNode>();
  const byHost = new Map<string, GraphNode>();
  for (const node of graph.nodes) {
    if (node.resource !== undefined && !byResource.has(node.resource)) byResource.set(node.resource, node);
    if (node.host !== undefined) byHost.set(node.host, node);
  }
  const from = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    for (const key of new Set([edge.from.node, edge.from.row ?? edge.from.node])) put(from, key, edge);
  }
  const made = {
    edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    byResource,
    byHost,
    from,
  };
  maps.set(graph, made);
  return made;
}

function callerOf(map: GraphIndex, graph: Graph, proxy: Proxy): NodeId | undefined {
  if (proxy.type === 'gateway') return map.nodes.has(INTERNET) ? INTERNET : undefined;
  const exact = callerNodeId(proxy.namespace, proxy.labels ?? {});
  if (map.nodes.has(exact)) return exact;
  return graph.nodes.find(
    ({ caller }) =>
      caller?.kind === 'workload' && caller.namespace === proxy.namespace && selects(caller.labels, proxy.labels ?? {}),
  )?.id;
}

function ruleRow(node: GraphNode | undefined, path: YamlPath): RuleRow | undefined {
  const [protocol, index] = path.slice(-2);
  const number = typeof index === 'number' ? index + 1 : 0;
  return node?.rows.find(
    (row): row is RuleRow => row.kind === 'rule' && row.protocol === protocol && row.number === number,
  );
}

const hostOfCluster = (cluster: string): string => cluster.split('|')[3] ?? '';

/** A way from a caller to a node that the graph has no edge for. */
export interface DirectWay {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** A request's way over the graph: edges one after the other, and the copies that leave with the last. */
export interface Hops {
  readonly way: readonly GraphEdge[];
  /** The first hop, where the graph has no edge for it: nobody said that this caller calls there. */
  readonly direct?: DirectWay | undefined;
  readonly copies: readonly GraphEdge[];
  readonly hue: number;
}

/**
 * Which edges of the graph a request takes: from its caller to the gateway or the virtual service, from the server to the virtual
 * service, from the root to its delegate, from the rule to the destination. It ends where nothing takes it on: at a gateway that knows
 * no such host, at a virtual service whose rules all pass it by, at a rule that answers by itself.
 */
export function edgesOf(graph: Graph, proxy: Proxy, request: SimulatedRequest): Hops {
  const map = mapOf(graph);
  const way: GraphEdge[] = [];
  let direct: DirectWay | undefined;
  const add = (id: string | undefined): void => {
    const edge = id === undefined ? undefined : map.edges.get(id);
    if (edge) way.push(edge);
  };
  const caller = callerOf(map, graph, proxy);
  const first = request.root ?? request.rule;
  const entry = first && map.byResource.get(first.resource);
  if (request.gateway !== undefined) {
    const gateway = map.byResource.get(request.gateway);
    add(`enter/${caller ?? ''}>${gateway?.id ?? ''}`);
    const server = gateway?.rows[request.server ?? -1];
    const bound = map.from.get(server?.id ?? '') ?? [];
    if (entry) add(`bind/${server?.id ?? ''}>${entry.id}`);
    else if (bound.length === 1) add(bound[0]?.id);
  } else if (entry) {
    add(`enter/${caller ?? ''}>${entry.id}`);
    if (way.length === 0 && caller !== undefined) direct = { from: caller, to: entry.id };
  } else direct = enterWithoutRule(map, caller, request, add);
  if (request.root && request.rule) {
    const row = ruleRow(entry, request.root.path);
    add(row && `delegate/${row.id}`);
  }
  const row = request.rule && ruleRow(map.byResource.get(request.rule.resource), request.rule.path);
  const destination = row?.destinations[request.destination ?? -1];
  const carried = request.cluster !== undefined || request.destination !== undefined;
  if (carried && destination) add(`route/${destination.id}`);
  const copies = (map.from.get(row?.id ?? '') ?? []).filter(
    (edge) =>
      edge.kind === 'mirror' &&
      !edge.missing &&
      request.mirrors?.some((cluster) => map.byHost.get(hostOfCluster(cluster))?.id === edge.to.node),
  );
  return { way, ...(direct && { direct }), copies, hue: destination?.hue ?? -1 };
}

/**
 * A workload's request that no rule took: to the service behind a virtual service's last row, straight to a host, or to a 404. Gives the
 * way to a host that the graph has no edge for.
 */
function enterWithoutRule(
  map: GraphIndex,
  caller: NodeId | undefined,
  request: SimulatedRequest,
  add: (id: string) => void,
): DirectWay | undefined {
  const entered = (map.from.get(caller ?? '') ?? []).filter(({ kind }) => kind === 'enter');
  const target = request.cluster === undefined ? undefined : map.byHost.get(hostOfCluster(request.cluster));
  if (target) {
    const direct = entered.find(({ to }) => to.node === target.id);
    const through = entered.find(({ to }) => map.edges.get(`rest/${to.node}`)?.to.node === target.id);
    if (direct) add(direct.id);
    else if (through) {
      add(through.id);
      add(`rest/${through.to.node}`);
    } else if (caller !== undefined) return { from: caller, to: target.id };
    return undefined;
  }
  const governed = entered.filter(({ to }) => map.nodes.get(to.node)?.kind === 'virtualService');
  if (request.ending === 'noRoute' && governed.length === 1 && governed[0]) add(governed[0].id);
  return undefined;
}

/**
 * Times on the canvas, in microseconds of event time. Real ones are too short to be seen (12 ms are less than a frame), so a hop takes a
 * fixed time, and the one to the destination ten times the request's latency more. The counters show the latencies themselves.
 */
const PACE = { enter: 700_000, bind: 400_000, delegate: 400_000, route: 500_000, perLatency: 10, longest: 5_000_000 };

/** Appends a request's hops: SEGMENT_FIELDS numbers each. */
function pushSegments(out: number[], indexOf: (id: string) => number, hops: Hops, request: SimulatedRequest): void {
  const ending = ENDINGS.indexOf(request.ending);
  const last = Math.min(PACE.longest, PACE.route + PACE.perLatency * request.latencyUs);
  let at = request.departUs;
  hops.way.forEach((edge, i) => {
    const kind = edge.kind;
    const final = i === hops.way.length - 1 && (kind === 'route' || kind === 'rest');
    const arrive = at + (final ? last : kind === 'bind' || kind === 'delegate' ? PACE[kind] : PACE.enter);
    if (final) {
      for (const copy of hops.copies) out.push(indexOf(copy.id), at, arrive, copy.hue, 0, request.number);
    }
    out.push(indexOf(edge.id), at, arrive, hops.hue, ending, request.number);
    at = arrive;
  });
}

/** The traffic of a workspace: follows its projections, gives windows of its run. */
export interface Traffic {
  /** Takes in the workspace; gives the run's number, which is a new one where something that traffic depends on has changed. */
  readonly follow: (projection: Pick<Projection, 'mesh' | 'graph'>) => number;
  /** Begins anew, with another seed if one is given. */
  readonly restart: (seed: number | undefined) => number;
  /** What departs from `fromUs` to `toUs`, and the counters since the run's first window; `undefined` for a run that is over. */
  readonly window: (run: number, fromUs: number, toUs: number) => TrafficWindow | undefined;
  /** The same in steps; `undefined` also where the run is over before the last. Steps of windows do not mix. */
  readonly windowInSteps: (run: number, fromUs: number, toUs: number) => Steps<TrafficWindow | undefined>;
  readonly scenario: () => Scenario | undefined;
}

interface Running {
  readonly run: Run;
  tally: Tally;
  /** The tally holds what departed from `fromUs` to `toUs`. */
  fromUs: number;
  toUs: number;
}

/** In how many parts a window is made: one for so many resources, since with them grows the number of requests. */
const RESOURCES_A_PART = 60;
const MOST_PARTS = 30;

/** Makes the traffic of a workspace. The engine is made of the one before when the first window of a run is asked for, not at every key press. */
export function createTraffic(): Traffic {
  let mesh: Mesh | undefined;
  let graph: Graph | undefined;
  let number = 0;
  let seed: number | undefined;
  let running: Running | undefined;
  const begin = (now: Mesh, fromUs: number): Running => {
    const { scenario, engine } = readyFor(now);
    const run = createRun(engine, scenario, seed ?? scenario.seed);
    return { run, tally: createTally(now, run.classes), fromUs, toUs: fromUs };
  };
  /** Half a second of 2,000 documents takes 25 ms: the engine after an edit, then every kind of request that is met. */
  function* windowInSteps(asked: number, fromUs: number, toUs: number): Steps<TrafficWindow | undefined> {
    if (asked !== number || !mesh || !graph) return undefined;
    const own = mesh;
    if (!running) {
      running = begin(own, fromUs);
      yield;
    }
    const requests: SimulatedRequest[] = [];
    const parts = Math.max(1, Math.min(MOST_PARTS, Math.ceil(own.resources.length / RESOURCES_A_PART)));
    const borderOf = (part: number): number => fromUs + Math.round(((toUs - fromUs) * part) / parts);
    for (let part = 0; part < parts; part += 1) {
      if (asked !== number || !running) return undefined;
      for (const request of running.run.between(borderOf(part), borderOf(part + 1))) requests.push(request);
      yield;
    }
    if (asked !== number || !running) return undefined;
    tallyUp(running, own, requests, { fromUs, toUs });
    mapOf(graph);
    yield;
    if (asked !== number || !running) return undefined;
    return windowOf({ ...running, number, graph }, requests, { fromUs, toUs });
  }
  return {
    follow(projection) {
      if (!mesh || !saysTheSame(mesh, projection.mesh)) {
        number += 1;
        running = undefined;
        mesh = projection.mesh;
      }
      graph = projection.graph;
      return number;
    },
    restart(next) {
      seed = next ?? seed;
      number += 1;
      running = undefined;
      return number;
    },
    window: (asked, fromUs, toUs) => takeSteps(windowInSteps(asked, fromUs, toUs)),
    windowInSteps,
    scenario: () => mesh && scenarioOf(mesh),
  };
}

/** Whether two meshes route alike as far as their resources' values go: comments and layout of the text do not count. */
function saysTheSame(before: Mesh, now: Mesh): boolean {
  if (before === now) return true;
  if (before.resources.length !== now.resources.length || before.registry !== now.registry) return false;
  return now.resources.every((resource, i) => {
    const old = before.resources[i];
    return (
      old === resource || (old?.id === resource.id && JSON.stringify(old.value) === JSON.stringify(resource.value))
    );
  });
}

/** Adds a window's requests, or, where it does not follow the last one, tallies anew from the run's beginning. */
function tallyUp(
  running: Running,
  mesh: Mesh,
  requests: readonly SimulatedRequest[],
  at: { fromUs: number; toUs: number },
): void {
  let added = requests;
  if (at.fromUs !== running.toUs) {
    running.tally = createTally(mesh, running.run.classes);
    running.fromUs = Math.min(running.fromUs, at.fromUs);
    added = running.run.between(running.fromUs, at.toUs);
  }
  for (const request of added) running.tally.add(request);
  running.toUs = at.toUs;
}

function windowOf(
  { run, tally, number, graph }: Running & { readonly number: number; readonly graph: Graph },
  requests: readonly SimulatedRequest[],
  at: { readonly fromUs: number; readonly toUs: number },
): TrafficWindow {
  const edges: string[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (id: string): number => {
    let index = indexes.get(id);
    if (index === undefined) {
      index = edges.push(id) - 1;
      indexes.set(id, index);
    }
    return index;
  };
  const segments: number[] = [];
  for (const request of requests) {
    const proxy = run.scenario.callers[request.caller]?.proxy;
    if (proxy) pushSegments(segments, indexOf, edgesOf(graph, proxy, request), request);
  }
  return {
    run: number,
    fromUs: at.fromUs,
    toUs: at.toUs,
    edges,
    segments: Float64Array.from(segments),
    counters: coloured(graph, tally.counters()),
    statuses: tally.statuses(),
    seed: run.seed,
    requests: tally.requests(),
  };
}

/** The counters with the colours that their destinations have on the canvas; of very many, splits first. */
function coloured(graph: Graph, counters: readonly ShareCounter[]): readonly ShareCounter[] {
  const map = mapOf(graph);
  const split = counters.filter(({ expected }) => expected < 1);
  const kept =
    counters.length <= MOST_COUNTERS ? counters : (split.length > 0 ? split : counters).slice(0, MOST_COUNTERS);
  let place = 0;
  return kept.map((counter, i) => {
    const before = kept[i - 1];
    place = before?.resource === counter.resource && before.ruleName === counter.ruleName ? place + 1 : 0;
    const row = ruleRow(map.byResource.get(counter.resource), counter.path);
    return { ...counter, hue: row?.destinations[place]?.hue ?? -1 };
  });
}
/** Lines of the Traffic table at most: more than anybody reads, few enough to send with every window. */
const MOST_COUNTERS = 300;
