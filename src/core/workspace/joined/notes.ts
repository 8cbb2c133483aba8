import type { ResourceId } from '../../base/ids.ts';
import type { Graph, GraphNode } from '../../graph/types.ts';
import { isShared, type Site } from './sites.ts';
import type { JoinedNote } from './types.ts';

/** How a VirtualService stands to others, over all places that it has a part in. */
interface Standing {
  /** By host that the mesh leaves it aside for: who has it. */
  readonly ignoredFor: Map<string, ResourceId>;
  /** Whom the mesh leaves aside for its sake. */
  readonly ignores: Set<ResourceId>;
  readonly delegates: Set<ResourceId>;
  readonly roots: Set<ResourceId>;
  /** Others whose rules stand in one list with its own. */
  readonly others: Set<ResourceId>;
  readonly hosts: Set<string>;
}

/** Who serves a host. */
interface Served {
  readonly takes: Set<ResourceId>;
  readonly ignored: Set<ResourceId>;
  readonly sayers: Set<ResourceId>;
}

/** What the cards of VirtualServices and hosts say of how rules come together at these places. */
export function notesOf(graph: Graph, sites: Iterable<Site>): readonly JoinedNote[] {
  const standings = new Map<ResourceId, Standing>();
  const served = new Map<string, Served>();
  const inMesh = new Set<ResourceId>();
  for (const site of sites) {
    if (site.isMesh) site.owners.forEach((id) => inMesh.add(id));
    if (!isShared(site)) continue;
    for (const host of site.hosts) takeHost(served, host.toLowerCase(), site);
    takeStandings(standings, site);
  }
  return graph.nodes.flatMap((node) => {
    if (node.kind === 'virtualService') {
      const standing = node.resource === undefined ? undefined : standings.get(node.resource);
      return standing ? (noteOfVirtualService(node, standing, inMesh) ?? []) : [];
    }
    const host = node.host === undefined ? undefined : served.get(node.host.toLowerCase());
    return host ? (noteOfHost(node, host) ?? []) : [];
  });
}

function takeHost(all: Map<string, Served>, host: string, site: Site): void {
  const { owners, delegates, ignored } = site;
  const one = all.get(host) ?? { takes: new Set(), ignored: new Set(), sayers: new Set() };
  all.set(host, one);
  if (ignored.length > 0) owners.forEach((id) => one.takes.add(id));
  ignored.forEach((id) => one.ignored.add(id));
  for (const id of owners) for (const each of [id, ...(delegates.get(id) ?? [])]) one.sayers.add(each);
}

function takeStandings(all: Map<ResourceId, Standing>, { owners, delegates, ignored, hosts }: Site): void {
  const of = (id: ResourceId): Standing => {
    const known = all.get(id);
    if (known) return known;
    const made: Standing = {
      ignoredFor: new Map(),
      ignores: new Set(),
      delegates: new Set(),
      roots: new Set(),
      others: new Set(),
      hosts: new Set(),
    };
    all.set(id, made);
    return made;
  };
  const [owner] = owners;
  for (const id of owners) {
    const one = of(id);
    hosts.forEach((host) => one.hosts.add(host));
    ignored.forEach((other) => one.ignores.add(other));
    for (const other of owners) if (other !== id) one.others.add(other);
    for (const delegate of delegates.get(id) ?? []) {
      one.delegates.add(delegate);
      of(delegate).roots.add(id);
      hosts.forEach((host) => of(delegate).hosts.add(host));
    }
  }
  if (owner !== undefined) for (const id of ignored) for (const host of hosts) of(id).ignoredFor.set(host, owner);
}

type Part = Omit<JoinedNote, 'node' | 'words'>;

/** The namespace of a node, from its name: `Kind namespace/name`. */
const namespaceOf = ({ name }: GraphNode): string => /^\S+ ([^/\s]+)\//.exec(name)?.[1] ?? '';

