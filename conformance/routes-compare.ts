import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { resourcesOf } from '../src/cli/resources.ts';
import { answerCase, caseOptions, createEngine } from '../src/core/routing/index.ts';
import type { Outcome, RoutingAnswer, RoutingCase } from '../src/core/routing/index.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

/** A recorded result: an outcome's fields, the static route, and whether chance made its outcome worthless. */
export interface RecordedResult {
  readonly id: string;
  readonly route?: JsonMap;
  readonly random?: boolean;
  readonly cluster?: string;
  readonly status?: number;
  /** With `spread`: all that took it. */
  readonly endpoints?: readonly string[];
}

/** A case with what the real programs did. `clusters` of a proxy may be absent (none) or `"same"` (as the proxy before it). */
export type RecordedCase = RoutingCase & {
  readonly results: readonly RecordedResult[];
  readonly clusters: Readonly<Record<string, readonly JsonMap[] | 'same' | null>>;
};

/** The records of a file of this folder: what istiod and Envoy did with configurations and requests, a case a line. */
export function readRecords(file: string): readonly RecordedCase[] {
  const lines = gunzipSync(readFileSync(new URL(file, import.meta.url)))
    .toString('utf8')
    .split('\n');
  // The file's form is written down in the oracle's README.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedCase);
}

/** What our engine says to a record's case. */
export function answerRecord(record: RecordedCase): RoutingAnswer {
  const resources = resourcesOf([{ name: `${record.name}.yaml`, text: record.config }]);
  return answerCase(createEngine(resources, caseOptions(record)), record);
}

const OUTCOME = 'status flags details cluster attempts location body responseHeaders upstream mirrors error'.split(' ');
const ROUTE = 'config name destinations timeoutMs retry mirrors abort delay hash cors'.split(' ');
const CLUSTER =
  'type lb endpoints connectTimeoutMs maxConnections maxPendingRequests maxRequests maxRetries outlierDetection tls sni config localityWeights'.split(
    ' ',
  );

const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (value: Json): boolean =>
  value === null ||
  value === '' ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (isMap(value) && Object.keys(value).length === 0);

/** Absent, null, empty, zero and false say the same inside of a value, and keys have no order. */
function norm(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item: Json) => norm(item));
  if (!isMap(value)) return value ?? null;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, norm(item)] as const)
    .filter(([, item]) => !isNothing(item))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

const text = (value: Json | undefined): string => JSON.stringify(norm(value));
const flags = (value: Json | undefined): string =>
  (typeof value === 'string' ? value : '')
    .split(',')
    .filter((flag) => flag !== '')
    .sort()
    .join();
const sortedItems = (value: Json | undefined): string =>
  Array.isArray(value)
    ? value
        .map((item: Json) => text(item))
        .sort()
        .join()
    : '';

function same(field: string, want: Json | undefined, got: Json | undefined): boolean {
  if (field === 'flags') return flags(want) === flags(got);
  if (field === 'retry' && isMap(want) && isMap(got))
    return text({ ...want, on: flags(want['on']) }) === text({ ...got, on: flags(got['on']) });
  if (field === 'destinations' || field === 'endpoints') return sortedItems(want) === sortedItems(got);
  return text(want) === text(got);
}

/** The outcome that the recorded one must equal: the one of its cluster; without a cluster the one of its status. */
function pick(outcomes: readonly Outcome[], want: RecordedResult): Outcome | undefined {
  const fits = outcomes.filter((outcome) => (outcome.cluster ?? '') === (want.cluster ?? ''));
  const byStatus = outcomes.filter((outcome) => outcome.status === want.status);
  const chosen = want.cluster === undefined && outcomes.length > 1 && byStatus.length > 0 ? byStatus : fits;
  return chosen[0] ?? (outcomes.length === 1 ? outcomes[0] : undefined);
}

function differences(fields: readonly string[], want: JsonMap, got: JsonMap): string[] {
  return fields
    .filter((field) => !same(field, want[field], got[field]))
    .map((field) => `${field}: want ${text(want[field])}, got ${text(got[field])}`);
}

// Answers are plain data: what JSON makes of them is what a reader of the command's output gets.
const plain = (value: unknown): JsonMap => JSON.parse(JSON.stringify(value ?? {})) as JsonMap;

/** Endpoints that took a request which was sent many times, and ours. */
function endpointMisses(
  { endpoints, cluster, route }: RecordedResult,
  got: RoutingAnswer['results'][number] | undefined,
): readonly string[] {
  if (endpoints === undefined) return [];
  const shares = Object.entries(got?.endpoints ?? {});
  // A small share may never have come up.
  const sure = shares.filter(([, share]) => share > 0.15).map(([name]) => name);
  const never = endpoints.filter((name) => !shares.some(([ours, share]) => ours === name && share > 0));
  const hashed = Array.isArray(route?.['hash']);
  const missed = hashed ? [] : sure.filter((name) => !endpoints.includes(name));
  return [
    ...never.map((name) => `endpoints of ${cluster ?? ''}: ${name} takes it too`),
    ...missed.map((name) => `endpoints of ${cluster ?? ''}: ${name} does not take it`),
  ];
}

/** What differs between the answer to a case and its record, by request: field by field as the shared comparison does. */
export function requestMisses(record: RecordedCase, answer: RoutingAnswer): ReadonlyMap<string, readonly string[]> {
  const misses = new Map<string, readonly string[]>();
  for (const want of record.results) {
    const got = answer.results.find((result) => result.id === want.id);
    const wrong = differences(ROUTE, plain(want.route), plain(got?.route)).map((line) => `route.${line}`);
    if (want.random !== true) {
      const fields = want.cluster === undefined ? OUTCOME.filter((field) => field !== 'cluster') : OUTCOME;
      wrong.push(...differences(fields, plain(want), plain(pick(got?.outcomes ?? [], want))));
    }
    wrong.push(...endpointMisses(want, got));
    if (wrong.length > 0) misses.set(want.id, wrong);
  }
  return misses;
}

/** What differs between a proxy's clusters and the recorded ones. */
export function clusterMisses(record: RecordedCase, answer: RoutingAnswer): { count: number; misses: string[] } {
  let count = 0;
  const misses: string[] = [];
  let last: readonly JsonMap[] = [];
  for (const proxy of Object.keys(record.clusters).sort()) {
    const recorded = record.clusters[proxy];
    if (recorded !== 'same') last = recorded ?? [];
    const have = new Map((answer.clusters[proxy] ?? []).map((cluster) => [cluster.name, plain(cluster)]));
    for (const want of last) {
      count += 1;
      const name = String(want['name']);
      const got = have.get(name);
      have.delete(name);
      const wrong = got === undefined ? ['absent'] : differences(CLUSTER, want, got);
      if (wrong.length > 0) misses.push(`${record.name} ${proxy} ${name}: ${wrong.join('; ')}`);
    }
    for (const name of have.keys()) misses.push(`${record.name} ${proxy} ${name}: should not exist`);
  }
  return { count, misses };
}
