import { test as base, expect } from '@playwright/test';
import { Meshwright } from './meshwright.ts';

/**
 * A test with the editor open in a fresh browser. It fails on anything in the console that is an error or a warning, on any script
 * that breaks, and on any request that leaves the page's origin.
 */
export const test = base.extend<{ app: Meshwright; watched: undefined }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const wrongs: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) wrongs.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => wrongs.push(`script: ${error.message}`));
      page.on('request', (request) => {
        const url = new URL(request.url());
        const isOwn = url.origin === origin || ['data:', 'blob:'].includes(url.protocol);
        if (!isOwn) wrongs.push(`request to ${url.origin}`);
      });
      await use(undefined);
      expect(wrongs, 'nothing goes wrong in the page and no request leaves it').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => {
    const app = new Meshwright(page);
    await app.start();
    await use(app);
  },
});
export { expect };
