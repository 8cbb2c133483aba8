import { dr, MESH_POD, object, pod, se, TO_WEB, vs, WEB } from './documents.ts';
import { cases } from './types.ts';

const namespace = (labels: string): string =>
  object('Namespace', 'default', undefined, { metadata: `labels: {${labels}}` });
const INJECTED = namespace('istio-injection: enabled');
const sidecar = (name: string, spec: string): string =>
  object('Sidecar', `default/${name}`, `${spec}egress: [{hosts: ['./*']}]`);
const FOR_WEB = 'workloadSelector: {labels: {app: web}}, ';
const telemetry = (name: string, spec: string): string => object('Telemetry', `default/${name}`, spec);
const DEPLOYMENT = object(
  'Deployment',
  'default/web',
  'selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}',
);
const service = (name: string, port: string): string =>
  object('Service', `default/${name}`, `selector: {app: web}, ports: [{name: http, ${port}}]`);
const patch = (applyTo: string, operation: string, more = ''): string =>
  object(
    'EnvoyFilter',
    'default/web',
    `${more}configPatches: [{applyTo: ${applyTo}, patch: {operation: ${operation}, value: {name: a}}}]`,
  );
const versioned = (more: string): string =>
  object(
    'EnvoyFilter',
    'default/web',
    `${more}configPatches: [{applyTo: HTTP_FILTER, match: {proxy: {proxyVersion: '^1.*'}}, patch: {operation: INSERT_FIRST, value: {name: a}}}, {applyTo: HTTP_FILTER, patch: {operation: INSERT_BEFORE, value: {name: a}}}]`,
  );
const istiod = (env: string): string =>
  object('Deployment', 'istio-system/istiod', `template: {spec: {containers: [{name: discovery, env: [${env}]}]}}`, {
    metadata: 'labels: {app: istiod}',
  });
const TOKENS = object(
  'RequestAuthentication',
  'default/tokens',
  'jwtRules: [{issuer: shop, jwksUri: "https://id.example.com/keys"}]',
);
const crd = (version: string): string =>
  object('CustomResourceDefinition', 'grpcroutes.gateway.networking.k8s.io', 'group: gateway.networking.k8s.io', {
    metadata: `annotations: {gateway.networking.k8s.io/bundle-version: ${version}}`,
  });
const accepted = (status: string): string =>
  object('HTTPRoute', 'default/web', 'parentRefs: [{name: edge}]', {
    top: `status: {parents: [{conditions: [{type: Accepted, status: "${status}", reason: NoMatchingParent, message: no listener}]}]}`,
  });
const ROUTE = `hosts: [web], http: [{${TO_WEB}`;
const AMBIENT_POLICY = object('AuthorizationPolicy', 'default/web', 'selector: {matchLabels: {app: edge}}');
const EDGE_POD = pod(undefined, 'labels: {app: edge, gateway.networking.k8s.io/gateway-name: edge}');

