/** The Service that the documents below are of. */
export const WEB = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{name: http, port: 80}]}
`;

/** Retries that the route's own timeout cuts off: what only the routing engine can tell (MW-RETRY-CUT). */
export const RETRY_CUT = `${WEB}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web}
spec:
  hosts: [web]
  http:
  - timeout: 3s
    retries: {attempts: 4, perTryTimeout: 2s, retryOn: 5xx}
    route: [{destination: {host: web}}]
`;

/** A VirtualService of this name that splits its host's requests in two. */
export function splitOf(name: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
spec:
  hosts: [${name}]
  http:
  - route:
    - destination: {host: ${name}, subset: v1}
      weight: 60
    - destination: {host: ${name}, subset: v2}
      weight: 40
`;
}

/** A DestinationRule of this name with so many subsets, v1 and on. */
export function subsetsOf(name: string, count = 2): string {
  const subsets = Array.from({ length: count }, (_, at) => {
    const version = `v${String(at + 1)}`;
    return `  - name: ${version}\n    labels: {version: ${version}}\n`;
  });
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
spec:
  host: ${name}
  subsets:
${subsets.join('')}`;
}

/** A gateway `edge` that takes every host at port 80, with the `---` after it. */
export const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
---
`;

/** A VirtualService of this name; `spec` is its lines, indented, each with its end. The `---` after it is there. */
export const virtualService = (name: string, spec: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}}
spec:
${spec}---
`;
