import { describe, expect, it } from 'vitest';
import { answerCheck, checkMisses, readLines } from './checks-compare.ts';
import type { CheckRecord } from './checks-compare.ts';

const FILES = [
  ['checks', 600],
  ['checks-rules', 307],
  ['probes', 101],
] as const;

describe('verdicts of API server, webhook and istioctl', () => {
  it.each(FILES)('[checks] agrees with every record of %s', (file, count) => {
    const records = readLines<CheckRecord>(`${file}.jsonl.gz`);
    const misses = records.flatMap((record) =>
      checkMisses(record, answerCheck(record)).map((miss) => `${record.name}: ${miss}`),
    );
    expect(misses).toEqual([]);
    expect(records.length).toBe(count);
  });

  it('[crd] refuses the documents that the API server refuses by its CRDs, and no other', () => {
    const records = new Map<string, CheckRecord>(
      FILES.flatMap(([file]) =>
        readLines<CheckRecord>(`${file}.jsonl.gz`).map((record) => [`${file} ${record.name}`, record] as const),
      ),
    );
    const lines = readLines<{ readonly name: string; readonly refused: readonly number[] }>('checks-crd.jsonl.gz');
    const wrong = lines.flatMap(({ name, refused }) => {
      const record = records.get(name);
      const given = record === undefined ? [] : answerCheck(record, true).documents;
      const got = given.flatMap(({ schema }, index) => (schema.length > 0 ? [index] : []));
      return got.join() === refused.join() ? [] : [{ name, refused, got }];
    });
    expect(wrong).toEqual([]);
    expect(lines.length).toBe(1008);
  });
});
