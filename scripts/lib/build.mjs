import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';

/** What is built, from which sources, by which config. Each target has a stamp that is as old as its build's start. */
const targets = {
  app: {
    sources: ['src/core', 'src/app', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'],
    config: 'vite.config.ts',
  },
  cli: { sources: ['src/core', 'src/cli', 'vite.cli.config.ts', 'package-lock.json'], config: 'vite.cli.config.ts' },
  bench: {
    sources: ['src/core', 'src/cli', 'bench', 'vite.bench.config.ts', 'package-lock.json'],
    config: 'vite.bench.config.ts',
  },
};

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether a target has no build, or one older than its sources. */
export function isStale(name) {
  const stamp = statSync(join(root, `dist/${name}/.built`), { throwIfNoEntry: false });
  return !stamp || targets[name].sources.some((source) => newest(join(root, source)) > stamp.mtimeMs);
}

/** Builds a target beside its old build and swaps them, so that who runs the old one meanwhile is not disturbed. */
export async function build(name) {
  const fresh = `dist/.${name}-${process.pid}`;
  const code = await runTool(
    'vite/bin/vite.js',
    ['build', '--config', targets[name].config, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
    { quiet: true },
  );
  if (code !== 0) {
    rmSync(join(root, fresh), { recursive: true, force: true });
    console.error(`The ${name} could not be built: see above.`);
    process.exit(1);
  }
  writeFileSync(join(root, fresh, '.built'), '');
  const place = join(root, 'dist', name);
  const old = join(root, `dist/.${name}-old-${process.pid}`);
  if (existsSync(place)) renameSync(place, old);
  renameSync(join(root, fresh), place);
  rmSync(old, { recursive: true, force: true });
}

/** Builds a target where it is stale; says so on standard error. */
export async function ensureBuilt(name) {
  if (!isStale(name)) return;
  console.error(`Building the ${name === 'cli' ? 'command line' : name} …`);
  await build(name);
}
