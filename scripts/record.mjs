// Records what istiod and Envoy do with the hand-written cases: node scripts/record.mjs ORACLE ENVOY
// ORACLE is the program built from conformance/oracle (its README says how), ENVOY the binary that it starts.
// Each file of conformance/surprises is a case: its first document says who asks what, the rest is the configuration.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseDocument } from 'yaml';
import { pipe } from './lib/pipe.mjs';
import { root } from './lib/run.mjs';

const [oracle, envoy] = process.argv.slice(2);
if (!oracle || !envoy) {
  console.error('Usage: node scripts/record.mjs ORACLE ENVOY');
  process.exit(2);
}
const folder = join(root, 'conformance/surprises');

/** A case in the form of the oracle's `Case`, from its file. */
function readCase(file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const cut = text.indexOf('\n---\n');
  const about = /^# (.*)$/m.exec(text)?.[1];
  return {
    name: file.replace(/\.yaml$/, ''),
    about,
    ...parseDocument(text.slice(0, cut)).toJS(),
    config: text.slice(cut + 5),
  };
}

const cases = readdirSync(folder).sort().map(readCase);
const recorded = pipe(
  oracle,
  ['-j', '2', '-envoy', envoy, 'route'],
  `${cases.map((one) => JSON.stringify(one)).join('\n')}\n`,
);
const stable = pipe('python3', [join(root, 'conformance/oracle/stable.py')], recorded);
writeFileSync(join(root, 'conformance/surprises.jsonl.gz'), gzipSync(stable, { level: 9 }));
console.log(`${cases.length} cases recorded`);
