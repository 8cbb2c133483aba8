import { keepPer } from '../base/keep.ts';
import { isVirtualService, type Resource, type RouteDestination, type VirtualService } from '../istio/index.ts';
import type { Mesh } from '../mesh/types.ts';
import type { Decision } from '../routing/types.ts';
import type { TrafficClass } from './run.ts';
import type { ShareCounter, SimulatedRequest } from './types.ts';

/** Latencies in steps of an eighth of an octave: enough for a median, in 256 numbers. */
class Histogram {
  private readonly counts = new Uint32Array(256);
  private total = 0;

  add(us: number): void {
    // Whole numbers only: Math.log2 may differ between engines.
    const whole = Math.max(8, Math.min(us, 0x7fffffff));
    const octave = 31 - Math.clz32(whole);
    const place = octave * 8 + ((whole >> (octave - 3)) & 7);
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.total += 1;
  }

  /** The median, in milliseconds; 0 of nothing. */
  medianMs(): number {
    let seen = 0;
    for (let place = 0; place < this.counts.length; place += 1) {
      seen += this.counts[place] ?? 0;
      if (seen * 2 >= this.total && this.total > 0) return (2 ** (place >> 3) * (1 + ((place & 7) + 0.5) / 8)) / 1000;
    }
    return 0;
  }
}

interface Line {
  readonly latencies: Histogram;
  seen: number;
  errors: number;
}
interface Rule {
  readonly resource: VirtualService;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly index: number;
  readonly lines: Map<number, Line>;
  total: number;
}

/** A tally of requests: adds up, never looks back. Lines are the destinations of the rules that were taken. */
export interface Tally {
  readonly add: (request: SimulatedRequest) => void;
  readonly requests: () => number;
  readonly statuses: () => Readonly<Record<string, number>>;
  /** In the order of resources, rules and destinations; `hue` is -1, to be set by who knows colours. */
  readonly counters: () => ShareCounter[];
}

const DEVIATIONS = 3;

/**
 * The stretch of `seen / total` that chance allows: three standard deviations of a binomial share around the expected one (99.7 % of
 * runs of this length lie in it), within 0 and 1. Of nothing, everything is allowed.
 */
export function bandOf(expected: number, total: number): readonly [number, number] {
  if (total === 0) return [0, 1];
  const width = DEVIATIONS * Math.sqrt((expected * (1 - expected)) / total);
  return [Math.max(0, expected - width), Math.min(1, expected + width)];
}

/** Shares as Istio counts them, from the configuration itself, so that they judge the run and not follow from it. */
export function expectedShares(route: readonly RouteDestination[]): number[] {
  if (route.length === 1) return [1];
  const sum = route.reduce((total, { weight }) => total + Math.max(0, weight ?? 0), 0);
  return route.map(({ weight }) => (sum === 0 ? 0 : Math.max(0, weight ?? 0) / sum));
}

/** An empty tally over a mesh. `classes` are those of the run: they name the clusters that no request has met yet. */
export function createTally(mesh: Mesh, classes: () => readonly TrafficClass[]): Tally {
  const statuses = new Map<string, number>();
  const rules = new Map<string, Rule>();
  const clusters = new Map<string, string>();
  let read = 0;
  let requests = 0;
  const ruleOf = (ref: NonNullable<SimulatedRequest['rule']>): Rule | undefined => {
    const [, protocol, index] = ref.path.slice(-3);
    const key = `${ref.resource} ${String(protocol)} ${String(index)}`;
    const known = rules.get(key);
    const resource = known?.resource ?? mesh.byId.get(ref.resource);
    if (known || !resource || !isVirtualService(resource) || typeof index !== 'number') return known;
    if (protocol !== 'http' && protocol !== 'tls' && protocol !== 'tcp') return undefined;
    const rule: Rule = { resource, protocol, index, lines: new Map(), total: 0 };
    rules.set(key, rule);
    return rule;
  };
  return {
    requests: () => requests,
    statuses: () => Object.fromEntries([...statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    add: (request) => {
      requests += 1;
      const status = statusText(request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (!request.rule || request.destination === undefined) return;
      const rule = ruleOf(request.rule);
      if (!rule) return;
      let line = rule.lines.get(request.destination);
      if (!line) rule.lines.set(request.destination, (line = { latencies: new Histogram(), seen: 0, errors: 0 }));
      rule.total += 1;
      line.seen += 1;
      line.latencies.add(request.latencyUs);
      if (request.ending !== 'answered') line.errors += 1;
    },
    counters: () => {
      for (const { decision } of classes().slice(read)) noteClusters(decision, clusters);
      read = classes().length;
      return countersOf(mesh, rules, clusters);
    },
  };
}

function statusText({ status, ending }: SimulatedRequest): string {
  if (status > 0) return String(status);
  return ending === 'answered' ? 'connected' : 'refused';
}

const ruleKey = (resource: string, protocol: unknown, index: unknown, destination: number): string =>
  `${resource} ${String(protocol)} ${String(index)} ${destination}`;

/** Notes the cluster of each destination. One that does not exist is not in its outcome (503 NC), but in the route, which lists all that weigh something. */
function noteClusters({ rule, route, outcomes }: Decision, clusters: Map<string, string>): void {
  if (!rule) return;
  const [, protocol, index] = rule.path.slice(-3);
  const chosen = outcomes.flatMap(({ destination }) => (destination === undefined ? [] : [destination]));
  const places = [...new Set(chosen)].sort((a, b) => a - b);
  const listed = route?.destinations?.length === places.length ? route.destinations : [];
  for (const { destination, cluster } of outcomes) {
    if (destination === undefined) continue;
    const name = cluster ?? listed[places.indexOf(destination)]?.cluster;
    const key = ruleKey(rule.resource, protocol, index, destination);
    if (name !== undefined && !clusters.has(key)) clusters.set(key, name);
  }
}

const placesOf = keepPer((resources: readonly Resource[]) => new Map(resources.map(({ id }, i) => [id, i])));
const NO_RESOURCES: readonly Resource[] = [];

function countersOf(
  mesh: Mesh,
  rules: ReadonlyMap<string, Rule>,
  clusters: ReadonlyMap<string, string>,
): ShareCounter[] {
  const order = placesOf(mesh.byKind.get('VirtualService') ?? NO_RESOURCES);
  const place = ({ resource, protocol, index }: Rule): number =>
    (order.get(resource.id) ?? 0) * 1e6 + ['http', 'tls', 'tcp'].indexOf(protocol) * 1e5 + index;
  return [...rules.values()]
    .sort((a, b) => place(a) - place(b))
    .flatMap(({ resource, protocol, index, lines, total }) => {
      const route = resource.spec[protocol]?.[index]?.route ?? [];
      const shares = expectedShares(route);
      return route.map(({ destination }, i): ShareCounter => {
        const line = lines.get(i);
        const expected = shares[i] ?? 0;
        const [low, high] = bandOf(expected, total);
        return {
          resource: resource.id,
          path: [...resource.source.path, 'spec', protocol, index],
          ruleName: `${resource.name} ${protocol === 'http' ? '' : `${protocol} `}${index + 1}`,
          label: [destination?.host ?? '', destination?.subset ?? ''].join(' ').trim(),
          cluster: clusters.get(ruleKey(resource.id, protocol, index, i)) ?? '',
          hue: -1,
          expected,
          seen: line?.seen ?? 0,
          total,
          low,
          high,
          p50Ms: line?.latencies.medianMs() ?? 0,
          errors: line?.errors ?? 0,
        };
      });
    });
}