/** Messages of istioctl about one object, or about objects of one kind that meet. */
export const OBJECT_CASES = cases([
  [
    'IST0002',
    'Something that is on its way out',
    'Istio still reads it, and will not for ever.',
    WEB + vs('default/web', `${ROUTE}, fault: {delay: {fixedDelay: 1s, percent: 5}}}]`),
    WEB + vs('default/web', `${ROUTE}, fault: {delay: {fixedDelay: 1s, percentage: {value: 5}}}}]`),
  ],
  [
    'IST0102',
    'A namespace without sidecars',
    'Its pods are not in the mesh: rules of the mesh do not hold for what they send.',
    namespace('team: shop'),
    INJECTED,
  ],
  [
    'IST0103',
    'A pod without its sidecar',
    'The namespace gives sidecars to new pods; this one was there before, so the rules of the mesh do not hold for what it sends.',
    INJECTED + pod(),
    INJECTED + MESH_POD,
  ],
  [
    'IST0106',
    'A rule of the webhook that is broken',
    'The object is refused. Each rule has a page of its own, by its code.',
    WEB + vs('default/web', `${ROUTE}, timeout: 0s}]`),
    WEB + vs('default/web', `${ROUTE}, timeout: 5s}]`),
  ],
  [
    'IST0107',
    'An annotation on the wrong kind',
    'Istio looks for it elsewhere, so here it does nothing. Those for pods stand in a Deployment’s template.',
    object('Service', 'default/web', 'ports: [{name: http, port: 80}]', {
      metadata: 'annotations: {sidecar.istio.io/logLevel: debug}',
    }),
    WEB + pod(undefined, 'labels: {app: web}, annotations: {sidecar.istio.io/logLevel: debug}'),
  ],
  [
    'IST0108',
    'An annotation that Istio does not know',
    'It does nothing; mostly it is misspelt.',
    object('Service', 'default/web', 'ports: [{name: http, port: 80}]', {
      metadata: 'annotations: {networking.istio.io/exportsTo: "."}',
    }),
    object('Service', 'default/web', 'ports: [{name: http, port: 80}]', {
      metadata: 'annotations: {networking.istio.io/exportTo: "."}',
    }),
  ],
  [
    'IST0110',
    'Two Sidecars for one pod',
    'One of the two is used, and which one is left open.',
    MESH_POD + sidecar('one', FOR_WEB) + sidecar('two', FOR_WEB),
    MESH_POD + sidecar('one', FOR_WEB),
  ],
  [
    'IST0111',
    'Two Sidecars for a whole namespace',
    'One of the two is used, and which one is left open.',
    MESH_POD + sidecar('one', '') + sidecar('two', ''),
    MESH_POD + sidecar('one', '') + sidecar('two', FOR_WEB),
  ],
  [
    'IST0116',
    'A port with two protocols',
    'Services of one Deployment give its port different protocols, and a listener speaks one.',
    INJECTED + DEPLOYMENT + service('web', 'port: 80, protocol: TCP') + service('other', 'port: 80, protocol: UDP'),
    INJECTED + DEPLOYMENT + service('web', 'port: 80, protocol: TCP') + service('other', 'port: 80, protocol: TCP'),
  ],
  [
    'IST0118',
    'A port whose name tells no protocol',
    'Istio then looks at the first bytes of each connection, and takes what it does not know for TCP: HTTP rules do not hold.',
    service('web', 'port: 80').replace('name: http', 'name: web'),
    service('web', 'port: 80').replace('name: http', 'name: http-web'),
  ],
  [
    'IST0123',
    'Several labels that say how pods join the mesh',
    'Which of them counts depends on the webhooks that are installed.',
    namespace('istio-injection: enabled, istio.io/rev: canary'),
    INJECTED,
  ],
  [
    'IST0125',
    'A value that an annotation does not take',
    'The sidecar is not injected, or starts with another setting.',
    pod(undefined, 'labels: {app: web}, annotations: {sidecar.istio.io/interceptionMode: redirect}'),
    pod(undefined, 'labels: {app: web}, annotations: {sidecar.istio.io/interceptionMode: REDIRECT}'),
  ],
  [
    'IST0128',
    'TLS without a check of the server',
    'Without an authority any certificate is taken, so nobody knows who answers.',
    WEB + dr('default/web', 'host: web, trafficPolicy: {tls: {mode: SIMPLE}}'),
    WEB + dr('default/web', 'host: web, trafficPolicy: {tls: {mode: SIMPLE, caCertificates: system}}'),
  ],
  [
    'IST0129',
    'TLS of a port without a check of the server',
    'Without an authority any certificate is taken, so nobody knows who answers.',
    WEB +
      dr('default/web', 'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}'),
    WEB +
      dr(
        'default/web',
        'host: web, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE, caCertificates: system}}]}',
      ),
  ],
  [
    'IST0130',
    'A rule that no request reaches',
    'Rules are tried in order; one before this one takes every request that it could take.',
    WEB + vs('default/web', `${ROUTE}}, {match: [{uri: {prefix: /a}}], ${TO_WEB}}]`),
    WEB + vs('default/web', `hosts: [web], http: [{match: [{uri: {prefix: /a}}], ${TO_WEB}}, {${TO_WEB}}]`),
  ],
  [
    'IST0131',
    'A condition that never decides',
    'A condition before this one takes the same requests.',
    WEB + vs('default/web', `hosts: [web], http: [{match: [{uri: {prefix: /a}}, {uri: {prefix: /ab}}], ${TO_WEB}}]`),
    WEB + vs('default/web', `hosts: [web], http: [{match: [{uri: {prefix: /ab}}, {uri: {prefix: /a}}], ${TO_WEB}}]`),
  ],
  [
    'IST0133',
    'Something that the webhook warns of',
    'The object is accepted. Each rule has a page of its own, by its code.',
    WEB + vs('default/web', `${ROUTE}, mirror: {host: web}, mirrorPercent: 5}]`),
    WEB + vs('default/web', `${ROUTE}, mirror: {host: web}, mirrorPercentage: {value: 5}}]`),
  ],
  [
    'IST0134',
    'A TCP port without addresses',
    'A TCP connection is told by its address. Where istiod allocates one, this can be muted.',
    se('default/db', 'hosts: [db.example.com], ports: [{number: 3306, name: tcp, protocol: TCP}], resolution: DNS'),
    se(
      'default/db',
      'hosts: [db.example.com], addresses: [203.0.113.10], ports: [{number: 3306, name: tcp, protocol: TCP}], resolution: DNS',
    ),
  ],
  [
    'IST0135',
    'An annotation that is on its way out',
    'Istio still reads it, and will not for ever.',
    pod(undefined, 'labels: {app: web}, annotations: {sidecar.istio.io/inject: "false"}'),
    pod(undefined, 'labels: {app: web, sidecar.istio.io/inject: "false"}'),
  ],
  [
    'IST0137',
    'One port of a workload behind different ports',
    'Services lead different ports to one port of the workload, so what is said of one of them counts for the other.',
    INJECTED +
      DEPLOYMENT +
      service('web', 'port: 80, targetPort: 8080') +
      service('other', 'port: 8081, targetPort: 8080'),
    INJECTED + DEPLOYMENT + service('web', 'port: 80, targetPort: 8080'),
  ],
  [
    'IST0144',
    'A workload that runs as the sidecar’s user',
    'What user 1337 sends is not captured, lest the sidecar capture itself: the workload’s requests bypass the mesh.',
    pod('securityContext: {runAsUser: 1337}, containers: [{name: web}]'),
    pod('securityContext: {runAsUser: 1000}, containers: [{name: web}]'),
  ],
  [
    'IST0150',
    'A port of an ExternalName Service that tells no protocol',
    'Istio takes every connection to that port, whichever host it is for.',
    object(
      'Service',
      'default/ext',
      'type: ExternalName, externalName: api.example.com, ports: [{name: tcp, port: 443}]',
    ),
    object(
      'Service',
      'default/ext',
      'type: ExternalName, externalName: api.example.com, ports: [{name: https, port: 443}]',
    ),
  ],
  [
    'IST0151',
    'A patch that goes by its neighbours',
    'Without a priority the filter that it goes by may not be there yet when it is applied.',
    patch('HTTP_FILTER', 'INSERT_BEFORE'),
    patch('HTTP_FILTER', 'INSERT_BEFORE', 'priority: 10, '),
  ],
  [
    'IST0152',
    'REPLACE where it does nothing',
    'Istio carries it out for NETWORK_FILTER, HTTP_FILTER and VIRTUAL_HOST only.',
    patch('CLUSTER', 'REPLACE'),
    patch('CLUSTER', 'MERGE'),
  ],
  [
    'IST0153',
    'ADD where it does nothing',
    'Istio does not carry it out for routes.',
    patch('HTTP_ROUTE', 'ADD'),
    patch('HTTP_ROUTE', 'MERGE'),
  ],
  [
    'IST0154',
    'REMOVE where it does nothing',
    'Istio does not carry it out for routes.',
    patch('ROUTE_CONFIGURATION', 'REMOVE'),
    patch('ROUTE_CONFIGURATION', 'MERGE'),
  ],
  [
    'IST0155',
    'A patch of some versions, and one of all',
    'The one that names proxyVersion may not be applied, and the other then goes by what is not there.',
    versioned(''),
    versioned('priority: 10, '),
  ],
  [
    'IST0157',
    'Access logs that go nowhere',
    'Without a provider nothing is written.',
    telemetry('logs', 'accessLogging: [{}]'),
    telemetry('logs', 'accessLogging: [{providers: [{name: envoy}]}]'),
  ],
  [
    'IST0159',
    'Two Telemetries for one pod',
    'One of the two is used.',
    MESH_POD +
      telemetry('one', 'selector: {matchLabels: {app: web}}') +
      telemetry('two', 'selector: {matchLabels: {app: web}}'),
    MESH_POD + telemetry('one', 'selector: {matchLabels: {app: web}}'),
  ],
  [
    'IST0160',
    'Two Telemetries for a whole namespace',
    'One of the two is used.',
    telemetry('one', 'tracing: [{}]') + telemetry('two', 'tracing: [{}]'),
    telemetry('one', 'tracing: [{}]'),
  ],
  [
    'IST0166',
    'A selector on pods of the Gateway API',
    'Gateways and waypoints of the Gateway API heed targetRefs only, so the policy does nothing there.',
    EDGE_POD + AMBIENT_POLICY,
    EDGE_POD +
      object(
        'AuthorizationPolicy',
        'default/web',
        'targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: edge}]',
      ),
  ],
  [
    'IST0167',
    'A Sidecar in ambient mode',
    'There are no sidecars in ambient mode, so it changes nothing.',
    namespace('istio.io/dataplane-mode: ambient') + sidecar('all', ''),
    INJECTED + sidecar('all', ''),
  ],
  [
    'IST0171',
    'A condition that the cluster says is not so',
    'The object was accepted, and does not do what it says.',
    accepted('False'),
    accepted('True'),
  ],
  [
    'IST0175',
    'An istiod that fetches keys from anywhere',
    'Who may write a RequestAuthentication can make istiod send requests into the network around it.',
    TOKENS + istiod(''),
    TOKENS + istiod('{name: BLOCKED_CIDRS_IN_JWKS_URIS, value: 10.0.0.0/8}'),
  ],
  [
    'IST0176',
    'CRDs of the Gateway API that are too old',
    'Istio ignores objects of versions that it does not know.',
    crd('v1.0.0'),
    crd('v1.4.0'),
  ],
  [
    'REF-DELEGATE',
    'A delegate that is not there',
    'The rule is left out: its requests go on to the next one, or get 404.',
    WEB + vs('default/web', 'hosts: [web], http: [{delegate: {name: ghost}}]'),
    WEB +
      vs('default/web', 'hosts: [web], http: [{delegate: {name: part}}]') +
      vs('default/part', `http: [{${TO_WEB}}]`),
  ],
]);
