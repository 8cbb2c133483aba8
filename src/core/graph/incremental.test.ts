import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, layoutGraph, placeNew } from './index.ts';
import { followIds } from './build/identity.ts';
import { meshOf } from './testing/mesh-of.ts';
import type { Graph } from './types.ts';

/** A document with the slot that it keeps through edits. */
interface Doc {
  readonly slot: string;
  readonly text: string;
}

const names = fc.constantFrom('a', 'b', 'c');
const subsets = fc.subarray(['v1', 'v2', 'v3']);
const destination = fc.record({
  host: names,
  subset: fc.option(fc.constantFrom('v1', 'v2', 'v3'), { nil: undefined }),
});
const rule = fc.record({
  path: fc.option(fc.constantFrom('/x', '/y'), { nil: undefined }),
  source: fc.option(names, { nil: undefined }),
  route: fc.array(fc.record({ destination, weight: fc.nat(3) }), { minLength: 1, maxLength: 3 }),
});
const virtualService = fc
  .record({
    name: names,
    host: names,
    gateway: fc.option(fc.constantFrom('gw', 'mesh', 'none'), { nil: undefined }),
    http: fc.array(rule, { maxLength: 3 }),
  })
  .map(({ name, host, gateway, http }) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name },
    spec: {
      hosts: [host],
      ...(gateway && { gateways: [gateway] }),
      http: http.map(({ path, source, route }) => ({
        ...((path ?? source) && {
          match: [{ ...(path && { uri: { exact: path } }), ...(source && { sourceLabels: { app: source } }) }],
        }),
        route,
      })),
    },
  }));
const destinationRule = fc.record({ host: names, subsets }).map(({ host, subsets: list }) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: host },
  spec: { host, subsets: list.map((name) => ({ name, labels: { version: name } })) },
}));
const gateway = fc.constantFrom(['*'], ['a.default.svc.cluster.local']).map((hosts) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw' },
  spec: { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts }] },
}));
const service = names.map((name) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80, name: 'http' }] },
}));
const anything = fc.oneof(virtualService, destinationRule, gateway, service).map((value) => JSON.stringify(value));
const edit = fc.record({ what: fc.constantFrom('replace', 'insert', 'remove'), at: fc.nat(20), text: anything });

function apply(
  documents: readonly Doc[],
  { what, at, text }: { what: string; at: number; text: string },
  next: number,
): Doc[] {
  const copy = [...documents];
  const place = documents.length === 0 ? 0 : at % documents.length;
  if (what === 'insert' || documents.length === 0) copy.splice(place, 0, { slot: `s${next}`, text });
  else if (what === 'remove') copy.splice(place, 1);
  else copy[place] = { slot: documents[place]?.slot ?? '', text };
  return copy;
}

const graphOf = (documents: readonly Doc[], previous?: Graph): Graph =>
  buildGraph(
    meshOf(
      documents.map(({ text }) => `---\n${text}\n`).join(''),
      undefined,
      documents.map(({ slot }) => slot),
    ),
    previous,
  );

/** The graph with the session's numbers in ids of rules and destinations written as places. */
function plain(graph: Graph): unknown {
  const names = new Map<string, string>();
  for (const node of graph.nodes) {
    node.rows.forEach((row, i) => {
      if (row.kind !== 'rule') return;
      names.set(row.id, `${node.id}/rule@${i}`);
      row.destinations.forEach((to, j) => names.set(to.id, `${node.id}/rule@${i}/to@${j}`));
    });
  }
  const text = (value: string): string => {
    const [, kind = '', id = ''] = /^(route|mirror|delegate)\/(.*?)(?:\/\d+)?$/.exec(value) ?? [];
    return (
      names.get(value) ??
      (names.has(value.slice(kind.length + 1))
        ? `${kind}/${names.get(value.slice(kind.length + 1)) ?? ''}`
        : names.has(id)
          ? `${kind}/${names.get(id) ?? ''}`
          : value)
    );
  };
  return JSON.parse(
    JSON.stringify(graph, (key, value: unknown) =>
      typeof value === 'string' && (key === 'id' || key === 'row') ? text(value) : value,
    ),
  );
}

