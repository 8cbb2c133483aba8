import { put, sameItems } from '../../base/lists.ts';
import { hostsMatch } from '../../istio/names.ts';
import { changesBetween, keepLast, keepList, keepMap, keepPer, placesBefore } from '../../base/keep.ts';
import { isWildcard } from './hosts.ts';
import type { ScopedListener } from './imported-services.ts';
import type { Port, Service, VirtualServiceHead } from './model.ts';
import { isHttpOrAuto } from './protocols.ts';
import type { Place } from './virtual-hosts.ts';

/** A service as the routes of one of its ports see it. What else it says leaves it the same object. */
export interface PortService extends Pick<
  Service,
  'kubernetes' | 'resolution' | 'address' | 'externalName' | 'aliases' | 'resource'
> {
  /** Lower case. */
  readonly hostname: string;
  readonly port: Port;
  /** The port alone. */
  readonly ports: readonly Port[];
}

/** The services of a port, by host. */
export type PortServices = ReadonlyMap<string, PortService>;

/** A VirtualService on a port, with its hosts in lower case: some of the registry, some that only it names. */
export interface Group extends Place {
  readonly hosts: readonly string[];
  readonly services: readonly PortService[];
}

const atPort = keepPer((service: Service, port: Port): PortService => {
  const { kubernetes, resolution, address, externalName, aliases, resource } = service;
  const hostname = service.hostname.toLowerCase();
  return { hostname, kubernetes, resolution, address, externalName, aliases, resource, port, ports: [port] };
});

function isSame(a: PortService, b: PortService): boolean {
  return (
    a.hostname === b.hostname &&
    a.kubernetes === b.kubernetes &&
    a.resolution === b.resolution &&
    a.address === b.address &&
    a.externalName === b.externalName &&
    a.resource === b.resource &&
    a.port.number === b.port.number &&
    a.port.name === b.port.name &&
    a.port.protocol === b.port.protocol &&
    sameItems(a.aliases, b.aliases)
  );
}

/** Services by host; of several addresses of one entry the first. */
function byHostname(services: readonly PortService[]): PortServices {
  const out = new Map<string, PortService>();
  for (const service of services) {
    const before = out.get(service.hostname);
    if (before === undefined || before.resource !== service.resource) out.set(service.hostname, service);
  }
  return out;
}

/** Makes the services that have the port, cut down to it, edit after edit. */
export function onPortMaker(port: number): (services: readonly Service[]) => PortServices {
  const cut = keepMap<Service, PortService | undefined>((service, _context, before) => {
    const at = service.ports.find((p) => p.number === port);
    const now = at && atPort(service, at);
    return before !== undefined && now !== undefined && isSame(before, now) ? before : now;
  });
  const keepHaving = keepList<PortService>();
  const having = keepLast((all: readonly (PortService | undefined)[]) =>
    keepHaving(all.filter((one) => one !== undefined)),
  );
  const table = keepLast(byHostname);
  return (services) => table(having(cut(services)));
}

/** A VirtualService's hosts in lower case, those without a wildcard first, and whether one has one. */
const hostsOf = keepPer((head: VirtualServiceHead) => {
  const lower = head.hosts.map((host) => host.toLowerCase());
  const wild = lower.filter(isWildcard);
  return { plain: lower.filter((host) => !isWildcard(host)), wild };
});

/** What groups are made of, beside the VirtualService. */
interface Bound {
  readonly services: PortServices;
  /** Hosts of services that have a wildcard. */
  readonly wild: readonly string[];
  readonly ownerOf: ScopedListener['ownerOf'];
}

/** True for a VirtualService with a host that some service has. */
function isNamed(head: VirtualServiceHead, { services, wild }: Bound): boolean {
  const { plain, wild: patterns } = hostsOf(head);
  return (
    plain.some((host) => services.has(host) || wild.some((name) => hostsMatch(host, name))) ||
    patterns.some((host) => services.has(host) || [...services.keys()].some((name) => hostsMatch(host, name)))
  );
}

/** A VirtualService's hosts that are services (wildcards: those assigned to it) and those that are not (istiod: `separateVSHostsAndServices`). */
function separate(vs: VirtualServiceHead, { services, ownerOf }: Bound): Pick<Group, 'hosts' | 'services'> {
  const { plain, wild } = hostsOf(vs);
  const hosts: string[] = [];
  const found: PortService[] = [];
  for (const host of plain) {
    const service = services.get(host);
    if (service === undefined) hosts.push(host);
    else found.push(service);
  }
  for (const host of wild) {
    const matching = [...services.values()].filter((service) => hostsMatch(service.hostname, host));
    for (const service of matching) {
      const owner = ownerOf(service.hostname);
      if (owner !== undefined && owner.name === vs.name && owner.namespace === vs.namespace) found.push(service);
    }
    if (matching.length === 0) hosts.push(host);
  }
  return { hosts, services: found };
}

