import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { surveyFixes } from './testing/survey.ts';

/** Every so many of the recorded cases; all in the long run. */
const EACH = process.env['LAWS_RUNS'] === undefined ? 12 : 1;

describe('fixes of the recorded cases', () => {
  it('cure their problem, bring no other, leave good YAML, and can be undone', { timeout: 600_000 }, () => {
    const path = new URL('../../../conformance/checks.jsonl.gz', import.meta.url);
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
    const faults: string[] = [];
    let offered = 0;
    for (const line of lines.filter((_, index) => index % EACH === 0)) {
      // The recordings have these fields: conformance/README.md.
      const { name, config } = JSON.parse(line) as { readonly name: string; readonly config: string };
      for (const found of surveyFixes({ 'a.yaml': config })) {
        offered += found.offered.length;
        faults.push(...found.faults.map((fault) => `${name} ${found.code}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
    expect(offered).toBeGreaterThan(30);
  });
});
