import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/support/chromium.ts';

const PORT = Number(process.env['E2E_PORT'] ?? 4173);
const given = process.env['E2E_BASE_URL'];
const baseURL = given ?? `http://127.0.0.1:${String(PORT)}/`;

/** Debian's Chromium on the built page. `E2E_BASE_URL` runs against a page that is served already. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A machine that is busy with something else for a moment must not fail a run; what needed a second try is listed as flaky.
  retries: 1,
  reporter: [['list']],
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL,
    viewport: { width: 1600, height: 1000 },
    locale: 'en-GB',
    // Particles that nobody looks at take the time of the machine; tests of motion ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: findChromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] },
    trace: 'on-first-retry',
  },
  ...(given === undefined
    ? { webServer: { command: `node scripts/serve.mjs ${String(PORT)}`, url: baseURL, reuseExistingServer: true } }
    : {}),
});
