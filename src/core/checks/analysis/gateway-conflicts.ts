import { isGateway, selects } from '../../istio/index.ts';
import type { Server } from '../../istio/index.ts';
import { noPod } from './gateway-ports.ts';
import { selectorText } from './world.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

/** Hosts with their bind, of one gateway's last server on a port. */
type Hosts = Map<string, string>;
interface Shelf {
  readonly selector: string;
  readonly port: number;
  readonly gateways: Map<string, Hosts>;
}

function shelves(world: World): readonly Shelf[] {
  const all = new Map<string, Shelf>();
  for (const { resource, fullName } of world.of('Gateway')) {
    if (!isGateway(resource)) continue;
    const selector = selectorText(resource.spec.selector);
    for (const { port, hosts = [], bind = '' } of resource.spec.servers ?? []) {
      const number = port?.number ?? 0;
      const key = `${selector}~${number}`;
      const shelf = all.get(key) ?? { selector, port: number, gateways: new Map<string, Hosts>() };
      all.set(key, shelf);
      // Of several servers on one port Istio remembers the last one only.
      shelf.gateways.set(fullName, new Map(hosts.map((host) => [host, bind])));
    }
  }
  return [...all.values()];
}

/** A selector read back from its text, as Istio does it. */
function selectorOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.filter((pair) => pair.length === 2));
}

function isShared(world: World, selector: Readonly<Record<string, string>>, text: string, other: string): boolean {
  if (text === other) return true;
  if (!other.includes(text) && !text.includes(other)) return false;
  const more = selectorOf(other);
  return world.of('Pod').some(({ resource }) => selects(selector, resource.labels) && selects(more, resource.labels));
}

/** Whether a server claims a host that is known; where not, Istio adds its hosts to what it compared them with. */
function conflicts({ hosts = [], bind = '' }: Server, known: Hosts): boolean {
  if (hosts.some((host) => known.get(host) === bind)) return true;
  for (const host of hosts) known.set(host, bind);
  return false;
}

/** Gives the shelves of gateways that share pods with those of a selector; looked for once for each selector. */
function sharedShelves(
  world: World,
  all: readonly Shelf[],
): (selector: Readonly<Record<string, string>>) => readonly Shelf[] {
  const bySelector = new Map<string, readonly Shelf[]>();
  return (selector) => {
    const text = selectorText(selector);
    let shared = bySelector.get(text);
    if (shared === undefined) {
      const verdicts = new Map<string, boolean>();
      shared = all.filter((shelf) => {
        const known = verdicts.get(shelf.selector) ?? isShared(world, selector, text, shelf.selector);
        verdicts.set(shelf.selector, known);
        return known;
      });
      bySelector.set(text, shared);
    }
    return shared;
  };
}

function checkGateway(entry: Entry, sharedBy: ReturnType<typeof sharedShelves>, say: Say): void {
  if (!isGateway(entry.resource)) return;
  const { selector = {}, servers = [] } = entry.resource.spec;
  const text = selectorText(selector);
  const shared = sharedBy(selector);
  if (text !== '' && shared.length === 0) return say(noPod(entry, selector));
  for (const [index, server] of servers.entries()) {
    const port = server.port?.number ?? 0;
    const others: string[] = [];
    for (const shelf of shared) {
      if (shelf.port !== port) continue;
      for (const [name, known] of shelf.gateways)
        if (name !== entry.fullName && conflicts(server, known)) others.push(name);
    }
    others.sort();
    if (others.length === 0) continue;
    const hosts = (server.hosts ?? []).join(',');
    say({
      code: 'IST0145',
      entry,
      path: ['spec', 'servers', index, 'hosts'],
      message: `Port ${port} (${hosts}) is claimed by other Gateways of the same pods too (${text}): ${others.join(', ')}.`,
      remedy: 'Take the host away from all of them but one, or put the servers into one Gateway.',
    });
  }
}

/** Gateways that claim the same host on the same port. Source: gateway.ConflictingGatewayAnalyzer, with its oversights. */
export const gatewayConflicts: Analyzer = {
  name: 'gateway.ConflictingGatewayAnalyzer',
  reads: ['Gateway', 'Pod'],
  needs: [],
  analyze: (world, say) => {
    const sharedBy = sharedShelves(world, shelves(world));
    for (const entry of world.of('Gateway')) checkGateway(entry, sharedBy, say);
  },
};
