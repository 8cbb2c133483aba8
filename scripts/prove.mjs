// Asks istiod and Envoy about every own finding of Meshwright: node scripts/prove.mjs ORACLE ENVOY CASES [--write]
// ORACLE is the program built from conformance/oracle (its README says how), ENVOY the binary that it starts, CASES a file of
// configurations, a case a line, as conformance/oracle/generate.py writes them. The cases of the tests are asked about too. It prints how
// many findings of each code the real programs bear out, and each that they don't; --write keeps all as conformance/own.jsonl.gz.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { pipe } from './lib/pipe.mjs';
import { root } from './lib/run.mjs';

const [oracle, envoy, cases, write] = process.argv.slice(2);
if (!oracle || !envoy || !cases) {
  console.error('Usage: node scripts/prove.mjs ORACLE ENVOY CASES [--write]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'prove-'));
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: folder,
    rollupOptions: { input: { own: join(root, 'conformance/own-main.ts') }, output: { entryFileNames: '[name].mjs' } },
  },
});
const program = join(folder, 'own.mjs');
const asked = pipe(process.execPath, [program, 'find', cases, 'own']).toString();
const recorded = pipe(oracle, ['-j', '1', '-envoy', envoy, 'route'], asked);
const lines = (text) => text.split('\n').filter((line) => line.startsWith('{'));
// stable.py leaves out what istiod refuses, and what it ends on.
const ended = lines(recorded.toString())
  .map((line) => JSON.parse(line))
  .filter(({ error }) => error?.startsWith('istiod panicked'))
  .map(({ name, error }) => JSON.stringify({ name, error, results: [], clusters: {} }));
const rest = pipe('python3', [join(root, 'conformance/oracle/stable.py')], recorded).toString();
const stable = [...lines(rest), ...ended, ''].join('\n');
writeFileSync(join(folder, 'asked.jsonl'), asked);
writeFileSync(join(folder, 'recorded.jsonl'), stable);
process.stdout.write(
  pipe(process.execPath, [program, 'judge', join(folder, 'asked.jsonl'), join(folder, 'recorded.jsonl')]),
);
if (write === '--write') {
  const records = new Map(lines(stable).map((line) => [JSON.parse(line).name, JSON.parse(line)]));
  const kept = lines(asked).flatMap((line) => {
    const one = JSON.parse(line);
    const record = records.get(one.name);
    return record
      ? [JSON.stringify({ ...one, results: record.results, clusters: record.clusters, error: record.error })]
      : [];
  });
  writeFileSync(join(root, 'conformance/own.jsonl.gz'), gzipSync(`${kept.join('\n')}\n`, { level: 9 }));
  console.log(`${kept.length} cases kept`);
}
rmSync(folder, { recursive: true });
