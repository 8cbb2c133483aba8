import { field } from './field.ts';
import type { MessageTable } from './types.ts';

const FAILOVER: MessageTable[string] = {
  help: 'Where requests go when a region is unhealthy.',
  fields: {
    from: field('string', 'The region of the client.'),
    to: field('string', 'The region to go to when it fails.'),
  },
};

/** Balancing and connection pools of a TrafficPolicy (destination_rule.proto, LoadBalancerSettings and ConnectionPoolSettings). */
export const loadBalancingMessages: MessageTable = {
  LoadBalancerSettings: {
    help: 'How a workload is chosen.',
    fields: {
      simple: field(
        'enum(UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST)',
        'A way that needs no further settings.',
        'LEAST_REQUEST',
        { oneOf: 'lb_policy' },
      ),
      consistentHash: field(
        'LoadBalancerSettings.ConsistentHashLB',
        'Keeps requests with the same key at the same workload.',
        undefined,
        { oneOf: 'lb_policy' },
      ),
      localityLbSetting: field(
        'LocalityLoadBalancerSetting',
        'Preference among regions and zones.',
        "the mesh's setting",
      ),
      zoneAwareLbSetting: field(
        'ZoneAwareLoadBalancerSetting',
        "Keeps requests in the client's zone in proportion to the workloads there.",
      ),
      warmupDurationSecs: field(
        'duration',
        "Time in which a new workload's share grows; warmup replaces it.",
        undefined,
        { deprecated: true },
      ),
      warmup: field('WarmupConfiguration', "Lets a new workload's share grow slowly.", 'full share at once'),
    },
  },
  'LoadBalancerSettings.ConsistentHashLB': {
    help: 'Stickiness by a key of the request.',
    fields: {
      httpHeaderName: field('string', 'The key is this header.', undefined, { oneOf: 'hash_key' }),
      httpCookie: field('LoadBalancerSettings.ConsistentHashLB.HTTPCookie', 'The key is this cookie.', undefined, {
        oneOf: 'hash_key',
      }),
      useSourceIp: field('bool', "The key is the client's address.", undefined, { oneOf: 'hash_key' }),
      httpQueryParameterName: field('string', 'The key is this query parameter.', undefined, { oneOf: 'hash_key' }),
      ringHash: field('LoadBalancerSettings.ConsistentHashLB.RingHash', 'Hashes onto a ring.', 'ring hash', {
        oneOf: 'hash_algorithm',
      }),
      maglev: field('LoadBalancerSettings.ConsistentHashLB.MagLev', 'Hashes by a Maglev table.', undefined, {
        oneOf: 'hash_algorithm',
      }),
      minimumRingSize: field('uint64', 'Replaced by ringHash.minimumRingSize.', '1024', { deprecated: true }),
    },
  },
  'LoadBalancerSettings.ConsistentHashLB.RingHash': {
    help: 'Hashing onto a ring.',
    fields: { minimumRingSize: field('uint64', 'The least number of places on the ring.', '1024') },
  },
  'LoadBalancerSettings.ConsistentHashLB.MagLev': {
    help: 'Hashing by a Maglev table.',
    fields: { tableSize: field('uint64', 'Size of the table, a prime.', '65537') },
  },
  'LoadBalancerSettings.ConsistentHashLB.HTTPCookie': {
    help: 'A cookie as the key.',
    fields: {
      name: field('string', 'Its name.', undefined, { required: true }),
      path: field('string', 'The path that it is set for.'),
      ttl: field('duration', 'Its life; when given, a missing cookie is made.', 'a missing cookie is not made'),
      attributes: field(
        'LoadBalancerSettings.ConsistentHashLB.HTTPCookie.Attribute[]',
        'Further attributes of a cookie that is made.',
      ),
    },
  },
  'LoadBalancerSettings.ConsistentHashLB.HTTPCookie.Attribute': {
    help: 'An attribute of a cookie.',
    fields: {
      name: field('string', 'Its name.', undefined, { required: true }),
      value: field('string', 'Its value.'),
    },
  },
  LocalityLoadBalancerSetting: {
    help: 'Preference among regions and zones; failover needs outlierDetection.',
    fields: {
      distribute: field(
        'LocalityLoadBalancerSetting.Distribute[]',
        "Shares among localities, by the client's locality.",
      ),
      failover: field(
        'LocalityLoadBalancerSetting.Failover[]',
        'Which region takes over from which.',
        'any other region',
      ),
      failoverPriority: field('string[]', 'Labels, in order, that client and workload should share.'),
      enabled: field('bool', 'Switches locality preference on or off for this service.', "the mesh's setting"),
    },
  },
  'LocalityLoadBalancerSetting.Distribute': {
    help: 'Shares for clients of a locality.',
    fields: {
      from: field('string', "The clients' locality: region/zone/sub-zone, * for any."),
      to: field('map<uint32>', 'Percent by locality; they must add up to 100.'),
    },
  },
  'LocalityLoadBalancerSetting.Failover': FAILOVER,
  ZoneAwareLoadBalancerSetting: {
    help: "Preference for the client's own zone.",
    fields: {
      enabled: field('bool', 'Switches it on or off.'),
      failover: field(
        'ZoneAwareLoadBalancerSetting.Failover[]',
        'Which region takes over from which.',
        'any other region',
      ),
      failoverPriority: field('string[]', 'Labels, in order, that client and workload should share.'),
      minClusterSize: field('uint32', 'With fewer workloads than this it is not used.', '6'),
    },
  },
  'ZoneAwareLoadBalancerSetting.Failover': FAILOVER,
  WarmupConfiguration: {
    help: 'Slow start of new workloads.',
    fields: {
      duration: field('duration', 'How long a workload counts as new.', undefined, { required: true }),
      minimumPercent: field('double', 'The share that it begins with, in percent of its full one.', '10'),
      aggression: field('double', 'How fast its share grows: 1 is linear.', '1'),
    },
  },
  ConnectionPoolSettings: {
    help: 'Limits on the way to a service.',
    fields: {
      tcp: field('ConnectionPoolSettings.TCPSettings', 'Limits for TCP and HTTP alike.'),
      http: field('ConnectionPoolSettings.HTTPSettings', 'Limits for HTTP.'),
    },
  },
  'ConnectionPoolSettings.TCPSettings': {
    help: 'Connections to a service.',
    fields: {
      maxConnections: field('int32', 'Connections at a time, HTTP/1.1 and TCP.', '2^32-1'),
      connectTimeout: field('duration', 'How long connecting may take.', '10s'),
      tcpKeepalive: field('ConnectionPoolSettings.TCPSettings.TcpKeepalive', 'Probes on idle connections.', 'none'),
      maxConnectionDuration: field('duration', 'How long a connection may live.', 'no limit'),
      idleTimeout: field('duration', 'How long a TCP connection may be idle; 0s for ever.', '1h'),
    },
  },
  'ConnectionPoolSettings.TCPSettings.TcpKeepalive': {
    help: 'Probes on idle connections.',
    fields: {
      probes: field('uint32', 'Unanswered probes before the connection counts as dead.', "the system's (9 on Linux)"),
      time: field('duration', 'How long a connection is idle before the first probe.', "the system's (2h on Linux)"),
      interval: field('duration', 'Time between probes.', "the system's (75s on Linux)"),
    },
  },
  'ConnectionPoolSettings.HTTPSettings': {
    help: 'HTTP requests to a service.',
    fields: {
      http1MaxPendingRequests: field('int32', 'Requests that may wait for a connection.', '2^32-1'),
      http2MaxRequests: field('int32', 'Requests at a time.', '2^32-1'),
      maxRequestsPerConnection: field(
        'int32',
        'Requests before a connection is closed; 1 switches keep-alive off.',
        'no limit',
      ),
      maxRetries: field('int32', 'Retries at a time over all workloads.', '2^32-1'),
      idleTimeout: field('duration', 'How long a connection may be without requests.', '1h'),
      h2UpgradePolicy: field(
        'enum(DEFAULT|DO_NOT_UPGRADE|UPGRADE)',
        'Whether HTTP/1.1 is carried over HTTP/2.',
        'DEFAULT: as the mesh says',
      ),
      useClientProtocol: field('bool', 'Uses the protocol that the client used.', 'false'),
      maxConcurrentStreams: field('int32', 'Streams at a time on one HTTP/2 connection.', '2^31-1'),
      http2KeepAlive: field(
        'ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive',
        'Pings on HTTP/2 connections.',
        'none',
      ),
    },
  },
  'ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive': {
    help: 'Pings on HTTP/2 connections.',
    fields: {
      interval: field('duration', 'Time between pings.'),
      timeout: field('duration', 'How long a ping may stay unanswered.'),
    },
  },
};
