import { describe, expect, it } from 'vitest';
import { createSession } from '../index.ts';
import type { Session } from '../types.ts';
import { fileId } from '../../base/ids.ts';
import { createAsker } from './asker.ts';
import type { RequestForm, Trace } from './types.ts';

const MESH = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["*"]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - match: [{uri: {exact: /}}]
    redirect: {uri: /home}
  - match:
    - uri: {prefix: /api}
    - uri: {prefix: /v2}
    rewrite: {uri: /}
    route: [{destination: {host: reviews, port: {number: 9080}}}]
  - match: [{uri: {prefix: /api/x}}]
    route: [{destination: {host: reviews}}]
  - route: [{destination: {host: reviews}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  http:
  - name: testers
    match: [{headers: {end-user: {exact: jason}}}]
    route: [{destination: {host: reviews, subset: v2}}]
  - name: everyone
    timeout: 5s
    route:
    - {destination: {host: reviews, subset: v1}, weight: 60}
    - {destination: {host: reviews, subset: v2}, weight: 40}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews}
spec:
  host: reviews
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
`;

function sessionOf(text: string): Session {
  const session = createSession();
  session.transact({ origin: 'import', label: 'Open', at: 0, addFiles: [{ id: fileId('a.yaml'), text }] });
  return session;
}
const form = (url: string, from = 'default', headers: RequestForm['headers'] = []): RequestForm => ({
  method: 'GET',
  url,
  from,
  headers,
});
function traceOf(asked: RequestForm, text = MESH): Trace {
  const { trace, refusal } = createAsker()(sessionOf(text), { form: asked });
  if (!trace) throw new Error(refusal);
  return trace;
}
const rowId = (session: Session, name: string): string =>
  session
    .projection()
    .graph.nodes.flatMap(({ rows }) => rows)
    .find((row) => row.name === name)?.id ?? '';

describe('createAsker', () => {
  it('says of every rule what became of it, with the line', () => {
    const { rules } = traceOf(form('http://reviews:9080/a', 'default', [['end-user', 'Jason']]));
    expect(rules.map(({ number, title, conditions, verdict }) => ({ number, title, conditions, verdict }))).toEqual([
      { number: '1', title: 'testers', conditions: ['end-user: jason'], verdict: 'failed' },
      { number: '2', title: 'everyone', conditions: [], verdict: 'taken' },
    ]);
    const [first, second] = rules;
    expect(first?.text).toBe(
      'header `end-user` is `Jason`, the rule wants exactly `jason`; upper and lower case count',
    );
    const lines = MESH.split('\n');
    expect(lines[(first?.place?.line ?? 0) - 1]).toContain('exact: jason');
    expect(lines[(second?.place?.line ?? 0) - 1]).toContain('- name: everyone');
  });

  it('numbers the entries of a rule that has several', () => {
    const { rules } = traceOf(form('http://shop.example.com/v2', 'gateway:istio=ingressgateway'));
    expect(rules.map(({ number, verdict }) => `${number} ${verdict}`)).toEqual([
      '1 failed',
      '2.1 failed',
      '2.2 taken',
      '3 later',
      '4 later',
    ]);
  });

  it('names the way to a host for which the canvas has no edge', () => {
    const outside = `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: outside}
