/** Bookinfo's reviews, split in three: the text that most tests begin with. Line 1 is the first one of the VirtualService. */
export const REVIEWS = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews # owned by the reviews team
spec:
  hosts: [reviews]
  http:
  - name: testers
    match:
    - headers:
        end-user: {exact: jason}
    route:
    - destination: {host: reviews, subset: v2}
  - name: everyone
    route:
    - destination:
        host: reviews
        subset: v1
      weight: 60
    - destination:
        host: reviews
        subset: v2
      weight: 30
    - destination:
        host: reviews
        subset: v3
      weight: 10
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
spec:
  host: reviews
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
  - name: v3
    labels: {version: v3}
`;

/** A stream of so many VirtualServices with a DestinationRule each. */
export function manyDocuments(count: number): string {
  const documents: string[] = [];
  for (let at = 0; at < count / 2; at += 1) {
    const name = `svc-${String(at)}`;
    documents.push(`apiVersion: networking.istio.io/v1
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
`);
    documents.push(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
spec:
  host: ${name}
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
`);
  }
  return documents.join('---\n');
}
