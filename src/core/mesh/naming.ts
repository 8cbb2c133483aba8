import { isDestinationRule } from '../istio/index.ts';
import type { AnyResource, Resource } from '../istio/index.ts';
import { mentionsOf } from './mentions.ts';

/** What routes and DestinationRules say of a host, gathered over all resources; whatever their order. */
export interface Named {
  /** By number; the protocol is that of the rules which name the port, HTTP before TLS before TCP. */
  readonly ports: readonly (readonly [port: number, protocol: string])[];
  /** By the alphabet. */
  readonly subsets: readonly string[];
  /** Somebody sends there, or has a policy for it: it is assumed when nothing declares it. */
  readonly assumes: boolean;
  readonly protocol: string;
}

const RANK = ['HTTP', 'TLS', 'TCP'];
const better = (a: string | undefined, b: string): string =>
  a === undefined || RANK.indexOf(b) < RANK.indexOf(a) ? b : a;

function portsOfPolicy(resource: Resource): readonly number[] {
  const any: AnyResource = resource;
  if (!isDestinationRule(any)) return [];
  const { trafficPolicy, subsets = [] } = any.spec;
  return [trafficPolicy, ...subsets.map((subset) => subset.trafficPolicy)].flatMap((policy) =>
    (policy?.portLevelSettings ?? []).flatMap(({ port }) => (port?.number === undefined ? [] : [port.number])),
  );
}

function gather(host: string, resources: readonly Resource[]): Named {
  const ports = new Map<number, string>();
  const subsets = new Set<string>();
  const policyPorts = new Set<number>();
  let assumes = false;
  let protocol: string | undefined;
  for (const resource of resources) {
    for (const mention of mentionsOf(resource)) {
      if (mention.name !== host) continue;
      if (mention.assumes === true) assumes = true;
      if (mention.protocol !== undefined) protocol = better(protocol, mention.protocol);
      if (mention.subset !== undefined) subsets.add(mention.subset);
      if (mention.port !== undefined)
        ports.set(mention.port, better(ports.get(mention.port), mention.protocol ?? 'HTTP'));
      if (mention.kind === 'host') for (const number of portsOfPolicy(resource)) policyPorts.add(number);
    }
  }
  const common = protocol ?? 'HTTP';
  for (const number of policyPorts) if (!ports.has(number)) ports.set(number, common);
  return { ports: [...ports].sort(([a], [b]) => a - b), subsets: [...subsets].sort(), assumes, protocol: common };
}

const known = new WeakMap<readonly Resource[], Map<string, Named>>();

/** What the resources that name a host say of it. The same list gives the same object. */
export function namedBy(host: string, resources: readonly Resource[]): Named {
  let hosts = known.get(resources);
  if (hosts === undefined) {
    hosts = new Map();
    known.set(resources, hosts);
  }
  let named = hosts.get(host);
  if (named === undefined) {
    named = gather(host, resources);
    hosts.set(host, named);
  }
  return named;
}
