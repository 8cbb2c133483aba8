import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../src/core/yaml/index.ts';

/** A small text as kubectl reads it: recorded from sigs.k8s.io/yaml 1.6.0. */
interface Recorded {
  readonly text: string;
  readonly value?: unknown;
  readonly error?: string;
  /** Why its strict mode alone refuses the text. */
  readonly strict?: string;
}
const recordsOf = (file: string): Recorded[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded); // the file's form is that of `Recorded`
const records = recordsOf('yaml.jsonl');
/** Texts of our own generators, broken at random, as the same program reads them. */
const mutated = recordsOf('yaml-mutated.jsonl');

describe('kubectl’s reading of small texts', () => {
  it('[R1] gives the recorded value or refuses, for every record', () => {
    const wrong = [...records, ...mutated].filter(({ text, value, error }) => {
      const document = readDocument(text);
      if (document.broken !== (error !== undefined)) return true;
      if (error !== undefined) return false;
      return JSON.stringify(sorted(document.value ?? null)) !== JSON.stringify(sorted(value));
    });
    expect(wrong).toEqual([]);
    expect(records.length).toBe(901);
  });

  it('[R2] refuses with kubectl’s own words, a range in the text, and a remedy', () => {
    for (const { text, error } of [...records, ...mutated]) {
      if (error === undefined) continue;
      const document = readDocument(text);
      if (document.template) continue;
      const problem = document.problems.find(({ severity }) => severity === 'error');
      const words = error.replace(/^(yaml|json): (line \d+: )?/, '').replace(/(map key|cannot decode).*$/s, '$1');
      expect({ text, message: problem?.message }).toMatchObject({ message: expect.stringContaining(words) as string });
      expect(problem?.remedy).toBeTruthy();
      expect(problem && problem.range.from <= problem.range.to && problem.range.to <= text.length).toBe(true);
    }
  });

  it('[R3] tells of duplicate keys where the strict reader refuses', () => {
    for (const { text, strict, error } of [...records, ...mutated]) {
      if (error !== undefined) continue;
      const told = readDocument(text).problems.some(({ code }) => code === 'yaml/duplicate-key');
      expect({ text, told }).toEqual({ text, told: strict !== undefined });
    }
  });
});

/** The same value with its keys in order, so that two texts of it are equal. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
