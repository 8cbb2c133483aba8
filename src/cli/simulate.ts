import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildMesh } from '../core/mesh/index.ts';
import { createEngine } from '../core/routing/index.ts';
import { createRun, createTally, scenarioOf, type ShareCounter, type Tally } from '../core/simulation/index.ts';
import { resourcesOf } from './resources.ts';

const USAGE = 'Usage: meshwright simulate FILE... [--requests N] [--seed S] [--json]';
const DEFAULT_REQUESTS = 10_000;

interface Asked {
  readonly files: readonly string[];
  readonly requests: number;
  readonly seed?: number | undefined;
  readonly json: boolean;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

function read(args: readonly string[]): Asked | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { requests: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) return 'Name at least one YAML file.';
  const requests = values.requests === undefined ? DEFAULT_REQUESTS : wholeNumber(values.requests);
  if (requests === undefined || requests < 1 || requests > 100_000_000)
    return '--requests takes a whole number from 1 to 100000000.';
  const seed = wholeNumber(values.seed);
  if (values.seed !== undefined && (seed === undefined || seed > 0xffffffff))
    return '--seed takes a whole number from 0 to 4294967295.';
  return { files: positionals, requests, seed, json: values.json };
}

/**
 * `meshwright simulate FILE... [--requests N] [--seed S] [--json]`: sends seeded requests through the mesh of the files, as their Scenario
 * says (or one kind for every rule), and counts where they go. Exit code 2 for a wrong call or a file that can't be read, 1 where there
 * is nothing to send.
 */
export async function simulateCommand(args: readonly string[]): Promise<number> {
  const asked = read(args);
  if (typeof asked === 'string') {
    console.error(`${asked}\n${USAGE}`);
    return 2;
  }
  const files: { name: string; text: string }[] = [];
  for (const name of asked.files) {
    try {
      files.push({ name, text: await readFile(name, 'utf8') });
    } catch {
      console.error(`${name} can't be read. Check the path.`);
      return 2;
    }
  }
  const mesh = buildMesh(resourcesOf(files));
  const scenario = scenarioOf(mesh);
  if (!scenario.callers.some(({ rate }) => rate > 0)) {
    console.error(
      'There is nothing to send: no rule is for the mesh or for a Gateway that is there, and no Scenario names callers.',
    );
    return 1;
  }
  const { registry, outboundTrafficPolicy } = scenario;
  const run = createRun(createEngine(mesh, { registry, outboundTrafficPolicy }), scenario, asked.seed);
  const tally = createTally(mesh, run.classes);
  run.first(asked.requests, tally.add);
  process.stdout.write(asked.json ? `${JSON.stringify(report(tally, run.seed))}\n` : table(tally, run.seed));
  return 0;
}

const ruleOf = ({ path }: ShareCounter): string => `${String(path.at(-2))}[${String(path.at(-1))}]`;

/** Counters by rule, those of rules that split. */
function splitsOf(counters: readonly ShareCounter[]): ShareCounter[][] {
  const groups = new Map<string, ShareCounter[]>();
  for (const counter of counters) {
    const key = `${counter.resource} ${ruleOf(counter)}`;
    groups.set(key, [...(groups.get(key) ?? []), counter]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function report(tally: Tally, seed: number): unknown {
  const splits = splitsOf(tally.counters()).map((group) => ({
    resource: group[0]?.resource,
    rule: group[0] && ruleOf(group[0]),
    destinations: group.map(({ cluster, expected, seen }) => ({ cluster, expected, seen })),
  }));
  return { seed, requests: tally.requests(), splits, statuses: tally.statuses() };
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function table(tally: Tally, seed: number): string {
  const head = ['Rule', 'Destination', 'Expected', 'Seen', 'Share', 'Chance allows', 'Within', 'p50', 'Errors'];
  const rows = tally.counters().map((line): string[] => {
    const share = line.total === 0 ? 0 : line.seen / line.total;
    const within = share >= line.low && share <= line.high ? 'yes' : 'NO';
    const band = `${percent(line.low)} to ${percent(line.high)}`;
    return [
      line.ruleName,
      line.label,
      percent(line.expected),
      String(line.seen),
      percent(share),
      band,
      within,
      `${line.p50Ms.toFixed(1)} ms`,
      String(line.errors),
    ];
  });
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const statuses = Object.entries(tally.statuses()).map(([status, count]) => `${status}: ${count}`);
  return `${[`${tally.requests()} requests, seed ${seed}`, '', ...lines, '', `Answers  ${statuses.join(', ')}`].join('\n')}\n`;
}
