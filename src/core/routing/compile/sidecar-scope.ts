import { pickRule, rulesForService } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { hostIsWithin, hostsMatch, MESH_GATEWAY } from '../../istio/names.ts';
import { isWildcard, mostSpecific } from './hosts.ts';
import { changedPlaces, keepLast, keepList, keepMap, replaced } from '../../base/keep.ts';
import { append, servicesMaker, trimmed } from './imported-services.ts';
import type { ScopedListener } from './imported-services.ts';
import type { DestinationRule, EgressListener, Labels, Service, Sidecar, VirtualServiceHead } from './model.ts';
import type { Push } from './push.ts';
import { labelsFit } from './read.ts';
import { servicesExportedTo, standsFor } from './registry.ts';
import type { Directory } from './registry.ts';
import { byTurn, turnOf } from './virtual-services.ts';
import type { Turn } from './virtual-services.ts';

/** What a proxy sees of the mesh: what it can call, and by which listeners. */
export interface Reach {
  readonly namespace: string;
  readonly sidecar: Sidecar | undefined;
  readonly listeners: readonly ScopedListener[];
  /** All services that get clusters, by host. */
  readonly services: ReadonlyMap<string, Service>;
  readonly outboundMode: string;
}

/** What a proxy knows of the mesh (istiod: `SidecarScope`): what it sees, and the policies for it. */
export interface Scope extends Reach {
  readonly rules: DestinationRules;
  /** The DestinationRule for a service of this proxy. */
  readonly ruleFor: (hostname: string) => DestinationRule | undefined;
}

/** Hosts that an egress listener imports from one namespace (`*`: from all). */
interface Imports {
  readonly hosts: string[];
  readonly excluded: string[];
}

function importsOf(hosts: readonly string[], namespace: string): ReadonlyMap<string, Imports> {
  const out = new Map<string, Imports>();
  for (const text of hosts) {
    const parts = text.split('/');
    if (parts.length !== 2) continue;
    const [place = '', name = ''] = parts;
    const excluded = place.startsWith('~');
    const bare = excluded ? place.slice(1) || '*' : place;
    const ns = bare === '.' ? namespace : bare;
    const entry = out.get(ns) ?? { hosts: [], excluded: [] };
    out.set(ns, entry);
    (excluded ? entry.excluded : entry.hosts).push(name);
  }
  return out;
}

function imports(entry: Imports | undefined, host: string, fits: (host: string, by: string) => boolean): boolean {
  return (
    entry !== undefined && entry.hosts.some((by) => (isWildcard(host) || isWildcard(by) ? fits(host, by) : host === by))
  );
}

function excludes(entry: Imports | undefined, host: string): boolean {
  return entry !== undefined && entry.excluded.some((by) => hostIsWithin(host, by));
}

function selectServices(
  services: readonly Service[],
  listener: EgressListener,
  by: ReadonlyMap<string, Imports>,
  namespace: string,
): readonly Service[] {
  const all = by.get('*');
  const chosen: Service[] = [];
  const port = listener.port;
  const needsPort = port !== undefined && port.number !== 0 && port.protocol !== 'HTTP_PROXY';
  for (const service of services) {
    const own = by.get(service.namespace);
    if (excludes(own, service.hostname) || excludes(all, service.hostname)) continue;
    const fits = imports(own, service.hostname, hostIsWithin) || imports(all, service.hostname, hostIsWithin);
    const kept = !fits ? undefined : needsPort ? trimmed(service, (p) => p.number === port.number) : service;
    if (kept !== undefined) chosen.push(kept);
  }
  const winner = new Map<string, { readonly namespace: string; readonly kubernetes: boolean }>();
  for (const service of chosen) {
    const seen = winner.get(service.hostname);
    const better =
      seen === undefined ||
      service.namespace === namespace ||
      (!seen.kubernetes && service.kubernetes && seen.namespace !== namespace);
    if (better) winner.set(service.hostname, service);
  }
  return chosen.filter((service) => winner.get(service.hostname)?.namespace === service.namespace);
}

