import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { simulateCommand } from './simulate.ts';

const examples = fileURLToPath(new URL('../../public/examples/', import.meta.url));

interface Report {
  readonly seed: number;
  readonly requests: number;
  readonly splits: readonly {
    readonly resource: string;
    readonly rule: string;
    readonly destinations: readonly { readonly cluster: string; readonly expected: number; readonly seen: number }[];
  }[];
  readonly statuses: Readonly<Record<string, number>>;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    err += String(text);
  });
  const code = await simulateCommand(args);
  vi.restoreAllMocks();
  return { code, out, err };
}

async function report(...args: string[]): Promise<Report> {
  const { code, out } = await run(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(out) as Report;
}

describe('meshwright simulate', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says where requests went, as JSON', async () => {
    const { seed, requests, splits, statuses } = await report(`${examples}bookinfo.yaml`, '--requests', '20000');
    expect([seed, requests]).toEqual([7, 20000]);
    expect(splits.map(({ resource, rule }) => [resource, rule])).toEqual([
      ['VirtualService default/reviews', 'http[1]'],
    ]);
    expect(splits[0]?.destinations.map(({ cluster, expected }) => [cluster, expected])).toEqual([
      ['outbound|9080|v1|reviews.default.svc.cluster.local', 0.6],
      ['outbound|9080|v2|reviews.default.svc.cluster.local', 0.3],
      ['outbound|9080|v3|reviews.default.svc.cluster.local', 0.1],
    ]);
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(20000);
  });

  it('gives the same for the same seed, and each share within three deviations over 100,000 requests, in every example', async () => {
    for (const name of readdirSync(examples).filter((file) => file.endsWith('.yaml'))) {
      const args = [`${examples}${name}`, '--requests', '100000', '--seed', '42'];
      const first = await report(...args);
      expect(await report(...args)).toEqual(first);
      for (const { destinations } of first.splits) {
        const total = destinations.reduce((sum, { seen }) => sum + seen, 0);
        for (const { expected, seen } of destinations) {
          expect(Math.abs(seen / total - expected)).toBeLessThan(3 * Math.sqrt((expected * (1 - expected)) / total));
        }
      }
    }
  });

  it('prints a table otherwise', async () => {
    const { code, out } = await run(`${examples}canary.yaml`);
    expect(code).toBe(0);
    expect(out).toMatch(/^10000 requests, seed 20\n/);
    expect(out).toMatch(/api 2 +api canary +5\.00 %/);
  });

  it('tells a wrong call from a file that is not there', async () => {
    expect((await run()).err).toContain('Name at least one YAML file.');
    expect((await run('x.yaml', '--requests', 'many')).err).toContain('--requests takes a whole number');
    const missing = await run('nowhere.yaml');
    expect([missing.code, missing.err]).toEqual([2, "nowhere.yaml can't be read. Check the path."]);
  });
});
