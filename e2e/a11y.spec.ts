import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

const BROKEN = `${REVIEWS.replace('subset: v3', 'subset: v4')}---\nkind: {`;

/** Everything that axe calls serious or critical on what is shown now. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
}

// Reading a whole page takes axe seconds, and more on a busy machine.
test.describe.configure({ timeout: 180_000 });

for (const theme of ['dark', 'light'] as const) {
  test.describe(`axe finds nothing serious, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('on the welcome screen', async ({ app, page }) => {
      await expect(app.node('VirtualService default/reviews')).toBeVisible();
      expect(await serious(page)).toEqual([]);
    });

    test('on a rule with its split, and every tab below', async ({ app, page }) => {
      await app.open(BROKEN);
      await app.row('Rule 2 of VirtualService default/reviews').click();
      await expect(app.inspector.getByRole('heading', { name: /Rule 2/ })).toBeVisible();
      for (const tab of ['Problems', 'Request', 'Traffic', 'Changes']) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        await expect(page.getByRole('region', { name: tab, exact: true })).toBeVisible();
        expect(await serious(page), tab).toEqual([]);
      }
    });

    test('on every other kind of thing in the inspector', async ({ app, page }) => {
      await app.open(REVIEWS);
      for (const name of ['VirtualService default/reviews', 'Subset default/reviews v2']) {
        await app.row(name).click({ position: { x: 40, y: 10 } });
        await expect(app.inspector.getByRole('heading').first()).toBeVisible();
        for (const group of await app.inspector.locator('summary').all()) await group.click();
        expect(await serious(page), name).toEqual([]);
      }
    });

    test('on what can be done about a problem, and its page of help', async ({ app, page }) => {
      await app.open(BROKEN);
      await page.getByRole('tab', { name: /^Problems/ }).click();
      await page
        .getByRole('button', { name: /^What to do about IST0101/ })
        .first()
        .click();
      await expect(page.getByRole('menuitem', { name: /^Use the subset/ }).first()).toBeVisible();
      expect(await serious(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Explain IST0101' }).click();
      await expect(page.getByRole('dialog').getByRole('group', { name: 'Broken' })).toBeVisible();
      expect(await serious(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^As seen by/ }).click();
      expect(await serious(page)).toEqual([]);
    });

    test('on the sheets and the palette', async ({ app, page }) => {
      await app.open(BROKEN);
      for (const [button, title] of [
        ['Import', 'Import'],
        ['Export for kubectl', 'Export for kubectl'],
        ['Keyboard shortcuts', 'Keyboard shortcuts'],
        ['Find or do anything', 'Find or do anything'],
      ] as const) {
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('dialog', { name: title })).toBeVisible();
        expect(await serious(page), title).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    });
  });
}

test('with less motion asked for, the traffic says what stands for the dots', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open(REVIEWS);
  await page.getByRole('tab', { name: 'Traffic' }).click();
  await expect(page.getByRole('region', { name: 'Traffic' })).toContainText('Less motion is asked for');
});
