import { field } from './field.ts';
import type { MessageTable } from './types.ts';

const CONNECTION_POOL = 'Limits on connections and requests to the service.';
const OUTLIERS = 'When a workload that keeps failing is left out for a while.';
const BALANCER = 'How a workload is chosen for each request.';
const CLIENT_TLS = 'How clients encrypt on the way to the service.';

/** DestinationRule (destination_rule.proto): subsets of a service, and how clients behave once it is chosen. */
export const destinationRuleMessages: MessageTable = {
  DestinationRule: {
    help: 'Subsets of a service, and how clients balance, limit and encrypt on the way to it.',
    fields: {
      host: field('string', "The service; a short name is completed with this resource's namespace.", undefined, {
        required: true,
      }),
      trafficPolicy: field('TrafficPolicy', 'Balancing, limits, ejection and encryption for the whole service.'),
      subsets: field('Subset[]', 'Named groups of its workloads, chosen by labels.'),
      exportTo: field('string[]', 'Namespaces whose clients obey: * for all, . for its own.', '*'),
      workloadSelector: field(
        'PolicySelector',
        'Client workloads that obey; they must be in the same namespace.',
        'all clients',
      ),
    },
  },
  Subset: {
    help: "Some of a service's workloads, under a name that routes can use.",
    fields: {
      name: field('string', 'The name that routes use.', undefined, { required: true }),
      labels: field('map<string>', 'Labels that a workload must carry to belong.', 'all workloads'),
      trafficPolicy: field(
        'TrafficPolicy',
        'What differs from the policy of the whole service.',
        'as the whole service',
      ),
    },
  },
  PolicySelector: {
    help: 'Workloads by label.',
    fields: {
      matchLabels: field('map<string>', 'Labels that a workload must carry.', 'all workloads of the namespace'),
    },
  },
  TrafficPolicy: {
    help: 'How clients behave towards a service.',
    fields: {
      loadBalancer: field('LoadBalancerSettings', BALANCER, 'LEAST_REQUEST'),
      connectionPool: field('ConnectionPoolSettings', CONNECTION_POOL, 'practically none'),
      outlierDetection: field('OutlierDetection', OUTLIERS, 'never'),
      tls: field('ClientTLSSettings', CLIENT_TLS, 'mutual TLS where the workload can, else none'),
      portLevelSettings: field(
        'TrafficPolicy.PortTrafficPolicy[]',
        'A policy for one port; it replaces the general one there.',
      ),
      tunnel: field('TrafficPolicy.TunnelSettings', 'Reaches the service through a CONNECT or POST tunnel.'),
      proxyProtocol: field('TrafficPolicy.ProxyProtocol', 'Sends a PROXY protocol header first.', 'none'),
      retryBudget: field('TrafficPolicy.RetryBudget', 'How many retries may be under way, relative to the requests.'),
    },
  },
  'TrafficPolicy.PortTrafficPolicy': {
    help: 'A policy for one port.',
    fields: {
      port: field('PortSelector', 'The port that it is for.'),
      loadBalancer: field('LoadBalancerSettings', BALANCER, 'LEAST_REQUEST'),
      connectionPool: field('ConnectionPoolSettings', CONNECTION_POOL, 'practically none'),
      outlierDetection: field('OutlierDetection', OUTLIERS, 'never'),
      tls: field('ClientTLSSettings', CLIENT_TLS, 'mutual TLS where the workload can, else none'),
    },
  },
  'TrafficPolicy.TunnelSettings': {
    help: 'A tunnel to the service.',
    fields: {
      protocol: field('string', 'CONNECT or POST.', 'CONNECT'),
      targetHost: field('string', 'The host that the tunnel ends at.', undefined, { required: true }),
      targetPort: field('uint32', 'The port that the tunnel ends at.', undefined, { required: true }),
    },
  },
  'TrafficPolicy.ProxyProtocol': {
    help: 'The PROXY protocol header.',
    fields: { version: field('enum(V1|V2)', 'The version of the header.', 'V1') },
  },
  'TrafficPolicy.RetryBudget': {
    help: 'A limit on retries that grows with the traffic.',
    fields: {
      percent: field('double', 'Retries under way as a share of requests under way.', '20'),
      minRetryConcurrency: field('uint32', 'Retries that are always allowed.', '3'),
      budgetInterval: field('duration', 'The stretch of time that counts.'),
    },
  },
  OutlierDetection: {
    help: 'Leaving out workloads that keep failing.',
    fields: {
      consecutiveErrors: field('int32', 'Replaced by consecutive5xxErrors and consecutiveGatewayErrors.', undefined, {
        deprecated: true,
      }),
      splitExternalLocalOriginErrors: field(
        'bool',
        'Counts errors before an answer (connect, timeout) apart from 5xx answers.',
        'false',
      ),
      consecutiveLocalOriginFailures: field(
        'uint32',
        'Failures in a row before an answer that eject; needs the split.',
        '5',
      ),
      consecutiveGatewayErrors: field('uint32', '502, 503 and 504 in a row that eject; 0 switches it off.', '0'),
      consecutive5xxErrors: field('uint32', '5xx answers in a row that eject; 0 switches it off.', '5'),
      interval: field('duration', 'How often ejections are looked over.', '10s'),
      baseEjectionTime: field('duration', 'Length of the first ejection; later ones are multiples.', '30s'),
      maxEjectionPercent: field('int32', 'At most this share of the workloads is ejected at a time.', '10'),
      minHealthPercent: field('int32', 'Ejection pauses when fewer than this share are healthy.', '0'),
      outlierDetectionHttpErrorCodes: field('uint32[]', 'The status codes that count as errors.', '5xx'),
    },
  },
  ClientTLSSettings: {
    help: 'Encryption from client to service.',
    fields: {
      mode: field(
        'enum(DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL)',
        "None, TLS, mutual TLS with given certificates, or with Istio's.",
        'DISABLE',
      ),
      clientCertificate: field('string', 'Path of the client certificate, for MUTUAL.'),
      privateKey: field('string', "Path of the client's key, for MUTUAL."),
      caCertificates: field(
        'string',
        'Path of the authorities that the server is checked against.',
        "the system's authorities",
      ),
      credentialName: field(
        'string',
        'The secret that holds the certificates; at gateways, or with a workloadSelector.',
      ),
      subjectAltNames: field('string[]', "Names, one of which the server's certificate must carry."),
      sni: field('string', 'The server name to ask for.', 'from the host'),
      insecureSkipVerify: field('bool', "Does not check the server's certificate.", 'false'),
      caCrl: field('string', 'Path of the list of revoked certificates.'),
    },
  },
};
