// npm run build: the page to dist/app, the command line to dist/cli.
import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
const { build } = await import('./lib/build.mjs');
await build('app');
await build('cli');
