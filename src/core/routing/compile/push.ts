import { sameItems } from '../../base/lists.ts';
import type { Resource } from '../../istio/types.ts';
import type { Proxy, Request } from '../types.ts';
import type { Assumptions } from './assumed.ts';
import { destinationRulesMaker } from './destination-rules.ts';
import type { DestinationRules } from './destination-rules.ts';
import { dialMaker } from './dial.ts';
import { buildGateways } from './gateway.ts';
import { changedPlaces, keepLast, keepList, keepMap, keepPer, replaced } from '../../base/keep.ts';
import type { Gateway, Sidecar, VirtualServices } from './model.ts';
import { buildMutualTls } from './peer-authentication.ts';
import type { MutualTls } from './peer-authentication.ts';
import { POD_KINDS, registryMaker } from './registry.ts';
import type { Registry } from './registry.ts';
import { buildSidecars } from './sidecar.ts';
import { virtualServicesMaker } from './virtual-services.ts';

/** All that istiod derives from the resources before it looks at a proxy (istiod: `PushContext`). */
export interface Push {
  readonly registry: Registry;
  readonly virtualServices: VirtualServices;
  readonly destinationRules: DestinationRules;
  readonly gateways: readonly Gateway[];
  readonly sidecars: readonly Sidecar[];
  readonly mutualTls: MutualTls;
  readonly outboundMode: string;
  /** The address that a client dials for a request. */
  readonly addressFor: (proxy: Proxy, request: Request) => string;
}

/** Kinds that make up the registry: where two services compete, their order among each other counts. */
const REGISTRY: readonly string[] = ['Service', 'ServiceEntry', ...POD_KINDS];

const keyOf = keepPer((r: Resource) => `${r.group}/${r.kind}/${r.namespace}/${r.name}`);

/** Of objects of one kind, namespace and name the last one counts, whatever API version it was written in. */
function latestMaker(): (resources: readonly Resource[]) => readonly Resource[] {
  const keysOf = keepMap((resource: Resource) => keyOf(resource));
  const lastPlaces = keepLast((keys: readonly string[]) => new Map(keys.map((key, place) => [key, place])));
  return (resources) => {
    const keys = keysOf(resources);
    const last = lastPlaces(keys);
    return last.size === keys.length
      ? resources
      : resources.filter((_, place) => last.get(keys[place] ?? '') === place);
  };
}

/** A part of a push that is made anew only where a resource of its kinds came, went or changed. */
function part<T>(make: (resources: readonly Resource[]) => T): (resources: readonly Resource[] | undefined) => T {
  const keep = keepList<Resource>();
  const latest = latestMaker();
  const made = keepLast((resources: readonly Resource[]) => make(latest(resources)));
  return (resources = []) => made(keep(resources));
}

/** The resources of a mesh, and the same by kind. */
export interface Given {
  readonly resources: readonly Resource[];
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
}

export type PushMaker = (given: Given, outboundMode: string, assumed: Assumptions) => Push;

/** Picks the resources of the registry's kinds; where none of these kinds' lists changed they are the ones of before. */
function registryKinds(): (resources: readonly Resource[], byKind: Given['byKind']) => readonly Resource[] {
  let lists: readonly unknown[] | undefined;
  let before: readonly Resource[] = [];
  let last: readonly Resource[] = [];
  const patched = (resources: readonly Resource[]): readonly Resource[] | undefined => {
    let out = last;
    const places = changedPlaces(before, resources);
    for (const place of places ?? []) {
      const old = before[place];
      const one = resources[place];
      if (old === undefined || one === undefined || old.kind !== one.kind) return undefined;
      out = replaced(out, old, one);
    }
    return places && out;
  };
  return (resources, byKind) => {
    const now = REGISTRY.map((kind) => byKind.get(kind));
    if (lists === undefined || !sameItems(lists, now))
      last = patched(resources) ?? resources.filter(({ kind }) => REGISTRY.includes(kind));
    before = resources;
    lists = now;
    return last;
  };
}

/** Derives everything that is common to all proxies, edit after edit: parts that no edit touched stay the same objects. */
export function pushMaker(): PushMaker {
  const registered = part((resources) => resources);
  const inOrder = registryKinds();
  const registry = registryMaker();
  const addressFor = dialMaker();
  const virtualServices = part(virtualServicesMaker());
  const destinationRules = part(destinationRulesMaker());
  const gateways = part(buildGateways);
  const sidecars = part(buildSidecars);
  const mutualTls = part(buildMutualTls);
  let last: Push | undefined;
  return ({ resources: all, byKind }, outboundMode, assumed) => {
    const resources = registered(inOrder(all, byKind));
    const services = registry(resources, assumed);
    const push: Push = {
      registry: services,
      virtualServices: virtualServices(byKind.get('VirtualService')),
      destinationRules: destinationRules(byKind.get('DestinationRule')),
      gateways: gateways(byKind.get('Gateway')),
      sidecars: sidecars(byKind.get('Sidecar')),
      mutualTls: mutualTls(byKind.get('PeerAuthentication')),
      outboundMode,
      addressFor: addressFor(services, resources),
    };
    if (last === undefined || !sameItems(Object.values(last), Object.values(push))) last = push;
    return last;
  };
}
