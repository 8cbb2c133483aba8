/* Documents of examples: kind, namespace/name and spec in YAML's flow style. */

const APIS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  Deployment: 'apps/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Namespace: 'v1',
  Pod: 'v1',
  RequestAuthentication: 'security.istio.io/v1',
  Secret: 'v1',
  Service: 'v1',
  Telemetry: 'telemetry.istio.io/v1',
};

/** What of an object is neither kind, name nor spec. */
interface More {
  readonly metadata?: string;
  /** Other keys on the first level. */
  readonly top?: string;
}

/** One document, markers and all. */
export function object(kind: string, at: string, spec: string | undefined, { metadata, top }: More = {}): string {
  const [namespace, name] = at.includes('/') ? at.split('/') : [undefined, at];
  const named = [`name: ${name}`, ...(namespace === undefined ? [] : [`namespace: ${namespace}`]), metadata];
  return [
    '---',
    `apiVersion: ${APIS[kind] ?? 'networking.istio.io/v1'}`,
    `kind: ${kind}`,
    `metadata: {${named.filter((each) => each !== undefined).join(', ')}}`,
    ...(spec === undefined ? [] : [`spec: {${spec}}`]),
    ...(top === undefined ? [] : [top]),
    '',
  ].join('\n');
}

export const TO_WEB = 'route: [{destination: {host: web}}]';
export const vs = (at: string, spec: string): string => object('VirtualService', at, spec);
export const dr = (at: string, spec: string): string => object('DestinationRule', at, spec);
export const gw = (at: string, servers: string): string =>
  object('Gateway', at, `selector: {istio: ingressgateway}, servers: [${servers}]`);
export const se = (at: string, spec: string): string => object('ServiceEntry', at, spec);
export const HTTP_SERVER = '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}';
export const WEB = object('Service', 'default/web', 'selector: {app: web}, ports: [{name: http, port: 80}]');
export const pod = (spec = 'containers: [{name: web}]', metadata = 'labels: {app: web}'): string =>
  object('Pod', 'default/web-1', spec, { metadata });
/** A pod that has its sidecar. */
export const MESH_POD = pod('containers: [{name: web}, {name: istio-proxy, image: proxyv2}]');
