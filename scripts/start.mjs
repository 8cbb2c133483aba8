// npm start: installs, builds what is stale, serves the editor and opens it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

const wanted = Number(process.env.PORT ?? 5173);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_485) {
  console.error(`PORT is ${process.env.PORT}: set it to a number from 1 to 65485.`);
  process.exit(2);
}

function openBrowser(address) {
  if (process.env.BROWSER === 'none' || process.env.CI) return;
  const shown = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!shown) return;
  const [command, ...args] = process.env.BROWSER
    ? [process.env.BROWSER, address]
    : process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened: open the address yourself.'))
    .unref();
}

await ensureInstalled();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt('app');
const { serve } = await import('./lib/serve.mjs');
const { port } = await serve(join(root, 'dist/app'), wanted);
if (port !== wanted) console.log(`Port ${wanted} is taken, so this is port ${port}. Set PORT to choose another.`);
const address = `http://localhost:${port}/`;
console.log(`Meshwright is at ${address} (Ctrl+C stops it)`);
openBrowser(address);
