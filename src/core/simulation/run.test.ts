import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, expectedShares } from './counters.ts';
import { endingOf } from './run.ts';
import { runOf } from './testing/run-of.ts';
import type { SimulatedRequest } from './types.ts';

const config = (weights: readonly number[], more = ''): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  http:
  - match: [{uri: {prefix: /ratings}}]
    fault: {abort: {httpStatus: 500, percentage: {value: 20}}}
    mirror: {host: audit}
    mirrorPercentage: {value: 10}
    route: [{destination: {host: ratings}}]
  - match: [{uri: {prefix: /split}}]
    route:
${weights.map((weight, i) => `    - {destination: {host: reviews, subset: v${i + 1}}, weight: ${weight}}`).join('\n')}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews}
spec:
  host: reviews
  subsets: [${weights.map((_, i) => `{name: v${i + 1}, labels: {version: v${i + 1}}}`).join(', ')}]
---
apiVersion: meshwright/v1
kind: Scenario
metadata: {name: s}
spec:
  seed: 7
  callers:
  - {name: a, labels: {app: a}, rate: 30, requests: [{url: "http://reviews/split/1", share: 3}, {url: "http://reviews/ratings/1"}]}
  - {name: b, labels: {app: b}, rate: 7, requests: [{url: "http://reviews/split/1"}, {url: "http://reviews/none"}]}
