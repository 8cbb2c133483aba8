import type { ResourceId } from '../../base/ids.ts';
import { parseProtocol } from '../../istio/protocol.ts';
import type { Mesh, MeshPort, MeshService } from '../../mesh/types.ts';
import { PatchedMap } from '../../base/patched-map.ts';
import { changedPlaces, keepLast, keepMap } from '../../base/keep.ts';
import { NO_ADDRESS } from './kubernetes.ts';
import type { RegisteredService } from './kubernetes.ts';
import type { Endpoint, Service } from './model.ts';
import { localityOfLabels, splitLocality, withTopology } from './topology.ts';

/** A number of 22 bits from a name: what it is called decides alone, so that a host that comes or goes leaves the others theirs. */
function numberOf(host: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < host.length; i += 1) hash = Math.imul(hash ^ host.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 22)) & 0x3fffff;
}

/** The n-th address of a host in a range of 2^22 of which no cluster gives any. */
function address(first: 240 | 10, host: string, n = 0): string {
  const at = (numberOf(host) + n) & 0x3fffff;
  return `${first}.${128 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`;
}

/** A service that nothing declares, with a pod for each of its workloads. */
function assumed(service: MeshService): RegisteredService {
  const inside = service.host.endsWith('.svc.cluster.local');
  const made: Service = {
    hostname: service.host,
    name: inside ? service.name : service.host,
    namespace: service.namespace,
    created: '',
    kubernetes: inside,
    external: service.external,
    resolution: inside ? 'static' : 'dns',
    address: inside ? address(240, service.host) : NO_ADDRESS,
    ports: service.ports.map((p) => ({ number: p.number, name: p.name, protocol: parseProtocol(p.protocol) })),
    exportTo: ['*'],
    trafficDistribution: '',
    labels: {},
    selector: undefined,
    externalName: '',
    aliases: [],
    resource: undefined,
    assumed: true,
  };
  const reached = inside
    ? service.workloads.map((w, i) => ({ labels: w.labels, address: address(10, service.host, i) }))
    : [{ labels: {}, address: service.host }];
  return { service: made, endpoints: reached.flatMap((pod) => endpointsAt(pod, service.ports, inside)) };
}

function endpointsAt(
  pod: Pick<Endpoint, 'labels' | 'address'>,
  ports: readonly MeshPort[],
  inside = true,
): readonly Endpoint[] {
  const locality = localityOfLabels(pod.labels);
  const labels = inside ? withTopology(pod.labels, splitLocality(locality)) : pod.labels;
  return ports.map(({ name, number, targetPort }) => ({
    address: pod.address,
    labels,
    port: typeof targetPort === 'number' ? targetPort : number,
    portName: name,
    weight: 1,
    locality,
    mutualTls: false,
  }));
}

/** What a mesh assumes. */
export interface Assumptions {
  readonly services: readonly RegisteredService[];
  /** Endpoints of declared services that no declared workload stands behind. */
  readonly endpoints: PatchedMap<ResourceId, readonly Endpoint[]>;
}

export const NOTHING_ASSUMED: Assumptions = { services: [], endpoints: new PatchedMap(new Map()) };

/** Endpoints for a service that is declared and has no workload. */
function assumedEndpoints(service: MeshService): readonly Endpoint[] {
  return service.workloads
    .filter((w) => w.assumed)
    .flatMap((w, i) => endpointsAt({ labels: w.labels, address: address(10, service.host, i) }, service.ports));
}

/** What is assumed of one service, and all that it is made of as a text. */
interface Assumption {
  readonly text: string;
  readonly service?: RegisteredService | undefined;
  readonly endpoints?: readonly [ResourceId, readonly Endpoint[]] | undefined;
}

function assumptionOf(service: MeshService, _context: undefined, before: Assumption | undefined): Assumption {
  const { host, name, namespace, origin, external, resource, ports, workloads } = service;
  const known = workloads.map((w) => [w.labels, w.assumed]);
  const text = JSON.stringify([host, name, namespace, origin, external, resource, ports, known]);
  if (before?.text === text) return before;
  if (origin === 'assumed') return { text, service: assumed(service) };
  const made = origin === 'service' ? assumedEndpoints(service) : [];
  return { text, ...(made.length > 0 && resource !== undefined && { endpoints: [resource, made] }) };
}

function allTogether(all: readonly Assumption[]): Assumptions {
  return {
    services: all.flatMap(({ service }) => service ?? []),
    endpoints: new PatchedMap(new Map(all.flatMap(({ endpoints }) => (endpoints === undefined ? [] : [endpoints])))),
  };
}

/** Puts assumptions together, edit after edit: where only endpoints of the same services changed, these take the places of the others. */
function togetherMaker(): (all: readonly Assumption[]) => Assumptions {
  let before: readonly Assumption[] = [];
  let last: Assumptions = NOTHING_ASSUMED;
  const patched = (all: readonly Assumption[]): Assumptions | undefined => {
    const endpoints = new Map<ResourceId, readonly Endpoint[]>();
    for (const place of changedPlaces(before, all) ?? [-1]) {
      const old = before[place];
      const now = all[place];
      if (old === undefined || now === undefined || old.service !== undefined || now.service !== undefined)
        return undefined;
      if (old.endpoints?.[0] !== now.endpoints?.[0]) return undefined;
      if (now.endpoints !== undefined) endpoints.set(...now.endpoints);
    }
    return { services: last.services, endpoints: last.endpoints.with(endpoints) };
  };
  return keepLast((all) => {
    last = patched(all) ?? allTogether(all);
    before = all;
    return last;
  });
}

/**
 * Makes what a mesh assumes as the registry would hold it, edit after edit: services that nothing declares, and pods of services that
 * have none.
 */
export function assumptionsMaker(): (all: Mesh['services']) => Assumptions {
  const assumptionsOf = keepMap(assumptionOf);
  const together = togetherMaker();
  return keepLast((services) => together(assumptionsOf([...services.values()])));
}
