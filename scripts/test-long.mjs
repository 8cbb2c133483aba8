// npm run test:long: the laws with 20,000 random cases each (LAWS_RUNS changes it, LAWS_SEED the seed). Arguments choose files.
import { ensureInstalled } from './lib/install.mjs';
import { runTool } from './lib/run.mjs';

await ensureInstalled();
const env = { LAWS_RUNS: process.env.LAWS_RUNS ?? '20000' };
process.exit(await runTool('vitest/vitest.mjs', ['run', '--testTimeout=7200000', ...process.argv.slice(2)], { env }));