${more}`;

const SECOND = 1_000_000;

describe('a run', () => {
  it('is the same for the same seed, and another for another', () => {
    const take = (seed?: number): SimulatedRequest[] => runOf(config([60, 30, 10]), seed).run.between(0, 20 * SECOND);
    expect(take(7)).toEqual(take());
    expect(take(8)).not.toEqual(take(7));
  });

  it('is the same in whatever stretches and order it is asked for', () => {
    const whole = runOf(config([60, 30, 10])).run.between(0, 10 * SECOND);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 * SECOND - 1 }), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...new Set(cuts.sort((a, b) => a - b)), 10 * SECOND];
        const { run } = runOf(config([60, 30, 10]));
        const stretches = edges.slice(1).map((to, i) => [edges[i] ?? 0, to] as const);
        const parts = new Map(stretches.toReversed().map(([from, to]) => [from, run.between(from, to)]));
        expect(stretches.flatMap(([from]) => parts.get(from) ?? [])).toEqual(whole);
      }),
      { numRuns: 30 },
    );
    const { run } = runOf(config([60, 30, 10]));
    for (const request of whole.slice(0, 50)) expect(run.request(request.number)).toEqual(request);
  });

  it('leaves every other request as it was when one weight is edited', () => {
    const before = runOf(config([60, 30, 10])).run.between(0, 60 * SECOND);
    const after = runOf(config([60, 30, 20])).run.between(0, 60 * SECOND);
    expect(after.length).toBe(before.length);
    let moved = 0;
    after.forEach((request, i) => {
      const old = before[i];
      if (request.destination !== old?.destination) moved += 1;
      else if (request.destination === undefined || request.rule?.path.at(-1) === 0) expect(request).toEqual(old);
      expect([request.departUs, request.caller, request.rule, request.mirrors]).toEqual([
        old?.departUs,
        old?.caller,
        old?.rule,
        old?.mirrors,
      ]);
    });
    // 60/30/10 against 60/30/20 of 110: the bounds move by 5.5 and 8.2 in a hundred, and so many of the splits change sides.
    const split = after.filter(({ rule }) => rule?.path.at(-1) === 1).length;
    expect(moved / split).toBeGreaterThan(0.09);
    expect(moved / split).toBeLessThan(0.18);
  });

  it('leaves a caller as it was when another comes', () => {
    const more = '  - {name: c, rate: 11, requests: [{url: "http://reviews/split/1"}]}';
    const of = (text: string): unknown[] =>
      runOf(text)
        .run.between(0, 10 * SECOND)
        .filter(({ caller }) => caller === 0)
        .map(({ number: _, ...rest }) => rest);
    expect(of(config([60, 30, 10], more))).toEqual(of(config([60, 30, 10])));
  });

  it('keeps each share within three deviations over 100,000 requests', () => {
    for (const weights of [
      [60, 30, 10],
      [1, 19],
      [1, 1, 1],
      [999, 1],
      [0, 5, 5],
    ]) {
      const { run, tally } = runOf(config(weights));
      run.first(100_000, tally.add);
      expect(tally.requests()).toBe(100_000);
      for (const { seen, total, low, high } of tally.counters()) {
        expect(seen / total).toBeGreaterThanOrEqual(low);
        expect(seen / total).toBeLessThanOrEqual(high);
      }
    }
  });

  it('sends each caller’s requests steadily, at its rate', () => {
    const requests = runOf(config([1, 1])).run.between(0, 100 * SECOND);
    expect(requests.filter(({ caller }) => caller === 0)).toHaveLength(3000);
    expect(requests.filter(({ caller }) => caller === 1)).toHaveLength(700);
  });

  it('counts faults, mirrors and what no rule takes', () => {
    const { run, tally } = runOf(config([1, 1]));
    const requests: SimulatedRequest[] = [];
    run.first(20_000, (request) => {
      requests.push(request);
      tally.add(request);
    });
    const ratings = requests.filter(({ rule }) => rule?.path.at(-1) === 0);
    const aborted = ratings.filter(({ status }) => status === 500).length / ratings.length;
    const mirrored =
      ratings.filter(({ mirrors }) => mirrors).length / ratings.filter(({ status }) => status === 200).length;
    expect(aborted).toBeGreaterThan(0.17);
    expect(aborted).toBeLessThan(0.23);
    expect(mirrored).toBeGreaterThan(0.08);
    expect(mirrored).toBeLessThan(0.12);
    const statuses = tally.statuses();
    expect(Object.keys(statuses)).toEqual(['200', '404', '500']);
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(20_000);
    expect(requests.filter(({ ending }) => ending === 'noRoute')).toHaveLength(statuses['404'] ?? 0);
  });

  it('measures time in whole microseconds', () => {
    for (const { departUs, latencyUs } of runOf(config([1, 1])).run.between(0, 20 * SECOND)) {
      expect(Number.isInteger(departUs) && Number.isInteger(latencyUs) && latencyUs > 0).toBe(true);
    }
  });
});

describe('counting', () => {
  it('the band is three standard deviations of a binomial share, within 0 and 1', () => {
    expect(bandOf(0.1, 900)).toEqual([0.1 - 3 * 0.01, 0.1 + 3 * 0.01]);
    expect(bandOf(0.5, 0)).toEqual([0, 1]);
    expect(bandOf(1, 10)).toEqual([1, 1]);
    expect(bandOf(0.01, 10)[0]).toBe(0);
  });

  it('expects weight over sum', () => {
    expect(expectedShares([{ weight: 0 }])).toEqual([1]);
    expect(expectedShares([{ weight: 1 }, { weight: 3 }, {}])).toEqual([0.25, 0.75, 0]);
    expect(expectedShares([{}, {}])).toEqual([0, 0]);
  });

  it('tells endings by what the client saw', () => {
    expect(endingOf({ probability: 1, status: 200 })).toBe('answered');
    expect(endingOf({ probability: 1, status: 404, flags: 'NR' })).toBe('noRoute');
    expect(endingOf({ probability: 1, status: 404 })).toBe('clientError');
    expect(endingOf({ probability: 1, status: 503, flags: 'NC' })).toBe('serverError');
    expect(endingOf({ probability: 1, status: 0, error: 'connection refused' })).toBe('refused');
    expect(endingOf({ probability: 1, status: 0, flags: 'UH' })).toBe('refused');
    expect(endingOf({ probability: 1, status: 0 })).toBe('answered');
  });
});
