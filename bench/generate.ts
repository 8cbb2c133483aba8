/** A stream of `count` documents of the shape that real meshes have: per service a Service, a split and its subsets; a Gateway for every ten. */
export function generateStream(count: number): string {
  const documents: string[] = [];
  for (let n = 0; documents.length < count; n += 1) {
    const namespace = `team-${n % 25}`;
    if (n % 10 === 0) documents.push(gateway(n, namespace));
    documents.push(virtualService(n, namespace), destinationRule(n, namespace), service(n, namespace));
  }
  return documents.slice(0, count).join('---\n');
}

const head = (apiVersion: string, kind: string, name: string, namespace: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;

function service(n: number, namespace: string): string {
  return `${head('v1', 'Service', `shop-${n}`, namespace)}spec:\n  selector:\n    app: shop-${n}\n  ports:\n  - name: http\n    port: 8080\n`;
}

function gateway(n: number, namespace: string): string {
  return `${head('networking.istio.io/v1', 'Gateway', `edge-${n}`, namespace)}spec:
  selector:
    istio: ingressgateway
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["*.team-${n}.example.com"]   # everything of the team
`;
}

function virtualService(n: number, namespace: string): string {
  const edge = n - (n % 10);
  return `${head('networking.istio.io/v1', 'VirtualService', `shop-${n}`, namespace)}spec:
  hosts:
  - shop-${n}
  - shop-${n}.team-${edge}.example.com
  gateways:
  - mesh
  - team-${edge % 25}/edge-${edge}
  http:
  - name: testers
    match:
    - headers:
        end-user:
          exact: jason
    route:
    - destination:
        host: shop-${n}
        subset: v2
  - match:
    - uri:
        prefix: /api/${n}
    - uri:
        exact: /health
    timeout: 5s
    route:
    - destination:
        host: shop-${n}
        subset: v1
  - route:
    - destination:
        host: shop-${n}
        subset: v1
      weight: 90   # raise by ten a day
    - destination:
        host: shop-${n}
        subset: v2
      weight: 10
`;
}

function destinationRule(n: number, namespace: string): string {
  return `${head('networking.istio.io/v1', 'DestinationRule', `shop-${n}`, namespace)}spec:
  host: shop-${n}
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
    trafficPolicy:
      loadBalancer: {simple: ROUND_ROBIN}
`;
}
