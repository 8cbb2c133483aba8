import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerRecord, clusterMisses, readRecords, requestMisses } from './routes-compare.ts';

describe('surprises: hand-written cases, recorded from istiod and Envoy', () => {
  const records = readRecords('surprises.jsonl.gz');
  it('are all recorded, each from the configuration that its file holds', () => {
    const files = readdirSync(new URL('surprises', import.meta.url));
    expect(files.length).toBeGreaterThanOrEqual(100);
    expect(records.map((record) => `${record.name}.yaml`).sort()).toEqual(files.sort());
    for (const record of records) {
      const text = readFileSync(new URL(`surprises/${record.name}.yaml`, import.meta.url), 'utf8');
      expect(record.config).toBe(text.slice(text.indexOf('\n---\n') + 5));
    }
  });
  it.each(records.map((record) => [record.name, record] as const))('%s', (_name, record) => {
    const given = answerRecord(record);
    expect([...requestMisses(record, given)]).toEqual([]);
    expect(clusterMisses(record, given).misses).toEqual([]);
  });
});
