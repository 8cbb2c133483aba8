import { field } from './field.ts';
import type { MessageTable } from './types.ts';

const CAPTURE = 'enum(DEFAULT|IPTABLES|NONE)';

/** Sidecar (sidecar.proto): what the proxies of a namespace take in and can reach. */
export const sidecarMessages: MessageTable = {
  Sidecar: {
    help: 'What the sidecars of some workloads take in, and which hosts they know.',
    fields: {
      workloadSelector: field('WorkloadSelector', 'The workloads that it is for.', 'all of the namespace'),
      ingress: field('IstioIngressListener[]', 'Ports that take requests in.', "the ports of the workload's services"),
      egress: field('IstioEgressListener[]', 'Hosts that can be reached.', 'all services'),
      inboundConnectionPool: field('ConnectionPoolSettings', 'Limits on what comes in.'),
      outboundTrafficPolicy: field(
        'OutboundTrafficPolicy',
        'What becomes of requests to unknown hosts.',
        "the mesh's setting",
      ),
    },
  },
  IstioIngressListener: {
    help: 'A port that takes requests in.',
    fields: {
      port: field('SidecarPort', 'The port.', undefined, { required: true }),
      bind: field('string', 'The address to listen on.', "the pod's own"),
      captureMode: field(CAPTURE, 'How traffic is caught.', 'DEFAULT'),
      defaultEndpoint: field(
        'string',
        'Where the workload itself listens: 127.0.0.1:PORT, 0.0.0.0:PORT or a unix socket.',
        'the same port',
      ),
      tls: field('ServerTLSSettings', 'TLS ended by the sidecar.'),
      connectionPool: field('ConnectionPoolSettings', 'Limits on this port.'),
    },
  },
  IstioEgressListener: {
    help: 'Hosts that can be reached, on one port or on all.',
    fields: {
      port: field('SidecarPort', 'Only this port.', 'all ports'),
      bind: field('string', 'The address or unix socket to listen on.'),
      captureMode: field(CAPTURE, 'How traffic is caught.', 'DEFAULT'),
      hosts: field('string[]', 'namespace/host; . is the own namespace, * any, ~ none.', undefined, { required: true }),
    },
  },
  SidecarPort: {
    help: 'A port with its protocol.',
    fields: {
      number: field('uint32', 'The number.'),
      protocol: field('string', 'HTTP, HTTPS, HTTP2, GRPC, MONGO, TCP or TLS.'),
      name: field('string', 'A name for the port.'),
      targetPort: field('uint32', 'Not used.', undefined, { deprecated: true }),
    },
  },
  OutboundTrafficPolicy: {
    help: 'Requests to hosts that the registry does not know.',
    fields: {
      mode: field('enum(REGISTRY_ONLY|ALLOW_ANY)', 'Let them pass, or refuse them.', 'ALLOW_ANY'),
      egressProxy: field('Destination', 'Sends them through this service.'),
    },
  },
};
