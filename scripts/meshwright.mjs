// npm run -s meshwright -- …: installs and builds what is stale (told on standard error only), then runs the command line.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt('cli');
const child = spawn(process.execPath, [join(root, 'dist/cli/meshwright.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
child.on('close', (code) => process.exit(code ?? 1));
