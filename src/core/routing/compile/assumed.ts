import { parseProtocol } from '../../istio/protocol.ts';
import type { Mesh, MeshPort, MeshService } from '../../mesh/types.ts';
import type { RegisteredService } from './kubernetes.ts';
import type { Endpoint, Service } from './model.ts';

/** Addresses that no cluster gives out, one for each assumed service and pod. */
function address(prefix: string, n: number): string {
  return `${prefix}.${Math.floor(n / 250)}.${(n % 250) + 1}`;
}

function assumed(service: MeshService, n: number, nextPod: () => string): RegisteredService {
  const inside = service.host.endsWith('.svc.cluster.local');
  const made: Service = {
    hostname: service.host,
    name: inside ? service.name : service.host,
    namespace: service.namespace,
    created: '',
    kubernetes: inside,
    external: service.external,
    resolution: inside ? 'static' : 'dns',
    address: inside ? address('10.97', n) : '0.0.0.0',
    ports: service.ports.map((p) => ({ number: p.number, name: p.name, protocol: parseProtocol(p.protocol) })),
    exportTo: ['*'],
    labels: {},
    selector: undefined,
    externalName: '',
    aliases: [],
    resource: undefined,
    assumed: true,
  };
  const pods = inside
    ? service.workloads.map((w) => ({ labels: w.labels, address: nextPod() }))
    : [{ labels: {}, address: service.host }];
  return { service: made, endpoints: pods.flatMap((pod) => endpointsAt(pod, service.ports)) };
}

function endpointsAt(pod: Pick<Endpoint, 'labels' | 'address'>, ports: readonly MeshPort[]): readonly Endpoint[] {
  return ports.map(({ name, number, targetPort }) => ({
    ...pod,
    port: typeof targetPort === 'number' ? targetPort : number,
    portName: name,
    weight: 1,
    locality: '',
    mutualTls: false,
  }));
}

/** What a mesh assumes. */
export interface Assumptions {
  readonly services: readonly RegisteredService[];
  /** Endpoints of declared services that no declared workload stands behind, by `namespace/host`. */
  readonly endpoints: ReadonlyMap<string, readonly Endpoint[]>;
}

export const NOTHING_ASSUMED: Assumptions = { services: [], endpoints: new Map() };

/** What the mesh assumes, as the registry would hold it: services that nothing declares, and pods of services that have none. */
export function assumptionsOf(mesh: Mesh): Assumptions {
  let pods = 0;
  const nextPod = (): string => address('10.245', ++pods);
  const all = [...mesh.services.values()];
  const services = all.filter((s) => s.origin === 'assumed').map((service, i) => assumed(service, i + 1, nextPod));
  const endpoints = new Map<string, readonly Endpoint[]>();
  for (const service of all) {
    if (service.origin !== 'service') continue;
    const missing = service.workloads.filter((w) => w.assumed);
    const made = missing.flatMap((w) => endpointsAt({ labels: w.labels, address: nextPod() }, service.ports));
    if (made.length > 0) endpoints.set(`${service.namespace}/${service.host}`, made);
  }
  return { services, endpoints };
}