/** Selects services, edit after edit: one that stands for another is selected as that was, as long as its ports do not count. */
function servicesSelector(namespace: string): typeof selectServices {
  let last: { readonly given: readonly Service[]; readonly listener: EgressListener } | undefined;
  let chosen: readonly Service[] = [];
  const patched = (given: readonly Service[], listener: EgressListener): readonly Service[] | undefined => {
    if (last?.listener !== listener || listener.port !== undefined) return undefined;
    let out = chosen;
    const places = changedPlaces(last.given, given);
    for (const place of places ?? []) {
      const old = last.given[place];
      const now = given[place];
      if (old === undefined || now === undefined || !standsFor(old, now)) return undefined;
      out = replaced(out, old, now);
    }
    return places && out;
  };
  return (given, listener, by) => {
    chosen = patched(given, listener) ?? selectServices(given, listener, by, namespace);
    last = { given, listener };
    return chosen;
  };
}

function isSelected(vs: VirtualServiceHead, by: ReadonlyMap<string, Imports> | undefined): boolean {
  const all = by?.get('*');
  const own = by?.get(vs.namespace);
  return vs.hosts.some(
    (host) =>
      (imports(own, host, hostsMatch) || imports(all, host, hostsMatch)) &&
      !excludes(own, host) &&
      !excludes(all, host),
  );
}

/** Selects VirtualServices, edit after edit. */
function virtualServicesSelector(
  namespace: string,
): (heads: readonly VirtualServiceHead[], by: ReadonlyMap<string, Imports>) => readonly VirtualServiceHead[] {
  const keep = keepList<VirtualServiceHead>();
  const turns = keepMap((head: VirtualServiceHead, by: ReadonlyMap<string, Imports> | undefined): Turn => {
    const turn = head.gateways.includes(MESH_GATEWAY) ? turnOf(head, namespace) : undefined;
    return turn !== undefined && isSelected(head, by) ? turn : undefined;
  });
  return keepLast((heads, by) => keep(byTurn(heads, turns(heads, by))));
}

function assign(
  virtualServices: readonly VirtualServiceHead[],
  hosts: readonly string[],
): ReadonlyMap<string, VirtualServiceHead> {
  const exact = new Map<string, VirtualServiceHead>();
  const wild = new Map<string, VirtualServiceHead>();
  for (const vs of virtualServices) {
    for (const host of vs.hosts) {
      const map = isWildcard(host) ? wild : exact;
      if (!map.has(host)) map.set(host, vs);
    }
  }
  const out = new Map<string, VirtualServiceHead>();
  for (const host of hosts) {
    const vs = mostSpecific(host, exact, wild);
    if (vs !== undefined) out.set(host, vs);
  }
  return out;
}

type ListenerMaker = (
  directory: Directory,
  heads: readonly VirtualServiceHead[],
  listener: EgressListener,
) => ScopedListener;

/** Makes what an egress listener imports, edit after edit. */
function listenerMaker(namespace: string): ListenerMaker {
  const importsBy = keepLast((listener: EgressListener) => importsOf(listener.hosts, namespace));
  const virtualServicesBy = virtualServicesSelector(namespace);
  const select = servicesSelector(namespace);
  const hostsOf = keepMap((service: Service) => service.hostname);
  // Few meshes have a wildcard that asks for owners.
  const ownerOf = keepLast((virtualServices: readonly VirtualServiceHead[], hosts: readonly string[]) => {
    let owners: ReadonlyMap<string, VirtualServiceHead> | undefined;
    return (host: string) => (owners ??= assign(virtualServices, hosts)).get(host);
  });
  return keepLast((directory, heads, listener) => {
    const by = importsBy(listener);
    const virtualServices = virtualServicesBy(heads, by);
    const services = select(servicesExportedTo(directory, namespace), listener, by, namespace);
    return { listener, services, virtualServices, ownerOf: ownerOf(virtualServices, hostsOf(services)) };
  });
}

/** The rule that was found for a host that is a service of a namespace. */
interface Found {
  readonly of: string;
  readonly rule: DestinationRule | undefined;
}