/** The group of a VirtualService; on port 80 each has one, elsewhere those with a service that speaks HTTP. */
function groupOf(head: VirtualServiceHead, bound: Bound, port: number): Group | undefined {
  if (port !== 80 && !isNamed(head, bound)) return undefined;
  const { hosts, services } = separate(head, bound);
  const served = services.filter((service) => isHttpOrAuto(service.port.protocol));
  if (served.length === 0 && port !== 80) return undefined;
  return { head, port, gateway: 'mesh', hosts, services: served };
}

const isSameGroup = (a: Group, b: Group): boolean =>
  a.head === b.head && sameItems(a.hosts, b.hosts) && sameItems(a.services, b.services);

type GroupsMaker = (
  services: PortServices,
  listener: Pick<ScopedListener, 'virtualServices' | 'ownerOf'>,
) => readonly Group[];

const hasWild = (head: VirtualServiceHead): boolean => hostsOf(head).wild.length > 0;

/** Places of VirtualServices by their hosts without a wildcard. */
function placesByHost(heads: readonly VirtualServiceHead[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, head] of heads.entries()) for (const host of hostsOf(head).plain) put(places, host, place);
  return places;
}

const NOWHERE: ReadonlySet<number> = new Set();

/** Makes the groups of a port, edit after edit: only VirtualServices that name what changed are looked at again. */
export function groupsMaker(port: number): GroupsMaker {
  let heads: readonly VirtualServiceHead[] = [];
  let groups: readonly (Group | undefined)[] = [];
  /** For each head whether it has a host with a wildcard. */
  let wilds: readonly boolean[] = [];
  let last: readonly Group[] = [];
  let bound: Bound | undefined;
  let all: readonly PortService[] = [];
  const keep = keepList<Group>();
  const placesOf = keepLast(placesByHost);
  const boundOf = keepLast((services: PortServices, ownerOf: Bound['ownerOf']): Bound => {
    return { services, ownerOf, wild: [...services.keys()].filter(isWildcard) };
  });
  /** Hosts of services that came, went or changed; `undefined` where one may be in more names than its own. */
  const changedHosts = (now: Bound): ReadonlySet<string> | undefined => {
    if (bound?.services === now.services) return new Set();
    const before = all;
    all = [...now.services.values()];
    const { went, came } = changesBetween(before, all);
    const hosts = new Set([...went, ...came].map(({ hostname }) => hostname));
    return bound === undefined || [...hosts].some(isWildcard) ? undefined : hosts;
  };
  /** Places of VirtualServices that name a service that changed; `undefined` for all. */
  const touched = (list: readonly VirtualServiceHead[], now: Bound): ReadonlySet<number> | undefined => {
    const hosts = changedHosts(now);
    if (hosts === undefined || hosts.size === 0) return hosts && NOWHERE;
    const places = placesOf(list);
    return new Set([...hosts].flatMap((host) => places.get(host) ?? []));
  };
  return (services, { virtualServices, ownerOf }) => {
    const now = boundOf(services, ownerOf);
    if (bound === now && heads === virtualServices) return last;
    const rebound = bound !== now;
    const again = rebound ? touched(virtualServices, now) : NOWHERE;
    const before = placesBefore(heads, virtualServices);
    const next: (Group | undefined)[] = [];
    const nextWilds: boolean[] = [];
    const some: Group[] = [];
    for (const [i, head] of virtualServices.entries()) {
      const place = before[i] ?? -1;
      const wild = wilds[place] ?? hasWild(head);
      let group = groups[place];
      // Which services a wildcard takes hangs on all other VirtualServices.
      if (place < 0 || (rebound && wild) || again === undefined || again.has(i)) {
        const made = groupOf(head, now, port);
        if (group === undefined || made === undefined || !isSameGroup(group, made)) group = made;
      }
      next.push(group);
      nextWilds.push(wild);
      if (group !== undefined) some.push(group);
    }
    heads = virtualServices;
    groups = next;
    wilds = nextWilds;
    bound = now;
    return (last = keep(some));
  };
}
