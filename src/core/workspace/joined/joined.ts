import type { ResourceId } from '../../base/ids.ts';
import type { Graph, GraphNode, RuleRow } from '../../graph/types.ts';
import { rulesInOrder } from '../../routing/index.ts';
import type { CompiledProxy, Proxy, RuleRef, StandingRule } from '../../routing/index.ts';
import { valueAt } from '../../yaml/model.ts';
import type { Projection } from '../types.ts';
import { readyFor } from '../ready.ts';
import type { JoinedAnswer, JoinedQuestion, JoinedRule, JoinedRules } from './types.ts';

type VirtualHost = ReturnType<CompiledProxy['routeConfig']>['virtualHosts'][number];

/** Callers whose lists are looked at for one node: more say hardly anything new. */
const MOST_CALLERS = 24;

/**
 * How the rules of several VirtualServices (roots, delegates) come together, and which rules do not exist for a caller: read off the
 * virtual hosts that the engine compiles, so it is what istiod would send.
 */
export function joinedRules(
  { mesh, graph }: Pick<Projection, 'mesh' | 'graph'>,
  question: JoinedQuestion,
): JoinedAnswer {
  const { engine } = readyFor(mesh);
  const rows = rowsOf(graph);
  const caller = graph.nodes.find(({ id }) => id === question.caller);
  const off = caller ? rowsOff(proxiesOf(mesh, caller).map(engine.compiled), graph, rows) : [];
  const node = graph.nodes.find(({ id }) => id === question.node);
  const mine = node?.kind === 'virtualService' ? node.resource : undefined;
  const lists = new Map<string, JoinedRules>();
  if (mine !== undefined) {
    const doors = (caller ? [caller] : graph.nodes.filter(({ kind }) => kind === 'caller')).slice(0, MOST_CALLERS);
    for (const door of doors) {
      for (const proxy of proxiesOf(mesh, door)) collect(engine.compiled(proxy), proxy, mine, rows, lists);
    }
  }
  return { ...question, off, lists: [...lists.values()] };
}

/** Whose configuration a caller's requests meet first: the gateways' pods, or its own sidecar. */
function proxiesOf(mesh: Projection['mesh'], { caller }: GraphNode): readonly Proxy[] {
  if (caller?.kind === 'workload') return [{ type: 'sidecar', namespace: caller.namespace, labels: caller.labels }];
  const proxies = new Map<string, Proxy>();
  for (const gateway of mesh.byKind.get('Gateway') ?? []) {
    const selector = valueAt(gateway.value, ['spec', 'selector']);
    if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) continue;
    const labels = Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, String(value)]));
    proxies.set(JSON.stringify(labels), { type: 'gateway', namespace: 'istio-system', labels });
  }
  return [...proxies.values()];
}

type Rows = ReadonlyMap<string, RuleRow>;
const keyOf = ({ resource, path }: RuleRef): string => `${resource} ${String(path[1])} ${String(path[2])}`;

function rowsOf(graph: Graph): Rows {
  const rows = new Map<string, RuleRow>();
  for (const { resource, rows: own } of graph.nodes) {
    if (resource === undefined) continue;
    for (const row of own)
      if (row.kind === 'rule') rows.set(`${resource} ${row.protocol} ${String(row.number - 1)}`, row);
  }
  return rows;
}

function* virtualHostsOf(compiled: CompiledProxy): Iterable<VirtualHost> {
  const seen = new Set<string>();
  for (const { chains, defaultChain } of compiled.listeners) {
    for (const chain of [...chains, ...(defaultChain ? [defaultChain] : [])]) {
      const name = chain.http?.routeConfig;
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      yield* compiled.routeConfig(name).virtualHosts;
    }
  }
}

