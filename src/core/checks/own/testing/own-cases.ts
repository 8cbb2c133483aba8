import type { OwnCode } from '../codes.ts';

/** For each own finding a stream of documents that has it and one that is near it and has not; `complete`: nothing else is there. */
export interface OwnCase {
  readonly code: OwnCode;
  readonly bad: string;
  readonly good: string;
  readonly complete?: true;
}

const object = (
  kind: string,
  name: string,
  spec: string,
  namespace = 'default',
  version = 'networking.istio.io/v1',
): string =>
  `---\napiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`;
const vs = (spec: string, name = 'web', namespace = 'default'): string =>
  object('VirtualService', name, `{${spec}}`, namespace);
const dr = (spec: string, name = 'web', namespace = 'default'): string =>
  object('DestinationRule', name, `{${spec}}`, namespace);
const gateway = (servers: string, name = 'edge', namespace = 'default'): string =>
  object('Gateway', name, `{selector: {istio: ingressgateway}, servers: [${servers}]}`, namespace);
const service = (name: string, port = 80, namespace = 'default', selector = name): string =>
  object('Service', name, `{selector: {app: ${selector}}, ports: [{name: http, port: ${port}}]}`, namespace, 'v1');
const HTTP = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}';
const HTTPS =
  '{port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.com], tls: {mode: SIMPLE, credentialName: a}}';
const PASS = '{port: {number: 443, name: tls, protocol: TLS}, hosts: [a.com], tls: {mode: PASSTHROUGH}}';
const FORCED = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}';
const TO = 'route: [{destination: {host: web}}]';
const rules = (...list: readonly string[]): string =>
  `hosts: [web], http: [${list.map((one) => `{${one}}`).join(', ')}]`;
const edge = (...list: readonly string[]): string =>
  `hosts: [a.com], gateways: [edge], http: [${list.map((one) => `{${one}}`).join(', ')}]`;
const SUBSETS = 'subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]';
const split = (a: number, b: number): string =>
  `route: [{destination: {host: web, subset: v1}, weight: ${a}}, {destination: {host: web, subset: v2}, weight: ${b}}]`;
const HASH = 'trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}';
const WEB = service('web');

