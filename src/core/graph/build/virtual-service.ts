import { resourceId } from '../../base/ids.ts';
import type { Destination, RouteDestination, VirtualService } from '../../istio/index.ts';
import { isVirtualService, MESH_GATEWAY, resolveGateway, resolveHost } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { GraphDestination, GraphEdge, GraphEnd, GraphNode, GraphRow, RestRow, RuleRow } from '../types.ts';
import { bindEdges } from './bind.ts';
import { resourceNodeId, serviceNodeId, sourceAt, viewOf, type Reads, type View } from './context.ts';
import { ghostNode } from './ghost.ts';
import { followIds, keep, type Known } from './identity.ts';
import { restOf, rulesOfVirtualService, type RuleView } from './rules.ts';
import type { Mesh } from '../../mesh/types.ts';

/** A VirtualService's part of the graph, with what it takes to follow its rules through the next edit. */
export interface VirtualServicePart {
  readonly resource: VirtualService;
  readonly reads: Reads;
  readonly node: GraphNode;
  readonly edges: readonly GraphEdge[];
  readonly ghosts: readonly GraphNode[];
  readonly rules: readonly Known[];
  readonly destinations: ReadonlyMap<string, readonly Known[]>;
  readonly inMesh: boolean;
  readonly hosts: readonly string[];
  readonly sources: RuleView['sources'];
  /** The kinds of rules that it has. */
  readonly speaks: readonly RuleView['protocol'][];
}

interface Work {
  readonly view: View;
  readonly resource: VirtualService;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly edges: GraphEdge[];
  readonly ghosts: Map<string, GraphNode>;
}

/** Builds a VirtualService's node, edges and ghosts; `before` is the part that stood there before the edit. */
export function buildVirtualService(
  mesh: Mesh,
  resource: VirtualService,
  before: VirtualServicePart | undefined,
): VirtualServicePart {
  const view = viewOf(mesh);
  const id = resourceNodeId(resource);
  const name = `VirtualService ${resource.namespace}/${resource.name}`;
  const hosts = (resource.spec.hosts ?? []).map((host) => resolveHost(host, resource.namespace));
  const work: Work = { view, resource, name, hosts, edges: [], ghosts: new Map() };
  const gateways = [
    ...new Set(
      (resource.spec.gateways?.length ? resource.spec.gateways : [MESH_GATEWAY]).map((gateway) =>
        resolveGateway(gateway, resource.namespace),
      ),
    ),
  ];
  const inMesh = gateways.includes(MESH_GATEWAY) && hosts.length > 0;
  const views = rulesOfVirtualService(resource);
  const ids = followIds(
    before?.rules ?? [],
    views.map(({ key, title }) => ({ key, name: title })),
    (number) => `${id}/rule/${number}`,
  );
  const destinations = new Map<string, readonly Known[]>();
  const rows: GraphRow[] = views.map((rule, i) => {
    const ruleId = ids[i] ?? '';
    const known = destinationIds(rule, ruleId, before?.destinations.get(ruleId));
    destinations.set(ruleId, known);
    return ruleRow(work, rule, { id: ruleId, destinations: known, reached: !takenBefore(views, rule) });
  });
  const rest = restRow(work, restOf(resource, views, inMesh), id);
  if (rest) rows.push(rest);
  const node: GraphNode = {
    id,
    kind: 'virtualService',
    column: 'virtualServices',
    name,
    title: resource.name,
    subtitle: resource.namespace,
    rows,
    resource: resource.id,
    source: resource.source,
    stale: resource.stale,
    assumed: false,
  };
  if (hosts.length > 0) bindEdges(view, { node, resource, hosts, gateways, rules: views }, work);
  const rules = views.map(({ key, title }, i) => ({ id: ids[i] ?? '', key, name: title }));
  const sources = views.flatMap((rule) => rule.sources);
  return {
    resource,
    reads: view.reads,
    node: keep(before?.node, node),
    edges: keepEdges(before?.edges ?? [], work.edges),
    ghosts: [...work.ghosts.values()],
    rules,
    destinations,
    inMesh,
    hosts,
    sources,
    speaks: [...new Set(views.map(({ protocol }) => protocol))],
  };
}