/** HTTP rules that exist nowhere in what these proxies get, though their VirtualService has a part in it, or is ignored there. */
function rowsOff(proxies: readonly CompiledProxy[], graph: Graph, rows: Rows): [string, string][] {
  const on = new Set<string>();
  const off = new Map<string, string>();
  const say = (key: string, why: string): void => {
    if (!off.has(key)) off.set(key, why);
  };
  for (const compiled of proxies) {
    for (const host of virtualHostsOf(compiled)) {
      for (const { rule, root, off: why } of rulesInOrder(host, compiled.proxy)) {
        const keys = (root ? [rule, root] : [rule]).map(keyOf);
        if (why === undefined) keys.forEach((key) => on.add(key));
        else keys.forEach((key) => say(key, `Does not exist for this caller: ${why}.`));
      }
      for (const [key, why] of ignoredRules(host, graph)) say(key, why);
    }
  }
  return [...off].flatMap(([key, why]): [string, string][] => {
    const row = rows.get(key);
    return row && !on.has(key) ? [[row.id, why]] : [];
  });
}

/** The rules of VirtualServices that a virtual host leaves aside, since an older one has the host. */
function ignoredRules(host: VirtualHost, graph: Graph): [string, string][] {
  const owner = host.sources[0]?.virtualService.resource ?? 'another VirtualService';
  const why = `Ignored: the mesh takes only ${owner} for ${host.domains[0] ?? host.name}, the oldest (then by name).`;
  const ignored = new Set(host.ignored.map(({ virtualService }) => virtualService.resource));
  return graph.nodes
    .filter(({ resource }) => resource !== undefined && ignored.has(resource))
    .flatMap(({ resource, rows }) =>
      rows.flatMap((row): [string, string][] =>
        row.kind === 'rule' && row.protocol === 'http'
          ? [[`${resource ?? ''} http ${String(row.number - 1)}`, why]]
          : [],
      ),
    );
}

/** Adds the lists of a proxy that a VirtualService has a part in, if somebody else has one too. Equal lists are told once. */
function collect(
  compiled: CompiledProxy,
  proxy: Proxy,
  mine: ResourceId,
  rows: Rows,
  lists: Map<string, JoinedRules>,
): void {
  for (const host of virtualHostsOf(compiled)) {
    const rules = rulesInOrder(host, proxy);
    const sayers = new Set(
      rules.flatMap(({ rule, root }) => (root ? [rule.resource, root.resource] : [rule.resource])),
    );
    const ignored = [...new Set(host.ignored.map(({ virtualService }) => virtualService.resource))];
    const isPart = sayers.has(mine) || ignored.includes(mine);
    if (!isPart || sayers.size + ignored.length < 2) continue;
    const door = doorOf(host, proxy);
    const list = rules.map((one) => joinedRule(one, rows));
    const key = JSON.stringify([door, list, ignored]);
    const known = lists.get(key);
    const hosts = [...new Set([...(known?.hosts ?? []), nameOf(host)])];
    lists.set(key, { door, hosts, rules: list, ignored });
  }
}

function doorOf(host: VirtualHost, proxy: Proxy): string {
  if (proxy.type === 'gateway') {
    const gateways = [...new Set(host.sources.map(({ gateway }) => gateway))];
    return `At Gateway ${gateways.join(', ')}`;
  }
  const labels = Object.entries(proxy.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return `Inside the mesh, for ${labels.join(', ') || 'any workload'} in ${proxy.namespace}`;
}

/** The host without the port that istiod puts behind it. */
const nameOf = ({ name }: VirtualHost): string => name.replace(/:\d+$/, '');

function joinedRule({ rule, root, off }: StandingRule, rows: Rows): JoinedRule {
  const row = rows.get(keyOf(rule));
  const at = rule.path[2];
  const match = row?.matches[rule.match ?? 0] ?? 'any request';
  const to =
    row && row.destinations.length > 1
      ? row.destinations.map(({ label }) => label).join(', ')
      : row?.target.replace(/^→\s*/, '');
  return {
    resource: rule.resource,
    number: typeof at === 'number' ? at + 1 : 0,
    row: row?.id,
    words: to === undefined || to === '' ? match : `${match} → ${to}`,
    ...(root && root.resource !== rule.resource ? { root: root.resource } : {}),
    ...(off === undefined ? {} : { off }),
  };
}
