// Compares what Meshwright and the real tools say of a folder of examples:
//   node scripts/samples.mjs ORACLE CRDS FOLDER [FILE,FILE,... ...] [--own] [--complete]
// ORACLE is the program built from conformance/oracle (its README says how), CRDS Istio's crd-all.gen.yaml, FOLDER any folder of YAML
// files, such as the samples of Istio. Each file is a mesh, as is each folder with all beneath it, and each list of files of it. Asked
// are API server, webhook and istioctl, with and without the CRDs; answers are compared as conformance/oracle/compare_checks.py does, and
// findings of istioctl by level besides. --own lists instead what only kubectl, Kiali and Meshwright say of each file and list.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { root } from './lib/run.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { own: { type: 'boolean' }, complete: { type: 'boolean' } },
});
const [oracle, crds, folder, ...lists] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/samples.mjs ORACLE CRDS FOLDER [FILE,FILE,... ...] [--own] [--complete]');
  process.exit(2);
}
await ensureBuilt('cli');
const meshwright = join(root, 'dist/cli/meshwright.mjs');
const start = resolve(folder);
const files = readdirSync(start, { recursive: true })
  .filter((name) => /\.ya?ml$/.test(name))
  .sort();

/** Standard output of a program; `codes` are the exit codes with which it did its work. */
function run(command, args, input = '', codes = [0]) {
  const done = spawnSync(command, args, { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'] });
  if (!codes.includes(done.status)) {
    console.error(`${command} ended with ${done.status ?? done.error?.message}: ${done.stderr}`);
    process.exit(1);
  }
  return done.stdout.toString();
}
const lines = (text) => text.split('\n').filter((line) => line.startsWith('{'));

const alone = [...files.map((name) => [name, [name]]), ...lists.map((list) => [list, list.split(',')])];

/** What istioctl and the webhook have no part in. */
const isOwn = ({ code, by }) => /^(KIA|MW-|NAME-|REF-|yaml)/.test(code) || by?.join() === 'meshwright';

function listOwn() {
  const counts = new Map();
  for (const [name, members] of alone) {
    const paths = members.map((member) => join(start, member));
    const args = [meshwright, 'check', ...paths, '--json', ...(flags.complete ? ['--complete'] : [])];
    const said = JSON.parse(run(process.execPath, args, '', [0, 1])).filter(isOwn);
    if (said.length > 0) console.log(`${name}:`);
    for (const { file, code, severity, line, message, remedy } of said) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      console.log(`  ${relative(start, file)}:${line} ${code} ${severity}: ${message} ${remedy ?? ''}`);
    }
  }
  for (const [code, count] of [...counts].sort()) console.log(`${code}: ${count}`);
}

/** Findings of istioctl with their levels. */
const levels = ({ analysis }) => (analysis ?? []).map(({ code, level }) => `${code} ${level}`);

function compare() {
  const folders = files.flatMap((name) => name.split('/').map((_, end, parts) => parts.slice(0, end).join('/')));
  const meshes = [
    ...alone,
    ...[...new Set(folders)]
      .filter((name) => name !== '')
      .map((name) => [name, files.filter((file) => file.startsWith(`${name}/`))]),
  ];
  const cases = meshes.map(([name, members]) => {
    const config = members.map((member) => readFileSync(join(start, member), 'utf8')).join('\n---\n');
    return JSON.stringify({ name, config });
  });
  const input = `${cases.join('\n')}\n`;
  const temporary = mkdtempSync(join(tmpdir(), 'samples-'));
  let wrong = false;
  for (const withCrds of [false, true]) {
    const real = lines(run(oracle, ['check', ...(withCrds ? [crds] : [])], input));
    const ours = lines(run(process.execPath, [meshwright, 'verdict', ...(withCrds ? ['--crd'] : [])], input));
    const paths = [join(temporary, 'real.jsonl'), join(temporary, 'ours.jsonl')];
    writeFileSync(paths[0], `${real.join('\n')}\n`);
    writeFileSync(paths[1], `${ours.join('\n')}\n`);
    console.log(`${files.length} files, ${meshes.length} meshes, ${withCrds ? 'with' : 'without'} the CRDs:`);
    const told = run('python3', [join(root, 'conformance/oracle/compare_checks.py'), ...paths, '-v'], '', [0, 1]);
    console.log(told);
    wrong ||= !told.includes(' 0 failed');
    const answers = new Map(ours.map((line) => [JSON.parse(line).name, JSON.parse(line)]));
    for (const record of real.map((line) => JSON.parse(line))) {
      if (record.error) console.log(`${record.name}: istioctl reads nothing: ${record.error}`);
      const [want, got] = [levels(record).sort(), levels(answers.get(record.name)).sort()];
      if (record.error || want.join() === got.join()) continue;
      wrong = true;
      console.log(`${record.name}: istioctl says ${want.join(', ')}; Meshwright ${got.join(', ')}`);
    }
  }
  rmSync(temporary, { recursive: true });
  return wrong ? 1 : 0;
}

if (flags.own) listOwn();
else process.exitCode = compare();
