import { OWN_CODES } from '../../own/codes.ts';
import { object } from './documents.ts';
import { cases } from './types.ts';

/** Meshwright’s own findings: gateways, redirects, retries, delegates and the rest. */
export const OWN_WAY_CASES = cases([
  [
    'MW-REDIRECT-FORCED',
    OWN_CODES['MW-REDIRECT-FORCED'][1],
    'httpsRedirect counts for the host on that port, whichever Gateway says it: the plain rules of the other Gateway are never asked.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'Gateway',
        'default/secure',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com], tls: {httpsRedirect: true}}, {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: a}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'Gateway',
        'default/secure',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: a}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-HOST-UNANSWERED',
    OWN_CODES['MW-HOST-UNANSWERED'][1],
    'The port is open for the host, and no VirtualService is bound to it: requests get 404.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com, api.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        "selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com, '*.com']}]",
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-HOST-PARTIAL',
    OWN_CODES['MW-HOST-PARTIAL'][1],
    'Istio expands names without a dot only. A name such as web.shop is looked up as it stands, so it means no Service.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 9080}]') +
      object('VirtualService', 'default/web', 'hosts: [web.default], http: [{route: [{destination: {host: web}}]}]'),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 9080}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web.default.svc.cluster.local], http: [{route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-REDIRECT-LOOP',
    OWN_CODES['MW-REDIRECT-LOOP'][1],
    'The address that the client is sent to gets the same redirect, until the browser gives up.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{uri: {prefix: /login}}], redirect: {uri: /login/}}, {route: [{destination: {host: web}}]}]',
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
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{uri: {exact: /login}}], redirect: {uri: /login/}}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-REDIRECT-NOWHERE',
    OWN_CODES['MW-REDIRECT-NOWHERE'][1],
    'The gateway does not listen on the port that the client is sent to.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com], tls: {httpsRedirect: true}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com], tls: {httpsRedirect: true}}, {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: a}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-RETRY-STORM',
    OWN_CODES['MW-RETRY-STORM'][1],
    'Each proxy on the way tries again by itself. When the last one fails, tries multiply along the way, and a service in trouble gets many times its requests.',
    object('Service', 'istio-system/istio-egressgateway', 'selector: {app: out}, ports: [{name: http, port: 80}]') +
      object(
        'ServiceEntry',
        'default/ext',
        'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS',
      ) +
      object(
        'Gateway',
        'default/out',
        'selector: {app: out}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [api.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [api.example.com], gateways: [mesh, out], http: [{match: [{gateways: [mesh]}], retries: {attempts: 3, retryOn: 5xx}, route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]}, {match: [{gateways: [out]}], retries: {attempts: 2, retryOn: 5xx}, route: [{destination: {host: api.example.com}}]}]',
      ),
    object('Service', 'istio-system/istio-egressgateway', 'selector: {app: out}, ports: [{name: http, port: 80}]') +
      object(
        'ServiceEntry',
        'default/ext',
        'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS',
      ) +
      object(
        'Gateway',
        'default/out',
        'selector: {app: out}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [api.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [api.example.com], gateways: [mesh, out], http: [{match: [{gateways: [mesh]}], retries: {attempts: 3, retryOn: 5xx}, route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]}, {match: [{gateways: [out]}], retries: {attempts: 0}, route: [{destination: {host: api.example.com}}]}]',
      ),
  ],
  [
    'MW-RETRY-CUT',
    OWN_CODES['MW-RETRY-CUT'][1],
    'The timeout of the rule counts for all tries together. Tries that would come later than that never happen.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{timeout: 3s, retries: {attempts: 4, perTryTimeout: 2s, retryOn: 5xx}, route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{timeout: 20s, retries: {attempts: 4, perTryTimeout: 2s, retryOn: 5xx}, route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-RETRY-TIMEOUT',
    OWN_CODES['MW-RETRY-TIMEOUT'][1],
    'perTryTimeout ends a try, but retryOn names no condition that this is, so it is not tried again: the client gets 504.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{retries: {attempts: 3, perTryTimeout: 2s}, route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{retries: {attempts: 3, perTryTimeout: 2s, retryOn: gateway-error}, route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-DELEGATE-MISSING',
    OWN_CODES['MW-DELEGATE-MISSING'][1],
    'The delegate is not there, or not exported to this namespace, so istiod leaves the rule out and logs it.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{delegate: {name: leaf}}]',
      ) +
      object(
        'VirtualService',
        'default/leaf',
        'hosts: [api.example.com], http: [{route: [{destination: {host: web}}]}]',
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
        'hosts: [shop.example.com], gateways: [edge], http: [{delegate: {name: leaf}}]',
      ) +
      object('VirtualService', 'default/leaf', 'http: [{route: [{destination: {host: web}}]}]'),
  ],
  [
    'MW-DELEGATE-DROPPED',
    OWN_CODES['MW-DELEGATE-DROPPED'][1],
    'A delegate’s conditions are joined with those of its root. Where they contradict each other, istiod leaves the rule out and logs it.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'Gateway',
        'default/edge',
        'selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{uri: {prefix: /a}}], delegate: {name: leaf}}]',
      ) +
      object(
        'VirtualService',
        'default/leaf',
        'http: [{match: [{uri: {prefix: /b}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
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
        'hosts: [shop.example.com], gateways: [edge], http: [{match: [{uri: {prefix: /a}}], delegate: {name: leaf}}]',
      ) +
      object(
        'VirtualService',
        'default/leaf',
        'http: [{match: [{uri: {prefix: /a/b}}], route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-WEIGHTS',
    OWN_CODES['MW-WEIGHTS'][1],
    'Weights are shares of their sum, not percent. Nobody complains, and the traffic is not what the numbers seem to say.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'DestinationRule',
        'default/web',
        'host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      ) +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: 3}, {destination: {host: web, subset: v2}, weight: 1}]}]',
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
        'hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: 75}, {destination: {host: web, subset: v2}, weight: 25}]}]',
      ),
  ],
  [
    'MW-REWRITE-SLASH',
    OWN_CODES['MW-REWRITE-SLASH'][1],
    'The prefix that matched is replaced as a text, so a slash too few or too many stays in the path.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /api}}], rewrite: {uri: /}, route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        'hosts: [web], http: [{match: [{uri: {prefix: /api/}}, {uri: {prefix: /api}}], rewrite: {uri: /}, route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]',
      ),
  ],
  [
    'MW-CORS-PREFLIGHT',
    OWN_CODES['MW-CORS-PREFLIGHT'][1],
    'Browsers ask with OPTIONS before. A rule that takes other methods only never sees that question, so its CORS policy can’t answer it.',
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        "hosts: [web], http: [{match: [{method: {exact: POST}}], corsPolicy: {allowOrigins: [{exact: 'https://api.example.com'}], allowMethods: [POST]}, route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]",
      ),
    object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]') +
      object(
        'VirtualService',
        'default/web',
        "hosts: [web], http: [{match: [{method: {exact: POST}}, {method: {exact: OPTIONS}}], corsPolicy: {allowOrigins: [{exact: 'https://api.example.com'}], allowMethods: [POST]}, route: [{destination: {host: web}}]}, {route: [{destination: {host: web}}]}]",
      ),
  ],
  [
    'MW-ISTIOD-CRASH',
    OWN_CODES['MW-ISTIOD-CRASH'][1],
    'istiod ends with an error while it looks at this configuration, and no proxy of the mesh gets anything new until it is gone.',
    object(
      'Gateway',
      'default/edge',
      "selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*/*', './shop.example.com']}]",
    ),
    object(
      'Gateway',
      'default/edge',
      "selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['./shop.example.com', '*/*']}]",
    ),
  ],
]);
