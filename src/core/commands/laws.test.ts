import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { createSession } from '../workspace/index.ts';
import { EXTERNAL, GATEWAY, REVIEWS, REVIEWS_RULE } from '../workspace/testing/bookinfo.ts';
import { chanceFrom, judgeGesture, randomGesture } from './testing/random-gestures.ts';

const FLOW = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: flow, namespace: shop}
spec:
    hosts: [ratings]   # one
    http:
      # the first
      - route: [{destination: {host: ratings, subset: v1}, weight: 80}, {destination: {host: ratings}, weight: 20}]
        timeout: 5s    # long

      # the second
      - match:
          - uri:
                prefix: "/x"
        route:
          - {destination: {host: ratings}}
`;
const LIST = `apiVersion: v1
kind: List
items:
- apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata:
    name: tcp
  spec:
    hosts: [db]
    tcp:
    - route:
      - destination: {host: db}
    - match: [{port: 1}]
      route:
      - destination: {host: db}
        weight: 1
      - destination: {host: db, subset: old}
        weight: 2
`;
const parts = [REVIEWS, REVIEWS_RULE, GATEWAY, EXTERNAL, FLOW, LIST, '# only words\n', 'kind: Broken\n  a: [\n'];
const ends = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\uFEFF${text}`,
  (text) => text.trimEnd(),
  (text) => text.replace(/\n/g, ' \n'),
);

describe('gestures', () => {
  // Each run opens four sessions: a third of the usual number, but for the long run.
  const numRuns = Number(process.env['LAWS_RUNS'] ?? 100);

  it('[I M L] write inside the lines they are about, mean what they say, and can be taken back to the byte', () => {
    const stream = fc.tuple(fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 4 }), ends);
    fc.assert(
      fc.property(stream, fc.nat(), ([documents, end], seed) => {
        const text = end(documents.join('---\n'));
        const texts = { 'a.yaml': text, 'b.yaml': FLOW.replace('name: flow', 'name: other') };
        const files = Object.entries(texts).map(([id, body]) => ({ id: fileId(id), text: body }));
        const projection = createSession({ files }).projection();
        const gesture = randomGesture(projection, chanceFrom(seed));
        if (gesture === undefined) return;
        const { wrong } = judgeGesture(texts, gesture, projection);
        expect(wrong === undefined ? undefined : [wrong, gesture]).toBeUndefined();
      }),
      { numRuns },
    );
  });
});
