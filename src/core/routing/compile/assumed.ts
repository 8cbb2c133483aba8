import { parseProtocol } from '../../istio/protocol.ts';
import type { Mesh, MeshService } from '../../mesh/types.ts';
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
  const endpoints: Endpoint[] = pods.flatMap((pod) =>
    made.ports.map((port) => ({
      address: pod.address,
      port: port.number,
      portName: port.name,
      labels: pod.labels,
      weight: 1,
      locality: '',
      mutualTls: false,
    })),
  );
  return { service: made, endpoints };
}

/** The services that the mesh assumes, as the registry would hold them: one endpoint for each of their workloads. */
export function assumedServices(mesh: Mesh): readonly RegisteredService[] {
  let pods = 0;
  const nextPod = (): string => address('10.245', ++pods);
  return [...mesh.services.values()]
    .filter((s) => s.origin === 'assumed')
    .map((service, i) => assumed(service, i + 1, nextPod));
}
