// npm run bench [-- --json] [-- --only=NAME]: every figure of the project with its goal, measured on the built page and core.
import { ensureBrowser } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';

await ensureInstalled();
const browser = ensureBrowser();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt('app');
await ensureBuilt('bench');
process.exit(
  await run(process.execPath, ['dist/bench/main.mjs', ...process.argv.slice(2)], { env: { CHROMIUM: browser } }),
);
