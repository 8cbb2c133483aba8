import { field } from './field.ts';
import type { MessageTable } from './types.ts';

/** ServiceEntry and WorkloadEntry (service_entry.proto, workload_entry.proto): what the registry knows beside Kubernetes. */
export const serviceEntryMessages: MessageTable = {
  ServiceEntry: {
    help: 'A service that Kubernetes does not know: outside the mesh, or on machines.',
    fields: {
      hosts: field('string[]', 'Its host names; a leading wildcard is allowed with some resolutions.', undefined, {
        required: true,
      }),
      addresses: field('string[]', 'Virtual addresses or CIDR blocks that stand for it.', 'none'),
      ports: field('ServicePort[]', 'The ports that it offers.'),
      location: field(
        'enum(MESH_EXTERNAL|MESH_INTERNAL)',
        'Whether it is a part of the mesh; decides on mutual TLS.',
        'MESH_EXTERNAL',
      ),
      resolution: field(
        'enum(NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS)',
        "Where addresses come from: the client's own choice, the endpoints, or DNS.",
        'NONE',
      ),
      endpoints: field('WorkloadEntry[]', 'Its workloads, by address.', 'the host itself with DNS'),
      workloadSelector: field(
        'WorkloadSelector',
        'Its workloads, by label: pods and WorkloadEntries of the same namespace.',
      ),
      exportTo: field('string[]', 'Namespaces that see it: * for all, . for its own.', '*'),
      subjectAltNames: field('string[]', "Names, one of which the server's certificate must carry."),
    },
  },
  ServicePort: {
    help: 'A port of the service.',
    fields: {
      number: field('uint32', 'The number that clients call.', undefined, { required: true }),
      protocol: field('string', 'HTTP, HTTPS, HTTP2, GRPC, MONGO, TCP or TLS.', 'found out from the traffic'),
      name: field('string', 'A name, unique in the ServiceEntry.', undefined, { required: true }),
      targetPort: field('uint32', 'The port of the endpoints.', 'the same number'),
    },
  },
  WorkloadEntry: {
    help: 'A workload that is no pod: a machine, or an address.',
    fields: {
      address: field('string', 'An IP address, a DNS name (resolution DNS only) or a unix socket.'),
      ports: field('map<uint32>', "Port numbers by the name of the service's port.", "the service's own"),
      labels: field('map<string>', 'Labels, for subsets and selectors.'),
      network: field('string', 'The network that the address belongs to.'),
      locality: field('string', 'Where it runs, as region/zone/sub-zone.'),
      weight: field('uint32', 'Its share relative to the other endpoints.', '1'),
      serviceAccount: field('string', 'The service account that it runs as.'),
    },
  },
  WorkloadSelector: {
    help: 'Workloads by label.',
    fields: { labels: field('map<string>', 'Labels that a workload must carry.') },
  },
};
