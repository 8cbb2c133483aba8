// npm test: installs, then types, lint, format, arrows, unused, unit and conformance, browser. `--only=types,unit` picks some.
// Ends with a line `N passed, N failed`: every unit and browser test counts as one, every other step as one.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run, runTool } from './lib/run.mjs';

const reports = join(root, '.cache/reports');
const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return undefined;
  }
}

async function types() {
  let code = 0;
  for (const project of ['tsconfig.core.json', 'tsconfig.cli.json', 'tsconfig.json']) {
    code ||= await runTool('typescript/bin/tsc', ['-p', project]);
  }
  return code;
}

async function unit() {
  const code = await runTool('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'unit.json')}`,
  ]);
  const report = readReport('unit.json');
  if (!report) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests + (code !== 0 && report.numFailedTests === 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

async function browser() {
  if (!chromium) return { passed: 0, failed: 1 };
  const code = await run(process.execPath, ['scripts/e2e.mjs', '--reporter=list,json'], {
    env: { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json') },
  });
  const stats = readReport('e2e.json')?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  const failed = stats.unexpected + (code !== 0 && stats.unexpected === 0 ? 1 : 0);
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

const steps = {
  types,
  lint: () => runTool('eslint/bin/eslint.js', ['.']),
  format: () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  arrows: () => runTool('dependency-cruiser/bin/dependency-cruise.mjs', ['src', '--config', '.dependency-cruiser.cjs']),
  unused: () => runTool('knip/bin/knip.js', []),
  unit,
  browser,
};

await ensureInstalled();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// First, so that nobody waits for minutes to hear that it is missing. All else is tested without it.
const chromium = !only || only.includes('browser') ? findOrInstallBrowser() : undefined;
let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, step] of Object.entries(steps)) {
  if (only && !only.includes(name)) continue;
  const start = Date.now();
  console.log(`\n── ${name}`);
  const result = await step();
  const counts = typeof result === 'number' ? { passed: Number(result === 0), failed: Number(result !== 0) } : result;
  passed += counts.passed;
  failed += counts.failed;
  skipped += counts.skipped ?? 0;
  console.log(`── ${name}: ${counts.failed === 0 ? 'ok' : 'failed'}, ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
