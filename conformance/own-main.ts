// The work of scripts/prove.mjs, which says how to call it.
import { readFileSync } from 'node:fs';
import { OWN_CASES } from '../src/core/checks/own/testing/own-cases.ts';
import { doubts, proofCase } from './own-proofs.ts';
import type { ProofCase, ProofRecord } from './own-proofs.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const lines = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'));

/** A pod behind every service, so that requests arrive. */
function withPods(config: string): string {
  const pods = [...config.matchAll(/namespace: (\S+)\}\nspec: \{selector: \{app: ([\w-]+)\}, ports/g)].map(
    ([, namespace = '', app = '']) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${app}-0, namespace: ${namespace}, labels: {app: ${app}, version: v1}}\nspec: {containers: [{name: app, image: app}]}\n` +
      `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${app}-1, namespace: ${namespace}, labels: {app: ${app}, version: v2}}\nspec: {containers: [{name: app, image: app}]}\n`,
  );
  return config + pods.join('');
}

const [mode = '', first = '', second = ''] = process.argv.slice(2);
if (mode === 'find') {
  const cases = lines(first).map((line) => {
    // Cases as generate.py writes them.
    const { name, config } = JSON.parse(line) as { readonly name: string; readonly config: string };
    return proofCase(name, config);
  });
  const own = OWN_CASES.map(({ code, bad, complete }, index) =>
    proofCase(`${code}-${index}`, complete === true ? bad : withPods(bad)),
  );
  for (const one of [...(second === 'own' ? own : []), ...cases])
    if (one.findings.length > 0) print(JSON.stringify(one));
} else {
  const records = new Map(
    lines(second)
      .map((line) => JSON.parse(line) as ProofRecord)
      .map((one) => [one.name, one]),
  );
  const counts = new Map<string, { right: number; wrong: number }>();
  for (const one of lines(first).map((line) => JSON.parse(line) as ProofCase)) {
    const record = records.get(one.name);
    if (record === undefined) print(`${one.name}: no record`);
    for (const [finding, wrong] of record === undefined ? [] : doubts(one, record)) {
      const count = counts.get(finding.code) ?? { right: 0, wrong: 0 };
      counts.set(finding.code, count);
      count[wrong.length === 0 ? 'right' : 'wrong'] += 1;
      if (wrong.length > 0)
        print(`${one.name} ${finding.code} ${finding.resource} ${finding.path}: ${wrong.join('; ')}`);
    }
  }
  for (const [code, { right, wrong }] of [...counts].sort()) print(`${code}: ${right} borne out, ${wrong} not`);
  const all = [...counts.values()];
  print(
    `${all.reduce((sum, { right }) => sum + right, 0)} findings borne out, ${all.reduce((sum, { wrong }) => sum + wrong, 0)} not`,
  );
}