function keepEdges(before: readonly GraphEdge[], now: readonly GraphEdge[]): readonly GraphEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]));
  return now.map((edge) => keep(old.get(edge.id), edge));
}

function takenBefore(rules: readonly RuleView[], rule: RuleView): boolean {
  return rules.some(({ protocol, index, takesAll }) => takesAll && protocol === rule.protocol && index < rule.index);
}

const destinationKey = ({ destination }: RouteDestination): string =>
  `${destination?.host ?? ''} ${destination?.subset ?? ''} ${destination?.port?.number ?? ''}`;

function destinationIds(rule: RuleView, ruleId: string, before: readonly Known[] | undefined): Known[] {
  const keys = rule.route.map((destination) => ({ key: destinationKey(destination) }));
  return followIds(before ?? [], keys, (number) => `${ruleId}/to/${number}`).map((id, i) => ({
    id,
    key: keys[i]?.key ?? '',
  }));
}

function ruleRow(
  work: Work,
  rule: RuleView,
  at: { id: string; destinations: readonly Known[]; reached: boolean },
): RuleRow {
  const path: YamlPath = ['spec', rule.protocol, rule.index];
  const number = rule.index + 1;
  const kind = rule.protocol === 'http' ? 'Rule' : `${rule.protocol.toUpperCase()} rule`;
  const destinations = rule.answer === undefined ? destinationsOf(work, rule, at) : [];
  addMirrors(work, rule, at.id);
  if (rule.delegate) addDelegate(work, rule, at.id);
  return {
    kind: 'rule',
    id: at.id,
    name: `${kind} ${number} of ${work.name}`,
    source: sourceAt(work.resource, path),
    protocol: rule.protocol,
    number,
    title: rule.title,
    matches: rule.matches,
    destinations,
    chips: at.reached ? rule.chips : [...rule.chips, 'never reached'],
    target: rule.answer ?? targetText(work, rule, destinations),
  };
}

function targetText(work: Work, rule: RuleView, destinations: readonly GraphDestination[]): string {
  if (rule.delegate && destinations.length === 0) return `→ ${rule.delegate.name ?? '?'}`;
  const [only] = destinations;
  if (!only) return '→ nowhere';
  if (destinations.length > 1) return '';
  const own = work.hosts.includes(resolveHost(only.host, work.resource.namespace));
  return `→ ${own && only.subset !== undefined ? only.subset : only.label}`;
}

/** Shares as Istio counts them: one destination takes all; of several, those without a weight take nothing. */
function destinationsOf(
  work: Work,
  rule: RuleView,
  at: { id: string; destinations: readonly Known[] },
): GraphDestination[] {
  const sum = rule.route.reduce((total, { weight }) => total + Math.max(0, weight ?? 0), 0);
  const single = rule.route.length === 1;
  const hues = huesOf(work, rule.route);
  return rule.route.map(({ destination = {}, weight }, i): GraphDestination => {
    const id = at.destinations[i]?.id ?? '';
    const share = single ? 1 : sum === 0 ? 0 : Math.max(0, weight ?? 0) / sum;
    const target = targetOf(work, destination);
    const hue = hues[i] ?? -1;
    work.edges.push({
      id: `route/${id}`,
      kind: 'route',
      from: { node: resourceNodeId(work.resource), row: at.id },
      to: target.end,
      share,
      hue,
      missing: target.missing,
    });
    return {
      id,
      label: labelOf(destination),
      host: destination.host ?? '',
      subset: destination.subset,
      port: destination.port?.number,
      weight,
      share,
      hue,
      missing: target.missing,
      source: sourceAt(work.resource, ['spec', rule.protocol, rule.index, 'route', i]),
    };
  });
}

