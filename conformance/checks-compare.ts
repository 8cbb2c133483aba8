import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { verdictLine } from '../src/cli/verdict.ts';
import type { Verdict } from '../src/core/checks/index.ts';

interface RecordedFinding {
  readonly code: string;
  readonly resource?: string;
}

/** A configuration with the verdicts of API server (reading only), webhook and istioctl. */
export interface CheckRecord {
  readonly name: string;
  readonly config: string;
  readonly documents: readonly Partial<Verdict['documents'][number]>[];
  readonly analysis: readonly RecordedFinding[] | null;
  /** istioctl could not read a document, so it said nothing. */
  readonly error?: string;
}

/** The lines of a file of this folder. */
export function readLines<T>(file: string): readonly T[] {
  const lines = gunzipSync(readFileSync(new URL(file, import.meta.url)))
    .toString('utf8')
    .split('\n');
  // The form of each file is written down in the oracle's README.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** What we say to a record's configuration. */
export function answerCheck({ name, config }: CheckRecord, crd = false): Verdict {
  return verdictLine(JSON.stringify({ name, config }), crd);
}

/** Counts by code and resource; no namespace and `default` are the same. */
function findings(list: readonly RecordedFinding[] | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, resource = '' } of list ?? []) {
    const key = `${code} ${resource.replace(' default/', ' ')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const says = (list: readonly string[] | undefined): boolean => list !== undefined && list.length > 0;

/** What is wrong with an answer, as the oracle's compare_checks.py sees it: refusals and warnings by document, findings by code and resource. */
export function checkMisses(record: CheckRecord, given: Verdict): readonly string[] {
  const misses: string[] = [];
  for (const [index, want] of record.documents.entries()) {
    const got = given.documents[index];
    for (const part of ['schema', 'webhook', 'warnings'] as const) {
      // The webhook is never asked about what the API server refused.
      if (part === 'webhook' && says(want.schema)) continue;
      if (says(want[part]) !== says(got?.[part]))
        misses.push(`document ${index + 1} ${part}: want ${String(want[part])}, got ${String(got?.[part])}`);
    }
  }
  if (record.error !== undefined) return misses;
  const [want, got] = [findings(record.analysis), findings(given.analysis)];
  for (const key of new Set([...want.keys(), ...got.keys()])) {
    if (want.get(key) !== got.get(key)) misses.push(`${key}: want ${want.get(key) ?? 0}, got ${got.get(key) ?? 0}`);
  }
  return misses;
}
