// npm run e2e: the browser tests on the built page. Arguments go to Playwright.
import { ensureBrowser } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runTool } from './lib/run.mjs';

await ensureInstalled();
const browser = ensureBrowser();
const { ensureBuilt } = await import('./lib/build.mjs');
await ensureBuilt('app');
process.exit(
  await runTool('@playwright/test/cli.js', ['test', ...process.argv.slice(2)], { env: { CHROMIUM: browser } }),
);