function labelOf({ host = '', subset }: Destination): string {
  return subset === undefined ? host : `${host} ${subset}`;
}

/** A subset has its service's colour for it; whole hosts that share a rule get the colours that are left; a single one has none. */
function huesOf(work: Work, route: readonly RouteDestination[]): number[] {
  const fixed = route.map(({ destination }) => {
    const service = work.view.service(resolveHost(destination?.host ?? '', work.resource.namespace));
    return destination?.subset === undefined
      ? -1
      : (service?.subsets.findIndex(({ name }) => name === destination.subset) ?? -1);
  });
  if (route.length < 2) return fixed;
  const used = new Set(fixed);
  const byHost = new Map<string, number>();
  return fixed.map((hue, i) => {
    if (hue >= 0) return hue;
    const key = route[i]?.destination?.host ?? '';
    let free = byHost.get(key);
    if (free === undefined) {
      free = 0;
      while (used.has(free)) free += 1;
      used.add(free);
      byHost.set(key, free);
    }
    return free;
  });
}

/** Where an edge to this destination ends: the subset's row, the service's head, or a ghost that says what is missing. */
function targetOf(work: Work, destination: Destination): { end: GraphEnd; missing: boolean } {
  const host = resolveHost(destination.host ?? '', work.resource.namespace);
  const service = work.view.service(host);
  if (!service) {
    const ghost = ghostNode('services', `Host ${host}`, host, 'no such host');
    work.ghosts.set(ghost.id, ghost);
    return { end: { node: ghost.id }, missing: true };
  }
  const node = serviceNodeId(work.view, service);
  if (destination.subset === undefined) return { end: { node }, missing: false };
  const subset = service.subsets.find(({ name }) => name === destination.subset);
  if (!subset) return { end: { node }, missing: true };
  return { end: { node, row: `${node}/subset/${subset.name}` }, missing: subset.missing };
}

function addMirrors(work: Work, rule: RuleView, ruleId: string): void {
  rule.mirrors.forEach(({ destination }, i) => {
    const target = targetOf(work, destination);
    const hue = huesOf(work, [{ destination }])[0] ?? -1;
    const from = { node: resourceNodeId(work.resource), row: ruleId };
    work.edges.push({
      id: `mirror/${ruleId}/${i}`,
      kind: 'mirror',
      from,
      to: target.end,
      hue,
      missing: target.missing,
    });
  });
}

function addDelegate(work: Work, rule: RuleView, ruleId: string): void {
  const name = `${rule.delegate?.namespace || work.resource.namespace}/${rule.delegate?.name ?? ''}`;
  const found = work.view.resource(resourceId(`VirtualService ${name}`));
  const from = { node: resourceNodeId(work.resource), row: ruleId };
  const edge = { id: `delegate/${ruleId}`, kind: 'delegate', from, hue: -1 } as const;
  if (found && isVirtualService(found)) {
    work.edges.push({ ...edge, to: { node: resourceNodeId(found) }, missing: false });
    return;
  }
  const ghost = ghostNode('virtualServices', `VirtualService ${name}`, rule.delegate?.name ?? '?', 'no such delegate');
  work.ghosts.set(ghost.id, ghost);
  work.edges.push({ ...edge, to: { node: ghost.id }, missing: true });
}

function restRow(work: Work, rest: ReturnType<typeof restOf>, id: string): RestRow | undefined {
  if (!rest) return undefined;
  const row: RestRow = {
    kind: 'rest',
    id: `${id}/rest`,
    name: `Everything else of ${work.name}`,
    outcome: rest.outcome,
    label: rest.label,
  };
  const host = rest.outcome === 'service' ? work.hosts.find((candidate) => work.view.service(candidate)) : undefined;
  const service = host === undefined ? undefined : work.view.service(host);
  if (service) {
    const to = { node: serviceNodeId(work.view, service) };
    work.edges.push({ id: `rest/${id}`, kind: 'rest', from: { node: id, row: row.id }, to, hue: -1, missing: false });
  }
  return row;
}