function ruleFinder(
  rules: DestinationRules,
  { services, namespace }: Reach,
  labels: Labels,
  found: Map<string, Found>,
): Scope['ruleFor'] {
  return (hostname) => {
    const service = services.get(hostname);
    if (service === undefined) return undefined;
    const known = found.get(hostname);
    if (known?.of === service.namespace) return known.rule;
    const rule = pickRule(rulesForService(rules, namespace, service), namespace, labels);
    found.set(hostname, { of: service.namespace, rule });
    return rule;
  };
}

/** What a gateway's pod sees: all services exported to its namespace. Sidecar resources never apply. */
export function gatewayReach(directory: Directory, namespace: string): Reach {
  const services = new Map<string, Service>();
  for (const service of servicesExportedTo(directory, namespace)) append(services, service);
  return { namespace, sidecar: undefined, listeners: [], services, outboundMode: 'ALLOW_ANY' };
}

function sidecarFor(sidecars: readonly Sidecar[], namespace: string, labels: Labels): Sidecar | undefined {
  const own = sidecars.filter((s) => s.namespace === namespace);
  const selected =
    own.find((s) => s.selector !== undefined && labelsFit(s.selector, labels)) ??
    own.find((s) => s.selector === undefined);
  return selected ?? sidecars.find((s) => s.namespace === 'istio-system' && s.selector === undefined);
}

const EVERYTHING: readonly EgressListener[] = [{ port: undefined, bind: '', hosts: ['*/*'] }];

/** Makes what a client's sidecar sees, edit after edit (istiod: `convertToSidecarScope`). */
export function sidecarReachMaker(namespace: string, labels: Labels): (push: Push) => Reach {
  const makers: ListenerMaker[] = [];
  const scoped = keepLast(
    (directory: Directory, heads: readonly VirtualServiceHead[], egress: readonly EgressListener[]) =>
      egress.map((listener, i) => (makers[i] ??= listenerMaker(namespace))(directory, heads, listener)),
  );
  const services = servicesMaker(namespace);
  const reach = keepLast(
    (
      sidecar: Sidecar | undefined,
      listeners: readonly ScopedListener[],
      called: Reach['services'],
      outboundMode: string,
    ): Reach => ({ namespace, sidecar, listeners, services: called, outboundMode }),
  );
  return keepLast(({ registry: { directory }, virtualServices, sidecars, outboundMode }) => {
    const sidecar = sidecarFor(sidecars, namespace, labels);
    const listeners = scoped(directory, virtualServices.heads, sidecar?.egress.length ? sidecar.egress : EVERYTHING);
    return reach(
      sidecar,
      listeners,
      services(directory, virtualServices, listeners),
      sidecar?.outboundMode ?? outboundMode,
    );
  });
}

/** What was found by rules, from what was found by those before: only what was the old one of a pair is the new one now. */
function stillFound(found: ReadonlyMap<string, Found>, { patch }: DestinationRules): Map<string, Found> {
  const out = new Map(found);
  for (const [old, now] of patch?.swaps ?? []) {
    const hosts = isWildcard(old.host) ? [...out.keys()] : [old.host];
    for (const host of hosts) {
      const known = out.get(host);
      if (known?.rule === old) out.set(host, { of: known.of, rule: now });
    }
  }
  return out;
}

/** Remembers what was found by rules, edit after edit. */
function foundMaker(): (rules: DestinationRules) => Map<string, Found> {
  let last: { readonly id: object; readonly found: Map<string, Found> } | undefined;
  return (rules) => {
    if (last?.id === rules.id) return last.found;
    const known = last !== undefined && rules.patch?.of === last.id;
    last = { id: rules.id, found: known && last !== undefined ? stillFound(last.found, rules) : new Map() };
    return last.found;
  };
}

/** Adds to a reach the DestinationRules that a proxy of one namespace with the labels finds, edit after edit. */
export function scopeMaker(labels: Labels): (reach: Reach, rules: DestinationRules) => Scope {
  const foundIn = foundMaker();
  return keepLast((reach, rules) => ({ ...reach, rules, ruleFor: ruleFinder(rules, reach, labels, foundIn(rules)) }));
}
