import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/index.ts';
import { meshOf } from '../graph/testing/mesh-of.ts';
import { SEGMENT_FIELDS } from '../simulation/types.ts';
import type { TrafficWindow } from '../simulation/types.ts';
import { createTraffic } from './traffic.ts';

const config = (v1: number, comment = ''): string => `${comment}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - match: [{uri: {prefix: /api}}]
    delegate: {name: api}
  - match: [{uri: {prefix: /old}}]
    redirect: {uri: /}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api}
spec:
  http:
  - mirror: {host: audit}
    route: [{destination: {host: a}, weight: ${v1}}, {destination: {host: b}, weight: 1}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: inner}
spec:
  hosts: [inner]
  http: [{match: [{sourceLabels: {app: other}}], route: [{destination: {host: inner}}]}]
---
apiVersion: meshwright/v1
kind: Scenario
metadata: {name: s}
spec:
  callers:
  - {name: net, gateway: "istio=ingressgateway", rate: 20, requests: [{url: "http://shop.example.com/api/x"}, {url: "http://shop.example.com/old"}, {url: "http://shop.example.com/none"}]}
  - {name: web, labels: {app: web}, rate: 10, requests: [{url: "http://inner"}, {url: "http://a"}]}
`;

function follow(
  text: string,
  traffic = createTraffic(),
): { traffic: ReturnType<typeof createTraffic>; run: number; edges: Set<string> } {
  const mesh = meshOf(text);
  const graph = buildGraph(mesh);
  return { traffic, run: traffic.follow({ mesh, graph }), edges: new Set(graph.edges.map(({ id }) => id)) };
}

/** The ways that requests of a window took, each once, with how they ended. */
function waysOf(window: TrafficWindow | undefined): string[] {
  const ways = new Map<number, string[]>();
  const { segments = new Float64Array(0), edges = [] } = window ?? {};
  for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
    const list = ways.get(segments[at + 5] ?? -1) ?? [];
    list.push((edges[segments[at] ?? -1] ?? '').split('/')[0] ?? '');
    ways.set(segments[at + 5] ?? -1, list);
  }
  return [...new Set([...ways.values()].map((way) => way.join(' ')))].sort();
}

describe('traffic', () => {
  it('leads over edges that the graph has, from the caller to where each request ends', () => {
    const { traffic, run, edges } = follow(config(3));
    const window = traffic.window(run, 0, 20_000_000);
    for (const edge of window?.edges ?? []) expect(edges).toContain(edge);
    expect(waysOf(window)).toEqual([
      'enter', // straight to a service that no rules govern
      'enter bind', // redirected, or taken by no rule
      'enter bind delegate mirror route',
      'enter rest', // no rule is for this caller
    ]);
  });

  it('flows forward: hops follow one another, and arrive after they departed', () => {
    const { traffic, run } = follow(config(3));
    const { segments = new Float64Array(0) } = traffic.window(run, 0, 5_000_000) ?? {};
    expect(segments.length).toBeGreaterThan(0);
    for (let at = 0; at < segments.length; at += SEGMENT_FIELDS)
      expect(segments[at + 2]).toBeGreaterThan(segments[at + 1] ?? 0);
  });

  it('counts the same in small windows as in a large one, and after a jump back', () => {
    const { traffic, run } = follow(config(3));
    for (let from = 0; from < 10; from += 1) traffic.window(run, from * 1e6, (from + 1) * 1e6);
    const small = traffic.window(run, 10e6, 11e6);
    const other = follow(config(3));
    const large = other.traffic.window(other.run, 0, 11e6);
    expect(small?.counters).toEqual(large?.counters);
    expect(small?.requests).toBe(large?.requests);
    traffic.window(run, 0, 5e6);
    expect(traffic.window(run, 5e6, 11e6)?.counters).toEqual(large?.counters);
  });

  it('is a new run when a value changes or it begins anew, not when only a comment does', () => {
    const { traffic, run } = follow(config(3));
    expect(follow(config(3, '# a word\n'), traffic).run).toBe(run);
    const next = follow(config(4), traffic).run;
    expect(next).toBeGreaterThan(run);
    expect(traffic.window(run, 0, 1e6)).toBeUndefined();
    const again = traffic.restart(99);
    expect(again).toBeGreaterThan(next);
    expect(traffic.window(again, 0, 1e6)?.run).toBe(again);
  });

  it('shows counters in the colours of the canvas', () => {
    const { traffic, run } = follow(config(3));
    const counters = traffic.window(run, 0, 60e6)?.counters ?? [];
    expect(counters.map(({ label, hue, expected }) => [label, hue, expected])).toEqual([
      ['a', 0, 0.75],
      ['b', 1, 0.25],
    ]);
  });
});
