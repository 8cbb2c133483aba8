import { dr, gw, HTTP_SERVER, MESH_POD, object, pod, se, TO_WEB, vs, WEB } from './documents.ts';
import { cases } from './types.ts';

const edge = (spec: string): string => vs('default/edge', `hosts: [shop.example.com], gateways: [edge], ${spec}`);
const route = (destination: string): string => `http: [{route: [{destination: {${destination}}}]}]`;
const policy = (label: string): string =>
  object('AuthorizationPolicy', 'default/web', `selector: {matchLabels: {app: ${label}}}`);
const TWO_PORTS = object('Service', 'default/web', 'ports: [{name: http, port: 80}, {name: http-admin, port: 8080}]');
const secured = (at: string, host: string, certificate: string): string =>
  gw(
    at,
    `{port: {number: 443, name: https, protocol: HTTPS}, hosts: [${host}], tls: {mode: SIMPLE, credentialName: ${certificate}}}`,
  );
const CLAIM =
  "http: [{match: [{headers: {'@request.auth.claims.group': {exact: a}}}], route: [{destination: {host: web}}]}]";

/** Messages of istioctl about what objects name, and about what they share. */
export const REFERENCE_CASES = cases([
  [
    'IST0101',
    'Something that is named and not there',
    'A route to a host that Istio does not know answers 503, one to a subset that no DestinationRule defines too, and rules of a gateway that is not there hold nowhere. istioctl looks for the exact name: a short name, or the full name with .svc.cluster.local.',
    WEB + vs('default/web', `hosts: [web], ${route('host: webb')}`),
    WEB + vs('default/web', `hosts: [web], ${route('host: web')}`),
  ],
  [
    'IST0109',
    'A host that two VirtualServices of the mesh claim',
    'In the mesh the rules of two VirtualServices for one host are not merged: one of the two is used, and which one can change with time.',
    WEB +
      vs('default/one', `hosts: [web], http: [{${TO_WEB}}]`) +
      vs('default/two', `hosts: [web], http: [{${TO_WEB}}]`),
    WEB + vs('default/one', `hosts: [web], http: [{match: [{uri: {prefix: /a}}], ${TO_WEB}}, {${TO_WEB}}]`),
  ],
  [
    'IST0112',
    'A destination that has several ports',
    'Without a port Istio uses the port that the request came to, and nobody is there if the service does not have it.',
    TWO_PORTS + vs('default/web', `hosts: [web], ${route('host: web')}`),
    TWO_PORTS + vs('default/web', `hosts: [web], ${route('host: web, port: {number: 80}')}`),
  ],
  [
    'IST0127',
    'A policy that is for no workload',
    'No pod with a sidecar has the labels of the selector, so the policy protects nothing.',
    MESH_POD + policy('api'),
    MESH_POD + policy('web'),
  ],
  [
    'IST0132',
    'A host that the gateway is not open for',
    'The gateway answers 404 for hosts that none of its servers has, so these rules are never asked.',
    WEB + gw('default/edge', HTTP_SERVER.replace('shop', 'www')) + edge(`http: [{${TO_WEB}}]`),
    WEB + gw('default/edge', HTTP_SERVER) + edge(`http: [{${TO_WEB}}]`),
  ],
  [
    'IST0138',
    'A certificate that two Gateways use',
    'A browser keeps one connection for all hosts of a certificate, and sends requests for the host of one Gateway to the other, which answers 404.',
    secured('default/one', 'a.example.com', 'shared') + secured('default/two', 'b.example.com', 'shared'),
    secured('default/one', 'a.example.com', 'one') + secured('default/two', 'b.example.com', 'two'),
  ],
  [
    'IST0140',
    'Rules of the mesh that the gateway does not see',
    'The gateway routes to the host itself. The split of that host into subsets is written in a VirtualService of the mesh, which is not asked at the gateway, so requests from outside go to all subsets.',
    WEB +
      dr('default/web', 'host: web, subsets: [{name: v1, labels: {version: v1}}]') +
      vs('default/web', `hosts: [web], ${route('host: web, subset: v1')}`) +
      gw('default/edge', HTTP_SERVER) +
      edge(route('host: web')),
    WEB +
      dr('default/web', 'host: web, subsets: [{name: v1, labels: {version: v1}}]') +
      vs('default/web', `hosts: [web], ${route('host: web, subset: v1')}`) +
      gw('default/edge', HTTP_SERVER) +
      edge(route('host: web, subset: v1')),
  ],
  [
    'IST0145',
    'A host that two Gateways open on one port',
    'The servers of all Gateways on one port are put together, and the later one with the host is left out.',
    gw('default/one', HTTP_SERVER) + gw('default/two', HTTP_SERVER),
    gw('default/one', HTTP_SERVER) + gw('default/two', HTTP_SERVER.replace('shop', 'www')),
  ],
  [
    'IST0149',
    'Claims of a token that nobody verified',
    'The gateway reads claims only from tokens that a RequestAuthentication checked. Without one the rule never matches.',
    WEB + gw('default/edge', HTTP_SERVER) + edge(CLAIM),
    WEB +
      gw('default/edge', HTTP_SERVER) +
      edge(CLAIM) +
      object(
        'RequestAuthentication',
        'istio-system/tokens',
        'jwtRules: [{issuer: shop, jwksUri: "https://id.example.com/keys"}]',
      ),
  ],
  [
    'IST0161',
    'A Secret that is no certificate',
    'The gateway can’t open the port with it: the Secret needs tls.crt and tls.key (or cert and key), and a certificate that is valid now.',
    secured('default/edge', 'shop.example.com', 'shop') +
      object('Secret', 'istio-system/shop', undefined, { top: 'data: {password: c2VjcmV0}' }),
  ],
  [
    'IST0162',
    'A port that the gateway’s Service does not open',
    'The gateway listens on the port, but no Service leads requests from outside to it.',
    gw('default/edge', HTTP_SERVER.replace('80', '8081')),
    gw('default/edge', HTTP_SERVER),
  ],
  [
    'IST0165',
    'A gateway that Istio made for itself',
    'istiod makes it from an object of the Gateway API, and its name and shape can change.',
    vs(
      'default/web',
      `hosts: [shop.example.com], gateways: ["istio-system/edge~istio-autogenerated-k8s-gateway~default"], http: [{${TO_WEB}}]`,
    ) + WEB,
    WEB + gw('default/edge', HTTP_SERVER) + edge(`http: [{${TO_WEB}}]`),
  ],
  [
    'IST0173',
    'A subset that no pod belongs to',
    'Requests to the subset find no pod: 503.',
    WEB + pod() + dr('default/web', 'host: web, subsets: [{name: v3, labels: {version: v3}}]'),
    WEB +
      pod(undefined, 'labels: {app: web, version: v3}') +
      dr('default/web', 'host: web, subsets: [{name: v3, labels: {version: v3}}]'),
  ],
  [
    'IST0174',
    'A DestinationRule for a host that is not there',
    'No request goes to the host, so the rule is never used.',
    WEB + dr('default/web', 'host: webb, trafficPolicy: {loadBalancer: {simple: RANDOM}}'),
    WEB + dr('default/web', 'host: web, trafficPolicy: {loadBalancer: {simple: RANDOM}}'),
  ],
  [
    'IST0177',
    'A port with two protocols',
    'For one host and port there is one listener, so one of the protocols is not spoken.',
    se('default/one', 'hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS') +
      se(
        'default/two',
        'hosts: [api.example.com], ports: [{number: 443, name: http, protocol: HTTP}], resolution: DNS',
      ),
    se('default/one', 'hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS'),
  ],
  [
    'NAME-TWICE',
    'Two objects of one name',
    'kubectl apply writes the second one over the first, so the first is gone.',
    dr('default/web', 'host: web') + dr('default/web', 'host: api'),
    dr('default/web', 'host: web') + dr('default/api', 'host: api'),
  ],
]);