/** `name` of a VirtualService of the node's namespace, `namespace/name` of another one. */
function shortName(id: ResourceId, node: GraphNode): string {
  const plain = id.replace(/^VirtualService /, '');
  const own = `${namespaceOf(node)}/`;
  return plain.startsWith(own) ? plain.slice(own.length) : plain;
}

/** One name, or how many there are of them: `details`, `2 delegates`. */
function named(ids: ReadonlySet<ResourceId>, node: GraphNode, many: string): string {
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? shortName(only, node) : `${String(ids.size)} ${many}`;
}

const listed = (ids: Iterable<string>): string => [...ids].join(', ');
/** Hosts in a sentence; of very many the first. */
function hostWords(hosts: Iterable<string>): string {
  const all = [...hosts];
  return all.length <= 3 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${String(all.length - 3)} more`;
}
const OLDEST = 'Inside the mesh only the oldest VirtualService of a host counts, then the first by name.';

function noteOfVirtualService(
  node: GraphNode,
  standing: Standing,
  inMesh: ReadonlySet<string>,
): JoinedNote | undefined {
  const { ignoredFor, ignores, delegates, roots, others, hosts } = standing;
  const words: string[] = [];
  const parts: Part[] = [];
  if (ignoredFor.size > 0) {
    const owners = new Set(ignoredFor.values());
    parts.push(ignoredPart(node, ignoredFor.size, owners, inMesh.has(node.resource ?? '')));
    words.push(`Ignored inside the mesh for ${hostWords(ignoredFor.keys())}: ${listed(owners)} has it. ${OLDEST}`);
  }
  if (delegates.size > 0) {
    parts.push({ tone: 'joined', before: 'with the rules of ', name: named(delegates, node, 'delegates'), after: '' });
    words.push(`The rules of ${listed(delegates)} stand in the place of those that hand over to them.`);
  }
  if (roots.size > 0) {
    parts.push({ tone: 'joined', before: 'joined into ', name: named(roots, node, 'virtual services'), after: '' });
    words.push(`A delegate: its rules stand among those of ${listed(roots)}.`);
  }
  if (others.size > 0) {
    parts.push({ tone: 'joined', before: 'one list with ', name: named(others, node, 'virtual services'), after: '' });
    words.push(`Its rules are one list with those of ${listed(others)}, for ${hostWords(hosts)}.`);
  }
  if (ignores.size > 0) {
    parts.push({
      tone: 'oldest',
      before: 'mesh takes this, ignores ',
      name: named(ignores, node, 'others'),
      after: '',
    });
    words.push(`The mesh takes this one and ignores ${listed(ignores)} for ${hostWords(hosts)}. ${OLDEST}`);
  }
  const [first] = parts;
  return first && { node: node.id, ...first, words: words.join(' ') };
}

function ignoredPart(node: GraphNode, hosts: number, owners: ReadonlySet<ResourceId>, servesOthers: boolean): Part {
  const name = named(owners, node, 'older ones');
  const before = servesOthers
    ? `ignored for ${hosts === 1 ? '1 host' : `${String(hosts)} hosts`}: `
    : 'ignored in the mesh: ';
  return { tone: 'ignored', before, name, after: owners.size === 1 ? ' counts' : ' count' };
}

function noteOfHost(node: GraphNode, { takes, ignored, sayers }: Served): JoinedNote | undefined {
  if (ignored.size > 0) {
    const name = named(takes, node, 'of several');
    const count = String(ignored.size);
    return {
      node: node.id,
      tone: 'oldest',
      before: 'takes ',
      name,
      after: `, ignores ${count}`,
      words: `The mesh takes ${listed(takes)} for this host and ignores ${listed(ignored)}. ${OLDEST}`,
    };
  }
  if (sayers.size < 2) return undefined;
  return {
    node: node.id,
    tone: 'joined',
    before: `rules of ${String(sayers.size)} virtual services`,
    name: '',
    after: '',
    words: `The rules for this host are those of ${listed(sayers)}, as one list.`,
  };
}
