import { splitOf, subsetsOf } from '../../src/core/workspace/testing/samples.ts';

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
${subsetsOf('reviews', 3)}`;

/** A stream of so many VirtualServices with a DestinationRule each. */
export function manyDocuments(count: number): string {
  const documents = Array.from({ length: Math.ceil(count / 2) }, (_, at) => {
    const name = `svc-${String(at)}`;
    return [splitOf(name), subsetsOf(name)];
  });
  return documents.flat().join('---\n');
}
