import { keepLast } from '../../base/keep.ts';
import type { Graph, GraphNode, NodeId } from '../../graph/types.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { StandingRule } from '../../routing/index.ts';
import { readyFor } from '../ready.ts';
import type { Projection } from '../types.ts';
import { notesOf } from './notes.ts';
import { keyOf, rowsOf, rowsOff, type Door, type Rows } from './off.ts';
import { isShared, mayShare, proxiesOf, sitesOf, type Site } from './sites.ts';
import type { JoinedAnswer, JoinedNote, JoinedQuestion, JoinedRule, JoinedRules } from './types.ts';

/** Callers that are looked at where none is chosen: more say hardly anything new. */
const MOST_CALLERS = 24;
/** Callers times services: where there are many services, fewer callers are looked at, since each one’s proxy is compiled. */
const MOST_WORK = 6000;
/** Rules of a list that are told: more than anybody reads, few enough to send. */
const MOST_RULES = 200;

/**
 * How the rules of several VirtualServices (roots, delegates) come together, and which rules do not exist for a caller: read off what the
 * engine compiles, so it is what istiod would send. Where no VirtualService can meet another one and no caller is chosen the engine is
 * not asked.
 */
export function joinedRules(
  { mesh, graph }: Pick<Projection, 'mesh' | 'graph'>,
  question: JoinedQuestion,
): JoinedAnswer {
  const { caller, node } = question;
  const shares = mayShareIn(mesh);
  if (!shares && caller === null) return { ...question, off: [], lists: [], notes: [] };
  return {
    ...question,
    off: caller === null ? [] : offFor(mesh, graph, caller),
    lists: shares && node !== null ? listsFor(mesh, graph, { caller, node }) : [],
    notes: shares ? notesFor(mesh, graph, caller) : [],
  };
}

const mayShareIn = keepLast(mayShare);

const callerOf = (graph: Graph, caller: NodeId | null): GraphNode | undefined =>
  caller === null ? undefined : graph.nodes.find(({ id }) => id === caller);

/** The caller's proxies, or those of everybody. */
function doorsOf(mesh: Mesh, graph: Graph, caller: NodeId | null): readonly Door[] {
  const { engine } = readyFor(mesh);
  const one = callerOf(graph, caller);
  const most = Math.max(3, Math.min(MOST_CALLERS, Math.floor(MOST_WORK / Math.max(1, mesh.services.size))));
  const callers = one ? [one] : graph.nodes.filter(({ kind }) => kind === 'caller').slice(0, most);
  return callers.flatMap((each) =>
    proxiesOf(mesh, each).map((proxy) => ({ compiled: engine.compiled(proxy), sites: [...sitesOf(engine, proxy)] })),
  );
}

// Picking another node asks again: nothing of this depends on what is picked.
const doorsFor = keepLast(doorsOf);
const offFor = keepLast((mesh: Mesh, graph: Graph, caller: NodeId) =>
  callerOf(graph, caller) ? rowsOff(mesh, doorsFor(mesh, graph, caller), rowsOf(graph)) : [],
);
const notesFor = keepLast((mesh: Mesh, graph: Graph, caller: NodeId | null): readonly JoinedNote[] =>
  notesOf(
    graph,
    doorsFor(mesh, graph, caller).flatMap(({ sites }) => sites),
  ),
);

/** The lists that a VirtualService has a part in, or that requests for a host meet, if several have a say. Equal lists are told once. */
function listsFor(
  mesh: Mesh,
  graph: Graph,
  { caller, node: id }: { readonly caller: NodeId | null; readonly node: NodeId },
): readonly JoinedRules[] {
  const node = graph.nodes.find((one) => one.id === id);
  if (!node) return [];
  const rows = rowsOf(graph);
  const lists = new Map<string, JoinedRules>();
  for (const { sites } of doorsFor(mesh, graph, caller)) {
    for (const site of sites) {
      if (!isShared(site) || !isAbout(site, node)) continue;
      const { door, protocol, ignored, hosts } = site;
      const rules = site.rules();
      const told = rules.slice(0, MOST_RULES).map((one) => joinedRule(one, rows));
      const key = JSON.stringify([door, told, ignored]);
      const all = [...new Set([...(lists.get(key)?.hosts ?? []), ...hosts])];
      lists.set(key, { door, protocol, hosts: all, rules: told, leftOut: rules.length - told.length, ignored });
    }
  }
  return [...lists.values()];
}

function isAbout({ owners, delegates, ignored, hosts }: Site, { kind, resource, host }: GraphNode): boolean {
  if (kind !== 'virtualService') {
    const own = host?.toLowerCase();
    return own !== undefined && hosts.some((one) => one.toLowerCase() === own);
  }
  if (resource === undefined) return false;
  return [...owners, ...ignored, ...[...delegates.values()].flat()].includes(resource);
}

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