export const OWN_CASES: readonly OwnCase[] = [
  {
    code: 'MW-RULE-UNREACHED',
    bad: WEB + vs(rules(`match: [{uri: {prefix: /api}}], ${TO}`, `match: [{uri: {exact: /api/v1}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{uri: {exact: /api/v1}}], ${TO}`, `match: [{uri: {prefix: /api}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-UNREACHED',
    bad:
      WEB +
      vs(
        rules(
          `match: [{headers: {x: {}}}], ${TO}`,
          `match: [{headers: {x: {regex: 'a+'}}, uri: {prefix: /b}}], ${TO}`,
          TO,
        ),
      ),
    good:
      WEB + vs(rules(`match: [{headers: {x: {}, y: {}}}], ${TO}`, `match: [{headers: {x: {regex: 'a+'}}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-UNREACHED',
    bad: WEB + vs(rules(`match: [{uri: {regex: '/a.*'}}], ${TO}`, `match: [{uri: {prefix: /a/b}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{uri: {regex: '/a/.'}}], ${TO}`, `match: [{uri: {prefix: /a/b}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-UNREACHED',
    bad:
      WEB +
      gateway(HTTP) +
      vs(edge(`match: [{uri: {prefix: /a}}], ${TO}`), 'one') +
      vs(edge(`match: [{uri: {prefix: /a/b}}], ${TO}`), 'two'),
    good: WEB + gateway(HTTP) + vs(edge(TO), 'one') + vs(edge(`match: [{uri: {prefix: /a/b}}], ${TO}`), 'two'),
  },
  {
    code: 'MW-RULE-IMPOSSIBLE',
    bad: WEB + vs(rules(`match: [{uri: {prefix: api}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{uri: {prefix: /api}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-IMPOSSIBLE',
    bad: WEB + vs(rules(`match: [{uri: {exact: '/a?x=1'}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{uri: {exact: /a}, queryParams: {x: {exact: '1'}}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-IMPOSSIBLE',
    bad: WEB + vs(rules(`match: [{method: {exact: get}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{method: {exact: GET}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-IMPOSSIBLE',
    bad: WEB + vs(rules(`match: [{headers: {x: {exact: a}}, withoutHeaders: {x: {}}}], ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{headers: {x: {exact: a}}, withoutHeaders: {x: {exact: b}}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-IMPOSSIBLE',
    bad: WEB + gateway(HTTP) + vs(edge(`match: [{authority: {exact: b.com}}], ${TO}`, TO)),
    good: WEB + gateway(HTTP) + vs(edge(`match: [{authority: {exact: 'a.com:8080'}}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-NOWHERE',
    bad: WEB + gateway(HTTP) + vs(edge(`match: [{gateways: [mesh]}], ${TO}`, TO)),
    good: WEB + gateway(HTTP) + vs(edge(`match: [{gateways: [edge]}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-NOWHERE',
    bad: WEB + gateway(HTTP) + vs(edge(`match: [{port: 8080}], ${TO}`, TO)),
    good: WEB + gateway(HTTP) + vs(edge(`match: [{port: 80}], ${TO}`, TO)),
  },
  {
    code: 'MW-RULE-NOWHERE',
    bad: WEB + gateway(PASS) + vs(edge(TO)),
    good: WEB + gateway(HTTPS) + vs(edge(TO)),
  },
  {
    code: 'MW-NO-LAST-RULE',
    bad: WEB + vs(rules(`match: [{uri: {prefix: /api}}], ${TO}`)),
    good: WEB + vs(rules(`match: [{uri: {prefix: /}}], ${TO}`)),
  },
  {
    code: 'MW-NO-LAST-RULE',
    bad: WEB + gateway(HTTP) + vs(edge(`match: [{uri: {prefix: /api}, headers: {end-user: {exact: jason}}}], ${TO}`)),
    good: WEB + gateway(HTTP) + vs(edge(`match: [{uri: {prefix: /api}, method: {exact: POST}}], ${TO}`)),
  },
  {
    code: 'MW-NO-CLUSTER',
    bad:
      service('web', 80, 'shop') +
      gateway(HTTP, 'edge', 'team') +
      vs(edge('route: [{destination: {host: web.shop.svc.cluster.local, subset: v1}}]'), 'web', 'team') +
      dr(`host: web.shop.svc.cluster.local, ${SUBSETS}`, 'web', 'other'),
    good:
      service('web', 80, 'shop') +
      gateway(HTTP, 'edge', 'team') +
      vs(edge('route: [{destination: {host: web.shop.svc.cluster.local, subset: v1}}]'), 'web', 'team') +
      dr(`host: web.shop.svc.cluster.local, ${SUBSETS}`, 'web', 'shop'),
  },
  {
    code: 'MW-NO-ENDPOINT',
    bad:
      gateway(HTTP) +
      object('ServiceEntry', 'ext', '{hosts: [b.com], ports: [{number: 80, name: http, protocol: HTTP}]}') +
      vs(edge('route: [{destination: {host: b.com}}]')),
    good:
      gateway(HTTP) +
      object(
        'ServiceEntry',
        'ext',
        '{hosts: [b.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}',
      ) +
      vs(edge('route: [{destination: {host: b.com}}]')),
  },
  { code: 'MW-NO-ENDPOINT', complete: true, bad: WEB + vs(rules(TO)), good: WEB + pod('web') + vs(rules(TO)) },
  { code: 'MW-MIRROR-LOST', bad: mirrored('other'), good: mirrored('shop') },
  {
    code: 'MW-SUBSET-UNUSED',
    bad: WEB + dr(`host: web, ${SUBSETS}`) + vs(rules('route: [{destination: {host: web, subset: v1}}]')),
    good: WEB + dr(`host: web, ${SUBSETS}`) + vs(rules(split(90, 10))),
  },
  {
    code: 'MW-DR-UNUSED',
    bad: WEB + vs(rules(TO)) + dr(`host: web.default.svc.cluster.local, exportTo: [default], ${HASH}`, 'far', 'team'),
    good: WEB + vs(rules(TO)) + dr(`host: web.default.svc.cluster.local, exportTo: ['.'], ${HASH}`, 'far', 'team'),
  },
  {
    code: 'MW-DR-MERGED',
    bad:
      WEB +
      vs(rules(TO)) +
      dr(`host: web, trafficPolicy: {loadBalancer: {simple: RANDOM}}`, 'a') +
      dr(`host: web, trafficPolicy: {connectionPool: {http: {maxRetries: 1}}}`, 'b'),
    good:
      WEB +
      vs(rules(TO)) +
      dr(`host: web, trafficPolicy: {loadBalancer: {simple: RANDOM}}`, 'a') +
      dr(`host: web, ${SUBSETS}`, 'b'),
  },
  {
    code: 'MW-STICKY-UNDONE',
    bad: WEB + dr(`host: web, ${SUBSETS}, ${HASH}`) + vs(rules(split(90, 10))),
    good: WEB + dr(`host: web, ${SUBSETS}`) + vs(rules(split(90, 10))),
  },
  {
    code: 'MW-STICKY-KEYLESS',
    bad:
      WEB +
      vs(rules(TO)) +
      dr(
        'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {consistentHash: {httpHeaderName: x}}}]}',
      ),
    good:
      WEB +
      vs(rules('route: [{destination: {host: web, port: {number: 80}}}]')) +
      dr(
        'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {consistentHash: {httpHeaderName: x}}}]}',
      ),
  },
  {
    code: 'MW-SERVER-DROPPED',
    bad: WEB + vs(edge(TO)) + gateway(`${HTTP}, ${HTTPS.replace('443', '80')}`),
    good: WEB + vs(edge(TO)) + gateway(`${HTTP}, ${HTTPS}`),
  },
  {
    code: 'MW-SERVER-DROPPED',
    bad:
      WEB +
      vs(edge(TO)) +
      gateway(`${HTTPS}, ${HTTPS.replace('[a.com]', '[b.com, a.com]').replace('https,', 'other,')}`),
    good: WEB + vs(edge(TO)) + gateway(`${HTTPS}, ${HTTPS.replace('[a.com]', '[b.com]').replace('https,', 'other,')}`),
  },
  {
    code: 'MW-REDIRECT-FORCED',
    bad: WEB + gateway(HTTP) + gateway(`${FORCED}, ${HTTPS}`, 'secure') + vs(edge(TO)),
    good: WEB + gateway(HTTP) + gateway(HTTPS, 'secure') + vs(edge(TO)),
  },
  {
    code: 'MW-HOST-UNANSWERED',
    bad: WEB + gateway(HTTP.replace('[a.com]', '[a.com, b.com]')) + vs(edge(TO)),
    good: WEB + gateway(HTTP.replace('[a.com]', "[a.com, '*.com']")) + vs(edge(TO)),
  },
  {
    code: 'MW-HOST-PARTIAL',
    bad: service('web', 9080) + vs(rules(TO).replace('[web]', '[web.default]')),
    good: service('web', 9080) + vs(rules(TO).replace('[web]', '[web.default.svc.cluster.local]')),
  },
  {
    code: 'MW-REDIRECT-LOOP',
    bad: WEB + gateway(HTTP) + vs(edge('match: [{uri: {prefix: /login}}], redirect: {uri: /login/}', TO)),
    good: WEB + gateway(HTTP) + vs(edge('match: [{uri: {exact: /login}}], redirect: {uri: /login/}', TO)),
  },
  {
    code: 'MW-REDIRECT-NOWHERE',
    bad: WEB + gateway(FORCED) + vs(edge(TO)),
    good: WEB + gateway(`${FORCED}, ${HTTPS}`) + vs(edge(TO)),
  },
  {
    code: 'MW-RETRY-STORM',
    bad: egress('retries: {attempts: 3, retryOn: 5xx}, ', 'retries: {attempts: 2, retryOn: 5xx}, '),
    good: egress('retries: {attempts: 3, retryOn: 5xx}, ', 'retries: {attempts: 0}, '),
  },
  {
    code: 'MW-RETRY-CUT',
    bad: WEB + vs(rules(`timeout: 3s, retries: {attempts: 4, perTryTimeout: 2s, retryOn: 5xx}, ${TO}`)),
    good: WEB + vs(rules(`timeout: 20s, retries: {attempts: 4, perTryTimeout: 2s, retryOn: 5xx}, ${TO}`)),
  },
  {
    code: 'MW-RETRY-TIMEOUT',
    bad: WEB + vs(rules(`retries: {attempts: 3, perTryTimeout: 2s}, ${TO}`)),
    good: WEB + vs(rules(`retries: {attempts: 3, perTryTimeout: 2s, retryOn: gateway-error}, ${TO}`)),
  },
  {
    code: 'MW-DELEGATE-MISSING',
    bad: WEB + gateway(HTTP) + vs(edge('delegate: {name: leaf}')) + vs(`hosts: [b.com], http: [{${TO}}]`, 'leaf'),
    good: WEB + gateway(HTTP) + vs(edge('delegate: {name: leaf}')) + vs(`http: [{${TO}}]`, 'leaf'),
  },
  {
    code: 'MW-DELEGATE-DROPPED',
    bad:
      WEB +
      gateway(HTTP) +
      vs(edge('match: [{uri: {prefix: /a}}], delegate: {name: leaf}')) +
      vs(`http: [{match: [{uri: {prefix: /b}}], ${TO}}, {${TO}}]`, 'leaf'),
    good:
      WEB +
      gateway(HTTP) +
      vs(edge('match: [{uri: {prefix: /a}}], delegate: {name: leaf}')) +
      vs(`http: [{match: [{uri: {prefix: /a/b}}], ${TO}}, {${TO}}]`, 'leaf'),
  },
  {
    code: 'MW-WEIGHTS',
    bad: WEB + dr(`host: web, ${SUBSETS}`) + vs(rules(split(3, 1))),
    good: WEB + dr(`host: web, ${SUBSETS}`) + vs(rules(split(75, 25))),
  },
  {
    code: 'MW-REWRITE-SLASH',
    bad: WEB + vs(rules(`match: [{uri: {prefix: /api}}], rewrite: {uri: /}, ${TO}`, TO)),
    good: WEB + vs(rules(`match: [{uri: {prefix: /api/}}, {uri: {prefix: /api}}], rewrite: {uri: /}, ${TO}`, TO)),
  },
  {
    code: 'MW-CORS-PREFLIGHT',
    bad:
      WEB +
      vs(
        rules(
          `match: [{method: {exact: POST}}], corsPolicy: {allowOrigins: [{exact: 'https://b.com'}], allowMethods: [POST]}, ${TO}`,
          TO,
        ),
      ),
    good:
      WEB +
      vs(
        rules(
          `match: [{method: {exact: POST}}, {method: {exact: OPTIONS}}], corsPolicy: {allowOrigins: [{exact: 'https://b.com'}], allowMethods: [POST]}, ${TO}`,
          TO,
        ),
      ),
  },
  {
    code: 'MW-ISTIOD-CRASH',
    bad: gateway(HTTP.replace('[a.com]', "['*/*', './a.com']")),
    good: gateway(HTTP.replace('[a.com]', "['./a.com', '*/*']")),
  },
];

/** A copy goes to a subset that a rule of some namespace declares. */
function mirrored(namespace: string): string {
  const host = 'host: web.shop.svc.cluster.local';
  return (
    service('web', 80, 'shop') +
    gateway(HTTP, 'edge', 'team') +
    vs(edge(`route: [{destination: {${host}}}], mirror: {${host}, subset: v1}`), 'web', 'team') +
    dr(`${host}, ${SUBSETS}`, 'web', namespace)
  );
}

function pod(app: string): string {
  return `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${app}, namespace: default, labels: {app: ${app}}}\nspec: {containers: [{name: app, image: app}]}\n`;
}

/** Calls of b.com leave by an egress gateway: `first` stands in the rule of the sidecars, `second` in that of the gateway. */
function egress(first: string, second: string): string {
  const to = 'istio-egressgateway.istio-system.svc.cluster.local';
  return (
    service('istio-egressgateway', 80, 'istio-system', 'out') +
    object(
      'ServiceEntry',
      'ext',
      '{hosts: [b.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}',
    ) +
    object(
      'Gateway',
      'out',
      '{selector: {app: out}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [b.com]}]}',
    ) +
    vs(
      `hosts: [b.com], gateways: [mesh, out], http: [{match: [{gateways: [mesh]}], ${first}route: [{destination: {host: ${to}, port: {number: 80}}}]}, {match: [{gateways: [out]}], ${second}route: [{destination: {host: b.com}}]}]`,
    )
  );
}