spec: {hosts: [pay.example.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
`;
    const session = sessionOf(MESH + outside);
    const asked = form('tls://pay.example.com:443', 'default');
    const { edges, direct } = createAsker()(session, { form: asked }).trace ?? {};
    const name = new Map(session.projection().graph.nodes.map((node) => [node.id, node.name]));
    expect(edges).toEqual([]);
    expect(direct?.map(({ from, to }) => [name.get(from), name.get(to)])).toEqual([
      ['Caller default/any workload', 'ServiceEntry default/outside'],
    ]);
    expect(traceOf(form('http://reviews:9080/a', 'default')).direct).toEqual([]);
  });

  it('gives every outcome with its chance, what the workload sees, and the way on the canvas', () => {
    const { outcomes, edges, way, entry } = traceOf(form('http://reviews:9080/a', 'default', [['x', '1']]));
    expect(outcomes.map(({ probability, title, label, words }) => [probability, title, label, words])).toEqual([
      [0.6, '200', 'reviews v1', 'from reviews v1, which has 1 pod'],
      [0.4, '200', 'reviews v2', 'from reviews v2, which has 1 pod'],
    ]);
    expect(outcomes[0]?.lines).toEqual(['GET /a', 'host: reviews:9080', 'x: 1']);
    expect(edges).toHaveLength(3);
    expect(way.map(({ text }) => text)).toEqual([
      'Given up after 5 s with 504 (timeout).',
      'Tried again up to twice on connect-failure, refused-stream, unavailable, cancelled (Istio’s default). A 503 of the workload is not retried.',
    ]);
    expect(way[0]?.place?.line).toBeGreaterThan(0);
    expect(entry.length).toBeGreaterThan(0);
  });

  it.each([
    [3, '200', 'from reviews v1, which has 3 pods'],
    [0, '503', 'no healthy endpoint (UH) for reviews v1'],
  ])('counts the pods of a Deployment with %i replicas', (replicas, title, words) => {
    const text = `${MESH}---
apiVersion: v1
kind: Service
metadata: {name: reviews}
spec:
  selector: {app: reviews}
  ports: [{name: http, port: 9080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews-v1}
spec:
  replicas: ${replicas}
  template: {metadata: {labels: {app: reviews, version: v1}}, spec: {containers: []}}
`;
    const { outcomes } = traceOf(form('http://reviews:9080/'), text);
    expect(outcomes.find(({ label }) => label === 'reviews v1')).toMatchObject({ title, words });
  });

  it('says what a rewrite does', () => {
    const { way } = traceOf(form('http://shop.example.com/api/x', 'gateway:istio=ingressgateway'));
    expect(way[0]?.text).toBe('The path `/api/x` becomes `//x`.');
  });

  it('refuses a request that can’t be sent, and still says who could', () => {
    const answer = createAsker()(sessionOf(MESH), { form: form('ftp://a') });
    expect(answer.trace).toBeUndefined();
    expect(answer.refusal).toContain('http://');
    expect(answer.callers.map(({ from }) => from)).toContain('gateway:istio=ingressgateway');
  });

  it('offers requests to begin with, which all have an answer', () => {
    const session = sessionOf(MESH);
    const ask = createAsker();
    const { suggestions } = ask(session, {});
    expect(suggestions.length).toBeGreaterThan(0);
    for (const one of suggestions) expect(ask(session, { form: one }).trace?.outcomes.length).toBeGreaterThan(0);
  });

  it.each(['Rule 1', 'Rule 2', 'Rule 4'])('makes a request up that reaches %s', (rule) => {
    const session = sessionOf(MESH);
    const name = `${rule} of VirtualService default/shop`;
    const { about, trace } = createAsker()(session, { rule: rowId(session, name) });
    expect(about).toEqual({ reached: true, text: `This request reaches ${name}.` });
    expect(trace?.rules.find(({ verdict }) => verdict === 'taken')?.number).toMatch(new RegExp(`^${rule.slice(-1)}`));
  });

  it('lets a workload that the Scenario names send it', () => {
    const scenario = `---
apiVersion: meshwright/v1
kind: Scenario
spec:
  callers: [{name: web, labels: {app: web}, requests: [{url: "http://reviews:9080/"}]}]
`;
    const session = sessionOf(`${MESH}${scenario}`);
    const { form: made } = createAsker()(session, { rule: rowId(session, 'Rule 1 of VirtualService default/reviews') });
    expect(made).toEqual(form('http://reviews:9080/', 'default/app=web', [['end-user', 'jason']]));
  });

  it('says which rule eats one that nothing reaches', () => {
    const session = sessionOf(MESH);
    const name = 'Rule 3 of VirtualService default/shop';
    const { about, form: made } = createAsker()(session, { rule: rowId(session, name) });
    expect(about?.reached).toBe(false);
    expect(about?.text).toContain('rule 2 of VirtualService default/shop takes the request first');
    expect(made?.url).toBe('http://shop.example.com/api/x');
  });

  it('answers anew after an edit, and judges what is kept', () => {
    const kept = `${MESH}---
apiVersion: meshwright/v1
kind: Scenario
spec:
  tests:
  - name: home
    from: default/app=web
    url: http://reviews:9080/
    expect: {status: 200, cluster: outbound|9080|v1|reviews.default.svc.cluster.local}
`;
    const session = sessionOf(kept);
    const ask = createAsker();
    expect(ask(session, {}).kept).toMatchObject([
      { name: 'home', passes: true, expected: '200 from reviews v1', now: '200 from reviews v1' },
    ]);
    const at = kept.indexOf('weight: 60') + 8;
    session.transact({
      origin: 'type',
      label: 'Type',
      at: 1,
      changes: new Map([[fileId('a.yaml'), [{ from: at, to: at + 2, insert: '30' }]]]),
    });
    expect(ask(session, {}).kept).toMatchObject([{ passes: false, now: '200 from reviews v2' }]);
  });
});
