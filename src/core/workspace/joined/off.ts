import type { Graph, RuleRow } from '../../graph/types.ts';
import { isVirtualService, isVisible, MESH_GATEWAY, resolveGateway } from '../../istio/index.ts';
import type { VirtualService } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { CompiledProxy, Proxy, RuleRef } from '../../routing/index.ts';
import type { Site } from './sites.ts';

/** Rows of rules by what they stand for. */
export type Rows = ReadonlyMap<string, RuleRow>;

/** `VirtualService default/reviews http 0`: a rule, whichever of its `match` entries. */
export const keyOf = ({ resource, path }: RuleRef): string => `${resource} ${String(path[1])} ${String(path[2])}`;

/** The rows of a graph's rules by `keyOf`. */
export function rowsOf(graph: Graph): Rows {
  const rows = new Map<string, RuleRow>();
  for (const { resource, rows: own } of graph.nodes) {
    if (resource === undefined) continue;
    for (const row of own)
      if (row.kind === 'rule') rows.set(`${resource} ${row.protocol} ${String(row.number - 1)}`, row);
  }
  return rows;
}

/** A caller's proxy with its places. */
export interface Door {
  readonly compiled: CompiledProxy;
  readonly sites: readonly Site[];
}

/** Rules that exist nowhere in what a caller's proxies get, each row with the reason. */
export function rowsOff(mesh: Mesh, doors: readonly Door[], rows: Rows): [row: string, reason: string][] {
  const on = new Set<string>();
  const off = new Map<string, string>();
  const say = (key: string, why: string): void => {
    if (!off.has(key)) off.set(key, `Does not exist for this caller: ${why}.`);
  };
  for (const { sites } of doors) {
    for (const site of sites) {
      for (const { rule, root, off: why } of site.rules()) {
        const keys = (root ? [rule, root] : [rule]).map(keyOf);
        if (why === undefined) keys.forEach((key) => on.add(key));
        else keys.forEach((key) => say(key, why));
      }
    }
  }
  const rulesBy = rowsBy(rows);
  const aside = (id: string, why: string): void => {
    for (const [key, { protocol }] of rulesBy.get(id) ?? [])
      if (protocol === 'http' && !off.has(key)) off.set(key, why);
  };
  for (const { sites } of doors)
    for (const site of sites) site.ignored.forEach((id) => aside(id, ignoredBecause(site)));
  for (const resource of mesh.byKind.get('VirtualService') ?? []) {
    const own = isVirtualService(resource) ? rulesBy.get(resource.id) : undefined;
    if (!own || !isVirtualService(resource)) continue;
    const why = unseen(resource, doors) ?? (isDelegate(resource) ? NOT_TAKEN : undefined);
    const meant = doors.some(({ compiled }) => isMeant(resource, compiled.proxy));
    for (const [key, { protocol }] of own) {
      if (why !== undefined) say(key, why);
      else if (protocol !== 'http' && meant) say(key, noPlace(protocol, resource, doors));
    }
  }
  return [...off].flatMap(([key, why]): [string, string][] => {
    const row = rows.get(key);
    return row && !on.has(key) ? [[row.id, why]] : [];
  });
}

/** The rules of each VirtualService, with their keys. */
function rowsBy(rows: Rows): ReadonlyMap<string, readonly (readonly [key: string, row: RuleRow])[]> {
  const by = new Map<string, (readonly [string, RuleRow])[]>();
  for (const entry of rows) {
    const id = entry[0].split(' ').slice(0, 2).join(' ');
    const known = by.get(id);
    if (known) known.push(entry);
    else by.set(id, [entry]);
  }
  return by;
}

/** Why the rules of a VirtualService that a site leaves aside do not exist there. */
function ignoredBecause({ owners, hosts }: Site): string {
  const owner = owners[0] ?? 'another VirtualService';
  return `Ignored: the mesh takes only ${owner} for ${hosts[0] ?? 'this host'}, the oldest (then by name).`;
}

const NOT_TAKEN = 'no rule that it meets hands over to this one';
const isDelegate = ({ spec }: VirtualService): boolean => (spec.hosts ?? []).length === 0;

/** Why a caller's proxies do not see a VirtualService that is meant for them; `undefined` where one does, or where none is meant. */
function unseen(resource: VirtualService, doors: readonly Door[]): string | undefined {
  if (isDelegate(resource)) return undefined;
  const reasons = doors.flatMap(({ compiled }) => {
    const { proxy } = compiled;
    if (!isMeant(resource, proxy)) return [];
    return [proxy.type === 'gateway' ? hidden(resource, proxy) : (hidden(resource, proxy) ?? left(resource, compiled))];
  });
  return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function isMeant({ spec, namespace }: VirtualService, { type }: Proxy): boolean {
  const gateways = spec.gateways?.length ? spec.gateways : [MESH_GATEWAY];
  return gateways.some((name) => (resolveGateway(name, namespace) === MESH_GATEWAY) === (type === 'sidecar'));
}

function hidden({ spec, namespace }: VirtualService, proxy: Proxy): string | undefined {
  const { exportTo } = spec;
  if (isVisible(exportTo, namespace, proxy.namespace)) return undefined;
  const whom = (exportTo ?? [])
    .map((to) => (to === '.' ? `${namespace} (.)` : to === '~' ? 'nobody (~)' : to))
    .join(', ');
  return `it is exported to ${whom} (exportTo), ${proxy.type === 'gateway' ? 'the gateway’s pod' : 'the caller'} is in ${proxy.namespace}`;
}

function left({ id }: VirtualService, { scope }: CompiledProxy): string | undefined {
  // Without a Sidecar resource all that is exported is seen. To look for each one among all took most of the time at 1,000.
  if (scope.sidecar === undefined) return undefined;
  const sees = scope.listeners.some(({ virtualServices }) => virtualServices.some(({ resource }) => resource === id));
  return sees ? undefined : 'the Sidecar resource of the caller does not import its hosts';
}

function noPlace(protocol: 'tls' | 'tcp', resource: VirtualService, doors: readonly Door[]): string {
  const isInside = doors.some(({ compiled }) => compiled.proxy.type === 'sidecar');
  const where = isInside ? `port of ${(resource.spec.hosts ?? []).join(', ')}` : 'server of its gateways';
  return protocol === 'tls' ? `no ${where} is for TLS that goes on as it is` : `no ${where} takes plain connections`;
}
