import { describe, expect, it } from 'vitest';
import { sampleOfRegex } from './sample.ts';
import { requestOfUrl, scenarioOf } from './scenario.ts';
import { meshOf, runOf } from './testing/run-of.ts';

const scenario = (spec: string): ReturnType<typeof scenarioOf> =>
  scenarioOf(meshOf(`apiVersion: meshwright/v1\nkind: Scenario\nmetadata: {name: s}\nspec: ${spec}\n`));

describe('a Scenario document', () => {
  it('names callers, by gateway or by labels, and what they send', () => {
    expect(
      scenario(
        '{seed: 9, outboundTrafficPolicy: REGISTRY_ONLY, callers: [{name: net, gateway: "istio=ingressgateway", rate: 5, requests: [{url: "https://a.com/x", method: POST, headers: {who: 1}, share: 2}]}, {labels: {app: web}, requests: [{url: "http://b:8080"}]}]}',
      ),
    ).toEqual({
      seed: 9,
      registry: 'assumed',
      outboundTrafficPolicy: 'REGISTRY_ONLY',
      callers: [
        {
          name: 'net',
          proxy: { type: 'gateway', namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
          rate: 5,
          requests: [
            {
              request: {
                protocol: 'https',
                port: 443,
                host: 'a.com',
                sni: 'a.com',
                method: 'POST',
                path: '/x',
                headers: { who: '1' },
              },
              share: 2,
            },
          ],
        },
        {
          name: 'caller 2',
          proxy: { type: 'sidecar', namespace: 'default', labels: { app: 'web' } },
          rate: 10,
          requests: [{ request: { protocol: 'http', port: 8080, host: 'b', method: 'GET', path: '/' }, share: 1 }],
        },
      ],
    });
  });

  it('may also say a request field by field', () => {
    const { callers } = scenario(
      '{callers: [{name: a, proxy: {type: sidecar, namespace: shop, labels: {app: a}}, requests: [{share: 3, request: {port: 9080, host: reviews, path: /r, upstreamStatus: 503}}]}]}',
    );
    expect(callers).toEqual([
      {
        name: 'a',
        proxy: { type: 'sidecar', namespace: 'shop', labels: { app: 'a' } },
        rate: 10,
        requests: [
          {
            share: 3,
            request: { protocol: 'http', method: 'GET', path: '/r', host: 'reviews', port: 9080, upstreamStatus: 503 },
          },
        ],
      },
    ]);
  });

  it('counts values of the wrong kind as absent, and leaves out who sends nothing', () => {
    const read = scenario(
      '{seed: many, callers: [7, {name: a}, {name: b, requests: [{url: 3}]}, {name: c, rate: -1, requests: [{url: "http://x", share: 0}]}]}',
    );
    expect(read).toEqual({ seed: 1, registry: 'assumed', outboundTrafficPolicy: 'ALLOW_ANY', callers: [] });
  });
});

describe('a request as a URL', () => {
  it.each([
    ['reviews', { protocol: 'http', port: 80, host: 'reviews', method: 'GET', path: '/' }],
    ['http://reviews:9080/a?b=c#d', { protocol: 'http', port: 9080, host: 'reviews', method: 'GET', path: '/a?b=c' }],
    ['http://reviews?b', { protocol: 'http', port: 80, host: 'reviews', method: 'GET', path: '/?b' }],
    ['https://a.com', { protocol: 'https', port: 443, host: 'a.com', sni: 'a.com', method: 'GET', path: '/' }],
    ['tls://a.com', { protocol: 'tls', port: 443, host: 'a.com', sni: 'a.com' }],
    ['tcp://db:5432', { protocol: 'tcp', port: 5432, host: 'db' }],
    ['http://[::1]:80/', { protocol: 'http', port: 80, host: '[::1]', method: 'GET', path: '/' }],
  ])('%s', (url, request) => expect(requestOfUrl(url)).toEqual(request));

  it('without a host is none', () => expect(requestOfUrl('/path')).toBeUndefined());
});

describe('a mesh without a Scenario', () => {
  const rule = (match: string, host: string): string =>
    `  - {match: [${match}], route: [{destination: {host: ${host}}}]}`;
  const text = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: c}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec:
  hosts: ["*.example.com", shop]
  gateways: [edge, mesh]
  http:
${rule('{uri: {exact: /a}, method: {exact: POST}}', 'a')}
${rule('{headers: {x: {prefix: beta}}}', 'b')}
${rule('{uri: {regex: "/v[0-9]+/(x|y)/.*"}}', 'c')}
${rule('{sourceLabels: {app: web}, queryParams: {q: {exact: "1"}}}', 'd')}
`;

  it('is called so that every rule is taken, by everybody for whom it holds', () => {
    const { run, mesh } = runOf(text);
    const taken = new Set<string>();
    run.first(5000, ({ rule: ref, caller }) => {
      if (ref) taken.add(`${run.scenario.callers[caller]?.name ?? ''} ${ref.path.at(-1)}`);
    });
    expect([...taken].sort()).toEqual([
      'Internet 0',
      'Internet 1',
      'Internet 2',
      'any workload 0',
      'any workload 1',
      'any workload 2',
      'web 3',
    ]);
    expect(scenarioOf(mesh).callers.map(({ proxy }) => proxy.type)).toEqual(['gateway', 'sidecar', 'sidecar']);
  });

  it('has no callers where there are no rules', () => expect(scenarioOf(meshOf('')).callers).toEqual([]));
});

describe('a text for a pattern', () => {
  it.each([
    '/api/v[0-9]+/.*',
    '^(a|bc)+$',
    'x{2,3}y?',
    '\\d\\.\\w+',
    '[^/]+',
    '(?i:ab)c',
    'yes|true',
    '/users/[a-z]{3}',
    '.*\\.png',
    '',
  ])('%s is taken by it', (pattern) =>
    expect(sampleOfRegex(pattern)).toMatch(new RegExp(`^(?:${pattern.replace('(?i:', '(?:')})$`)),
  );
});