// Each run builds some ten meshes from text: a quarter of the usual number, but for the long run.
const runs = { numRuns: Number(process.env['LAWS_RUNS'] ?? 75) };

describe('a graph that follows edits', () => {
  const session = fc.tuple(fc.array(anything, { maxLength: 6 }), fc.array(edit, { minLength: 1, maxLength: 6 }));

  it('is the graph from scratch after every edit', () => {
    fc.assert(
      fc.property(session, ([start, edits]) => {
        let documents: Doc[] = start.map((text, i) => ({ slot: `s${i}`, text }));
        let graph = graphOf(documents);
        edits.forEach((one, i) => {
          documents = apply(documents, one, 100 + i);
          graph = graphOf(documents, graph);
          expect(plain(graph)).toEqual(plain(graphOf(documents)));
        });
      }),
      runs,
    );
  });

  it('keeps every node and edge that says the same, and itself where all do', () => {
    fc.assert(
      fc.property(session, ([start, edits]) => {
        let documents: Doc[] = start.map((text, i) => ({ slot: `s${i}`, text }));
        let graph = graphOf(documents);
        edits.forEach((one, i) => {
          documents = apply(documents, one, 100 + i);
          const next = graphOf(documents, graph);
          const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
          for (const node of next.nodes)
            if (JSON.stringify(nodes.get(node.id)) === JSON.stringify(node)) expect(nodes.get(node.id)).toBe(node);
          const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
          for (const edge of next.edges)
            if (JSON.stringify(edges.get(edge.id)) === JSON.stringify(edge)) expect(edges.get(edge.id)).toBe(edge);
          expect(graphOf(documents, next)).toBe(next);
          graph = next;
        });
      }),
      runs,
    );
  });

  it('moves no node that has a place, and sets every new one apart from all others', () => {
    fc.assert(
      fc.property(session, ([start, edits]) => {
        let documents: Doc[] = start.map((text, i) => ({ slot: `s${i}`, text }));
        let graph = graphOf(documents);
        const positions = layoutGraph(graph);
        edits.forEach((one, i) => (documents = apply(documents, one, 100 + i)));
        graph = graphOf(documents, graph);
        const held = new Map([...positions].filter(([id]) => graph.nodes.some((node) => node.id === id)));
        const placed = placeNew(graph, held);
        for (const [id, at] of held) expect(placed.get(id)).toBe(at);
        expect(new Set(placed.keys())).toEqual(new Set(graph.nodes.map(({ id }) => id)));
      }),
    );
  });
});

describe('rules that are followed', () => {
  const rules = (...keys: string[]): { key: string; name?: string }[] => keys.map((key) => ({ key }));
  const known = (...keys: string[]): { key: string; id: string }[] => keys.map((key, i) => ({ key, id: `r${i}` }));
  const follow = (before: string[], now: string[]): string[] =>
    followIds(known(...before), rules(...now), (n) => `r${n}`);

  it('keep their id when one is edited, removed, added or moved', () => {
    expect(follow(['a', 'b', 'c'], ['a', 'B', 'c'])).toEqual(['r0', 'r1', 'r2']);
    expect(follow(['a', 'b', 'c'], ['b', 'c'])).toEqual(['r1', 'r2']);
    expect(follow(['a', 'b'], ['a', 'x', 'b'])).toEqual(['r0', 'r2', 'r1']);
    expect(follow(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['r2', 'r0', 'r1']);
  });

  it('have ids of their own, whatever happens', () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });
    fc.assert(
      fc.property(keys, keys, (before, now) => {
        const ids = follow(before, now);
        expect(new Set(ids).size).toBe(now.length);
        expect(follow(before, before)).toEqual(known(...before).map(({ id }) => id));
      }),
    );
  });
});
