import type { KubernetesServicePort } from './specs.ts';

const PROTOCOLS = new Set([
  'TCP',
  'UDP',
  'GRPC',
  'GRPC-WEB',
  'HTTP',
  'HTTP_PROXY',
  'HTTP2',
  'HTTPS',
  'TLS',
  'MONGO',
  'REDIS',
  'MYSQL',
]);
const HTTP_FAMILY = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB']);
/** SMTP, DNS, MySQL, MongoDB: the server speaks first, so nothing can be found out from the traffic. */
const TCP_WHEN_UNNAMED = new Set([25, 53, 3306, 27017]);
const APP_PROTOCOLS: Readonly<Record<string, string>> = {
  'kubernetes.io/h2c': 'HTTP2',
  'kubernetes.io/ws': 'HTTP',
  'kubernetes.io/wss': 'HTTPS',
};

/** What a port's protocol is called when Istio finds it out from the traffic. */
export const AUTO_PROTOCOL = 'auto';

/** A protocol's name in capitals, `auto` for what Istio does not know. Source: istio pkg/config/protocol Parse. */
export function parseProtocol(text: string): string {
  const name = text.toUpperCase();
  return PROTOCOLS.has(name) ? name : AUTO_PROTOCOL;
}

/** Whether Istio routes requests of this protocol by HTTP rules: HTTP, HTTP2, GRPC, GRPC-WEB, HTTP_PROXY. */
export function isHttpProtocol(protocol: string): boolean {
  return HTTP_FAMILY.has(protocol.toUpperCase());
}

/** The protocol of a Kubernetes Service's port: appProtocol, else the name up to its first `-`. Source: istio kube ConvertProtocol. */
export function servicePortProtocol(port: KubernetesServicePort): string {
  if (port.protocol === 'UDP') return 'UDP';
  const special = port.appProtocol === undefined ? undefined : APP_PROTOCOLS[port.appProtocol];
  if (special !== undefined) return special;
  const name = port.appProtocol ?? port.name ?? '';
  if (/^grpc-web/i.test(name)) return 'GRPC-WEB';
  const protocol = parseProtocol(name.split('-', 1)[0] ?? '');
  return protocol === AUTO_PROTOCOL && TCP_WHEN_UNNAMED.has(port.port ?? 0) ? 'TCP' : protocol;
}
