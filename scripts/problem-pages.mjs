// Writes docs/problems from the help of the checks: node scripts/problem-pages.mjs. A test holds that the pages are current.
import { runTool } from './lib/run.mjs';

const code = await runTool('vitest/vitest.mjs', ['run', 'src/cli/problem-pages.test.ts', '--reporter=dot'], {
  env: { WRITE_PROBLEM_PAGES: '1' },
});
process.exit(code);
