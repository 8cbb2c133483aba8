import { resourcesOf } from '../src/cli/resources.ts';
import { httpRequest } from '../src/core/routing/decide/http-request.ts';
import { routeIndexOf } from '../src/core/routing/decide/route-index.ts';
import { virtualHostFor } from '../src/core/routing/decide/virtual-host.ts';
import { createEngine } from '../src/core/routing/index.ts';
import type { Proxy, Request } from '../src/core/routing/index.ts';
import { atLeast } from './figure.ts';
import type { Figure } from './figure.ts';

/** A repeatable sequence of numbers from 0 to 1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A rule's match entry, and a request that fits it, ever another one: `id` is part of it. */
interface Shape {
  readonly match: (n: number) => object;
  readonly request: (n: number, id: number) => Pick<Request, 'path'> & Partial<Request>;
}

/** What rules are made of, in turn: exact paths, prefixes, expressions that begin alike or end alike, headers alone and with a path. */
const SHAPES: readonly Shape[] = [
  {
    match: (n) => ({ uri: { exact: `/exact/${n}` } }),
    request: (n, id) => ({ path: `/exact/${n}?id=${id}` }),
  },
  {
    match: (n) => ({ uri: { prefix: `/prefix/${n}/` } }),
    request: (n, id) => ({ path: `/prefix/${n}/${id}` }),
  },
  {
    match: (n) => ({ uri: { regex: `/users/${n}/[0-9]+/[a-z]*` } }),
    request: (n, id) => ({ path: `/users/${n}/${id}/abc` }),
  },
  {
    match: (n) => ({ uri: { regex: `/api/v[0-9]+/shop-${n}/.*` } }),
    request: (n, id) => ({ path: `/api/v${n % 3}/shop-${n}/${id}` }),
  },
  {
    match: (n) => ({ uri: { prefix: `/canary/${n}/` }, headers: { 'x-canary': { exact: `v${n % 7}` } } }),
    request: (n, id) => ({ path: `/canary/${n}/${id}`, headers: { 'x-canary': `v${n % 7}`, accept: '*/*' } }),
  },
  {
    match: (n) => ({ headers: { 'end-user': { exact: `user-${n}` } } }),
    request: (n, id) => ({ path: `/home/${id}`, headers: { 'end-user': `user-${n}`, accept: '*/*' } }),
  },
  {
    match: (n) => ({ uri: { prefix: `/mobile/${n}/` }, headers: { 'user-agent': { regex: '.*(Android|iPhone).*' } } }),
    request: (n, id) => ({ path: `/mobile/${n}/${id}`, headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU)' } }),
  },
  {
    match: (n) => ({
      uri: { prefix: '/orders/' },
      method: { exact: 'POST' },
      queryParams: { shop: { exact: `s${n}` } },
    }),
    request: (n, id) => ({ path: `/orders/${id}?shop=s${n}`, method: 'POST' }),
  },
];

const shapeOf = (n: number): Shape => {
  const shape = SHAPES[n % SHAPES.length];
  if (shape === undefined) throw new RangeError('There are shapes.');
  return shape;
};

const CALLER: Proxy = { type: 'sidecar', namespace: 'default', labels: { app: 'web' } };

/** A mesh of one service whose VirtualService has `count` rules. */
function meshOf(count: number): string {
  const document = (apiVersion: string, kind: string, spec: object): string =>
    JSON.stringify({ apiVersion, kind, metadata: { name: 'shop', namespace: 'default' }, spec });
  const http = Array.from({ length: count }, (_, n) => ({
    name: `rule-${n}`,
    match: [shapeOf(n).match(n)],
    route: [{ destination: { host: 'shop' } }],
  }));
  return [
    document('v1', 'Service', { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80 }] }),
    document('networking.istio.io/v1', 'VirtualService', { hosts: ['shop'], http }),
  ].join('\n---\n');
}

const BATCH = 2_000;

interface Rates {
  readonly routes: number;
  readonly decisions: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How many requests a second find their route on one host of `count` rules, and how many are decided with all that comes of it. Requests
 * are as a proxy has them, all rules about equally often. Each object and each path is new, so nothing that is remembered helps.
 */
function ratesOf(count: number): Rates {
  const engine = createEngine(resourcesOf([{ name: 'shop.yaml', text: meshOf(count) }]));
  const random = sequence(7);
  let id = 0;
  const batch = (): readonly (readonly [rule: number, Request])[] =>
    Array.from({ length: BATCH }, () => {
      const n = Math.floor(random() * count);
      id += 1;
      return [n, { protocol: 'http', port: 80, host: 'shop', method: 'GET', ...shapeOf(n).request(n, id) }] as const;
    });
  const host = virtualHostFor(engine.compiled(CALLER).routeConfig('80'), 'shop');
  if (host === undefined) throw new Error('The host is not there.');
  const index = routeIndexOf(host);
  // Compared with the route itself: following it to its rule's number took as long as finding it, with 10,000 of them in memory.
  const expected = host.routes.filter(({ rule }) => rule !== undefined);
  const routes: number[] = [];
  const decisions: number[] = [];
  let wrong = 0;
  for (let round = 0; round < 60; round += 1) {
    const ready = batch().map(([n, request]) => [expected[n], httpRequest(request, false)] as const);
    let start = performance.now();
    for (const [route, request] of ready) if (index.find(request) !== route) wrong += 1;
    routes.push(BATCH / ((performance.now() - start) / 1000));
    const requests = batch();
    start = performance.now();
    for (const [n, request] of requests) if (engine.decide(CALLER, request).rule?.path[2] !== n) wrong += 1;
    decisions.push(BATCH / ((performance.now() - start) / 1000));
  }
  if (wrong > 0) throw new Error(`${wrong} requests took another rule: the bench measures something else.`);
  return { routes: median(routes.slice(20)), decisions: median(decisions.slice(20)) };
}

/** Rules, and how many requests a second should find theirs, without and with what comes of it. */
const GOALS = [
  [100, 1_500_000, 200_000],
  [1_000, 1_000_000, 150_000],
  [10_000, 400_000, 100_000],
] as const;

/** Which route takes a request that was never seen before, in one virtual host of mixed rules, and what becomes of it. */
export function decisionFigures(): readonly Figure[] {
  const name = (count: number): string => `${count.toLocaleString('en')} rules in one host`;
  return GOALS.flatMap(([count, goal, whole]) => {
    const { routes, decisions } = ratesOf(count);
    return [
      atLeast(`routing: decisions on unseen paths, ${name(count)}`, routes, '/s', goal),
      atLeast(`routing: the same with every outcome, ${name(count)}`, decisions, '/s', whole),
    ];
  });
}
