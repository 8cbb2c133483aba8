import { OWN_CODES } from '../../own/codes.ts';
import { object } from './documents.ts';
import { cases } from './types.ts';

const FULL = 'web.shop.svc.cluster.local';
const SERVER = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}';
const MIRROR = `route: [{destination: {host: ${FULL}}}], mirror: {host: ${FULL}, subset: v1}`;

/** A rule of another namespace that copies requests to a subset; the DestinationRule that defines it is in this one. */
const mirrored = (namespace: string): string =>
  object('Service', 'shop/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
  object('Gateway', 'team/edge', `selector: {istio: ingressgateway}, servers: [${SERVER}]`) +
  object('VirtualService', 'team/web', `hosts: [shop.example.com], gateways: [edge], http: [{${MIRROR}}]`) +
  object('DestinationRule', `${namespace}/web`, `host: ${FULL}, subsets: [{name: v1, labels: {version: v1}}]`);

/** Meshwright’s own findings: rules, clusters and DestinationRules. */
export const OWN_RULE_CASES = cases([
  [
    'MW-RULE-UNREACHED',
    OWN_CODES['MW-RULE-UNREACHED'][1],
    'Rules are tried in order. Every request that this one could take is taken by one before it, so it never does anything. istioctl compares texts; this is found by asking the routes themselves, across headers, regular expressions and VirtualServices.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /api}}], route: [{destination: {host: web}}]}, {match: [{uri: {exact: /api/v1}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {exact: /api/v1}}], route: [{destination: {host: web}}]}, {match: [{uri: {prefix: /api}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-RULE-IMPOSSIBLE',
    OWN_CODES['MW-RULE-IMPOSSIBLE'][1],
    'No request can be so: paths begin with a slash and have no question mark, methods are in capitals, and a header can’t be there and absent at once.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: api}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /api}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-RULE-NOWHERE',
    OWN_CODES['MW-RULE-NOWHERE'][1],
    'The rule names gateways or ports at which it is never asked, so it is in no proxy’s configuration.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{gateways: [mesh]}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{gateways: [edge]}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-NO-LAST-RULE',
    OWN_CODES['MW-NO-LAST-RULE'][1],
    'A request that none of the rules takes gets 404, although the service itself could answer it.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /api}}], route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /}}], route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-NO-CLUSTER',
    OWN_CODES['MW-NO-CLUSTER'][1],
    'The proxy has no cluster for the destination: a subset that no DestinationRule of its sight defines, or a host that is not exported to it. It answers 503 (NC).',
    object('Service', 'shop/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'team/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'team/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web.shop.svc.cluster.local, subset: v1}}]}]',
      ) +
      object(
        'DestinationRule',
        'other/web',
        'host: web.shop.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ),
    object('Service', 'shop/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'team/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'team/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web.shop.svc.cluster.local, subset: v1}}]}]',
      ) +
      object(
        'DestinationRule',
        'shop/web',
        'host: web.shop.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ),
  ],
  [
    'MW-NO-ENDPOINT',
    OWN_CODES['MW-NO-ENDPOINT'][1],
    'The cluster is there and empty: nobody is behind it. The proxy answers 503 (UH).',
    object(
      'Gateway',
      'default/edge',
      'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
    ) +
      object(
        'ServiceEntry',
        'default/ext',
        'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: api.example.com}}]}]',
      ),
    object(
      'Gateway',
      'default/edge',
      'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
    ) +
      object(
        'ServiceEntry',
        'default/ext',
        'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: api.example.com}}]}]',
      ),
  ],
  [
    'MW-MIRROR-LOST',
    OWN_CODES['MW-MIRROR-LOST'][1],
    'The copy goes to a cluster that the proxy does not have. Nobody notices, since nobody waits for a copy’s answer.',
    mirrored('other'),
    mirrored('shop'),
  ],
  [
    'MW-SUBSET-UNUSED',
    OWN_CODES['MW-SUBSET-UNUSED'][1],
    'No rule of the mesh leads to the subset, so its pods get requests only by the host as a whole.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: 90}, {destination: {host: web, subset: v2}, weight: 10}]}]',
      ),
  ],
  [
    'MW-DR-UNUSED',
    OWN_CODES['MW-DR-UNUSED'][1],
    'Istio takes the DestinationRule of the caller’s namespace, then of the service’s, then of the root namespace, and looks at exportTo. This one is never the one.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object('VirtualService', 'default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]') +
      object(
        'DestinationRule',
        'team/far',
        'host: web.default.svc.cluster.local, exportTo: [default], trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object('VirtualService', 'default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]') +
      object(
        'DestinationRule',
        'team/far',
        "host: web.default.svc.cluster.local, exportTo: ['.'], trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}",
      ),
  ],
  [
    'MW-DR-MERGED',
    OWN_CODES['MW-DR-MERGED'][1],
    'istiod merges the DestinationRules of a host in one namespace. The oldest one’s traffic policy counts, and subsets of a name that was there before are left out.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object('VirtualService', 'default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]') +
      object('DestinationRule', 'default/a', 'host: web, trafficPolicy: {loadBalancer: {simple: RANDOM}}') +
      object('DestinationRule', 'default/b', 'host: web, trafficPolicy: {connectionPool: {http: {maxRetries: 1}}}'),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object('VirtualService', 'default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]') +
      object('DestinationRule', 'default/a', 'host: web, trafficPolicy: {loadBalancer: {simple: RANDOM}}') +
      object(
        'DestinationRule',
        'default/b',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ),
  ],
  [
    'MW-STICKY-UNDONE',
    OWN_CODES['MW-STICKY-UNDONE'][1],
    'The hash chooses among the pods of one subset. Which subset a request goes to is drawn by weight each time, so one user sees both versions.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}], trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: 90}, {destination: {host: web, subset: v2}, weight: 10}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: 90}, {destination: {host: web, subset: v2}, weight: 10}]}]',
      ),
  ],
  [
    'MW-STICKY-KEYLESS',
    OWN_CODES['MW-STICKY-KEYLESS'][1],
    'The cluster hashes, but the route gives it nothing to hash, so each request goes to a pod by chance.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object('VirtualService', 'default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {consistentHash: {httpHeaderName: x}}}]}',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, port: {number: 80}}}]}]',
      ) +
      object(
        'DestinationRule',
        'default/web',
        'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {consistentHash: {httpHeaderName: x}}}]}',
      ),
  ],
  [
    'MW-SERVER-DROPPED',
    OWN_CODES['MW-SERVER-DROPPED'][1],
    'Istio puts the servers of all Gateways of a workload together, and leaves out those that don’t fit to what is there on the port: another protocol, TLS beside plain, or a host that is there.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ) +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}, {port: {number: 80, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: a}}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ) +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}, {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: a}}]',
      ),
  ],
]);
