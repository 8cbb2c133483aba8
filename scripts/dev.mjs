// npm run dev: the page with reload on change, for those who work on it.
import { ensureInstalled } from './lib/install.mjs';
import { runTool } from './lib/run.mjs';

await ensureInstalled();
process.exit(await runTool('vite/bin/vite.js', process.argv.slice(2)));
