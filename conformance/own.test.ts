import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resourcesOf } from '../src/cli/resources.ts';
import { caseOptions, createEngine } from '../src/core/routing/index.ts';
import type { RuleRef } from '../src/core/routing/index.ts';
import { doubts, ownFindings } from './own-proofs.ts';
import type { ProofCase, ProofRecord } from './own-proofs.ts';
import { readRecords } from './routes-compare.ts';

/** Cases with own findings, the requests that prove them, and what istiod and Envoy did with these. */
function readProofs(): readonly (ProofCase & ProofRecord)[] {
  const text = gunzipSync(readFileSync(new URL('own.jsonl.gz', import.meta.url))).toString('utf8');
  // The file is written by scripts/prove.mjs.
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ProofCase & ProofRecord);
}

const GONE = /^MW-RULE-(UNREACHED|IMPOSSIBLE|NOWHERE)$/;

describe('own findings as istiod and Envoy bear them out', () => {
  const proofs = readProofs();

  it('has a proof of at least 200 findings, each borne out by the record', () => {
    const wrong = proofs.flatMap((one) =>
      [...doubts(one, one)].flatMap(([{ code, resource, path }, why]) =>
        why.length === 0 ? [] : [`${one.name} ${code} ${resource} ${path}: ${why.join('; ')}`],
      ),
    );
    expect(wrong).toEqual([]);
    expect(proofs.reduce((sum, { findings }) => sum + findings.length, 0)).toBeGreaterThanOrEqual(200);
  });

  it('finds in these configurations what was found when they were recorded', () => {
    for (const { name, config, findings } of proofs) {
      const found = ownFindings(name, config).map(({ code, resource, source }) =>
        [code, resource, source.path.join('.')].join(' '),
      );
      expect(found.sort()).toEqual(findings.map(({ code, resource, path }) => [code, resource, path].join(' ')).sort());
    }
  });

  it('calls no rule gone that takes any of the 8,274 recorded requests', () => {
    const taken: string[] = [];
    let gone = 0;
    for (const record of readRecords('routes.jsonl.gz')) {
      const lost = ownFindings(record.name, record.config).filter(({ code }) => GONE.test(code));
      gone += lost.length;
      if (lost.length === 0) continue;
      const engine = createEngine(resourcesOf([{ name: record.name, text: record.config }]), caseOptions(record));
      const is = (rule: RuleRef | undefined, resource: string, path: string): boolean =>
        rule?.resource === resource &&
        `${[...rule.path, 'match', rule.match ?? ''].join('.')}.`.startsWith(
          `${path.replace(/(\.match\.\d+)\..*$/, '$1')}.`,
        );
      for (const request of record.requests) {
        const proxy = record.proxies[request.from];
        const decision = proxy && engine.decide(proxy, request);
        for (const { resource, source } of lost)
          if (is(decision?.rule, resource, source.path.join('.')))
            taken.push(`${record.name} ${request.id} ${resource} ${source.path.join('.')}`);
      }
    }
    expect(taken).toEqual([]);
    expect(gone).toBeGreaterThan(50);
  });
});
