import { isDestinationRule } from '../istio/index.ts';
import type { AnyResource, Resource } from '../istio/index.ts';
import { mentionsOf } from './mentions.ts';

/** What routes and DestinationRules say of a host beside its name, gathered over all resources. */
export interface Named {
  /** Ports by number, with the protocol of the rule that names them first. */
  readonly ports: Map<number, string>;
  readonly subsets: Set<string>;
  /** Somebody sends there, or has a policy for it: it is assumed when nothing declares it. */
  assumes: boolean;
  /** The protocol of the first rule that names it. */
  protocol: string | undefined;
}

function portsOfPolicy(resource: Resource): readonly number[] {
  const any: AnyResource = resource;
  if (!isDestinationRule(any)) return [];
  const { trafficPolicy, subsets = [] } = any.spec;
  return [trafficPolicy, ...subsets.map((subset) => subset.trafficPolicy)].flatMap((policy) =>
    (policy?.portLevelSettings ?? []).flatMap(({ port }) => (port?.number === undefined ? [] : [port.number])),
  );
}

/** Hosts in the order in which they are first named. */
export function namedHosts(resources: readonly Resource[]): ReadonlyMap<string, Named> {
  const hosts = new Map<string, Named>();
  for (const resource of resources) {
    for (const { kind, name, subset, port, protocol, assumes } of mentionsOf(resource)) {
      if (protocol === undefined && assumes !== true) continue;
      let named = hosts.get(name);
      if (named === undefined) {
        named = { ports: new Map(), subsets: new Set(), assumes: false, protocol: undefined };
        hosts.set(name, named);
      }
      if (assumes === true) named.assumes = true;
      named.protocol ??= protocol;
      if (subset !== undefined) named.subsets.add(subset);
      if (port !== undefined && !named.ports.has(port)) named.ports.set(port, protocol ?? 'HTTP');
      if (kind !== 'host') continue;
      for (const number of portsOfPolicy(resource)) {
        if (!named.ports.has(number)) named.ports.set(number, 'HTTP');
      }
    }
  }
  return hosts;
}
