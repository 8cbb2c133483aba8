import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerCommand } from './answer.ts';
import { routeCommand } from './route.ts';

const MESH = `apiVersion: v1
kind: Service
metadata: {name: reviews}
spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: reviews-1, labels: {app: reviews}}
spec: {containers: [{name: a, image: a}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  http:
  - name: api
    match: [{uri: {prefix: /api}, headers: {end-user: {exact: jason}}}]
    route: [{destination: {host: reviews}}]
  - redirect: {uri: /new}
`;

const folder = mkdtempSync(join(tmpdir(), 'route-'));
const file = join(folder, 'mesh.yaml');
writeFileSync(file, MESH);
afterAll(() => rmSync(folder, { recursive: true }));

let out = '';
let err = '';
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text: unknown) => void (err += String(text)));
});

describe('meshwright route', () => {
  it('[route] says in words what becomes of a request and why', async () => {
    expect(
      await routeCommand([file, '--from', 'default/app=web', 'http://reviews:9080/api/x', '-H', 'end-user: bob']),
    ).toBe(0);
    expect(out).toContain("curl -H 'end-user: bob' http://reviews:9080/api/x");
    expect(out).toContain('301 (direct_response) to http://reviews:9080/new');
    expect(out).toMatch(/× rule 1, match 1 api of VirtualService default\/reviews: .*end-user.*bob.*jason/);
    expect(out).toContain('→ rule 2 of VirtualService default/reviews: it takes the request: it has no condition');
  });

  it('[route] gives the decision and its reasons as JSON', async () => {
    expect(
      await routeCommand([
        file,
        '--from',
        'default',
        'reviews:9080/api',
        '-H',
        'End-User: jason',
        '-X',
        'PUT',
        '--json',
      ]),
    ).toBe(0);
    const { decision } = JSON.parse(out) as { decision: { rule: unknown; outcomes: { status: number }[] } };
    expect(decision.rule).toEqual({ resource: 'VirtualService default/reviews', path: ['spec', 'http', 0], match: 0 });
    expect(decision.outcomes.map(({ status }) => status)).toEqual([200]);
  });

  it('[route] refuses what it can’t run, and says what to write', async () => {
    expect(await routeCommand([file, 'http://reviews'])).toBe(2);
    expect(err).toContain('Usage: meshwright route');
    expect(await routeCommand([file, '--from', 'default/app', 'http://reviews'])).toBe(2);
    expect(err).toContain('"app" is no label');
    expect(await routeCommand([join(folder, 'none.yaml'), '--from', 'default', 'http://reviews'])).toBe(2);
  });
});

describe('meshwright answer', () => {
  it('[answer] answers a case a line, and a broken line with what is wrong', async () => {
    const cases = join(folder, 'cases.jsonl');
    const one = {
      name: 'a',
      config: MESH,
      proxies: { c: { type: 'sidecar', namespace: 'default' } },
      requests: [
        { id: 'q', from: 'c', port: 9080, host: 'reviews' },
        { id: 'r', from: 'x', port: 1 },
      ],
    };
    writeFileSync(cases, `${JSON.stringify(one)}\n\n{"name"\n`);
    expect(await answerCommand([cases])).toBe(0);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      name: 'a',
      results: [
        { id: 'q', outcomes: [{ probability: 1, status: 301 }] },
        { id: 'r', outcomes: [{ status: 0 }] },
      ],
    });
    expect(first).toMatchObject({
      clusters: { c: [{ name: 'outbound|9080||reviews.default.svc.cluster.local', type: 'EDS' }] },
    });
    expect(second?.['error']).toContain('no JSON');
    expect(await answerCommand([join(folder, 'none.jsonl')])).toBe(2);
  });
});
