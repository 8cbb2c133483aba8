import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

const FILE = 'mesh.yaml';
const RULE_1 = 'Rule 1 of VirtualService default/reviews';
const RULE_2 = 'Rule 2 of VirtualService default/reviews';
const DIVIDER = 'Divider between reviews v1 and reviews v2';

const shares = (v1: number, v2: number, v3: number): string =>
  REVIEWS.replace('weight: 60', `weight: ${String(v1)}`)
    .replace('weight: 30', `weight: ${String(v2)}`)
    .replace('weight: 10', `weight: ${String(v3)}`);

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

test.describe('the canvas', () => {
  test.beforeEach(async ({ app }) => {
    await app.open(REVIEWS, FILE);
    await expect(app.row(RULE_2)).toBeVisible();
  });

  test('shows resources, rules and subsets by their names, and axe finds nothing', async ({ app, page }) => {
    for (const name of ['VirtualService default/reviews', RULE_1, RULE_2, 'Subset default/reviews v1']) {
      await expect(app.row(name)).toBeVisible();
    }
    for (const theme of ['dark', 'light']) {
      await page.evaluate((each) => document.documentElement.setAttribute('data-theme', each), theme);
      const { violations } = await new AxeBuilder({ page }).include('[aria-label="Canvas"]').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });

  test('selects with a click, lights the lines, and takes another with Ctrl', async ({ app, page }) => {
    await app.row(RULE_2).click({ position: { x: 40, y: 6 } });
    await expect(app.row(RULE_2)).toHaveAttribute('aria-current', 'true');
    await expect(app.litLines().first()).toBeVisible();
    await app.row(RULE_1).click({ position: { x: 40, y: 6 }, modifiers: ['Control'] });
    await expect(app.canvas.locator('[aria-current="true"]')).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(app.canvas.locator('[aria-current="true"]')).toHaveCount(0);
  });

  test('follows the caret without taking the focus', async ({ app, page }) => {
    await app.caret(14, 5);
    await expect(app.row(RULE_2)).toHaveAttribute('aria-current', 'true');
    expect(await page.evaluate(() => document.activeElement?.closest('[aria-label="Canvas"]') === null)).toBe(true);
  });

  test('dragging a divider writes only the digits, once, and undo takes it back', async ({ app, page }) => {
    const bar = app.row(RULE_2).locator('.cv-bar');
    const width = (await bar.boundingBox())?.width ?? 0;
    await app.dragDivider(DIVIDER, -width / 10);
    await app.expectText(FILE, shares(50, 40, 10));
    await app.undo();
    await app.expectText(FILE, REVIEWS);
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  });

  test('Escape leaves the shares as they were', async ({ app, page }) => {
    const divider = app.canvas.getByRole('slider', { name: DIVIDER, exact: true });
    const box = await divider.boundingBox();
    if (!box) throw new Error('no divider');
    await page.mouse.move(box.x + box.width / 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x - 30, box.y + 8, { steps: 5 });
    await expect(divider).not.toHaveAttribute('aria-valuenow', '60');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(divider).toHaveAttribute('aria-valuenow', '60');
    await app.expectText(FILE, REVIEWS);
  });

  test('the keyboard moves a divider by one and by ten', async ({ app, page }) => {
    const divider = app.canvas.getByRole('slider', { name: DIVIDER, exact: true });
    await divider.focus();
    await page.keyboard.press('ArrowRight');
    await app.expectText(FILE, shares(61, 29, 10));
    await page.keyboard.press('Shift+ArrowLeft');
    await app.expectText(FILE, shares(51, 39, 10));
    await expect(divider).toBeFocused();
  });

  test('shares are typed in place, and what is wrong is said', async ({ app, page }) => {
    await app.row(RULE_2).locator('.cv-bar').dblclick();
    const box = app.canvas.getByRole('textbox', { name: /^Shares of/ });
    await box.fill('1 2');
    await page.keyboard.press('Enter');
    await expect(app.canvas.getByRole('alert')).toContainText('3 destinations');
    await box.fill('80% 15% 5%');
    await page.keyboard.press('Enter');
    await app.expectText(FILE, shares(80, 15, 5));
    await expect(app.row(RULE_2)).toBeFocused();
  });

  test('arrows walk the rows and the nodes', async ({ app, page }) => {
    await app.row('VirtualService default/reviews').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(RULE_1);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(RULE_2);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toMatch(/^(Subset|Service) default\/reviews/);
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toMatch(/VirtualService default\/reviews/);
  });

  test('one item is in the tab order', async ({ app }) => {
    await app.row(RULE_1).focus();
    await expect(app.canvas.locator('[data-item][tabindex="0"]')).toHaveCount(1);
    await expect(app.row(RULE_1)).toHaveAttribute('tabindex', '0');
  });

  test('rules are reordered by keyboard and by their grip', async ({ app, page }) => {
    await app.row(RULE_2).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect
      .poll(async () => (await app.storedText(FILE))?.indexOf('name: everyone') ?? -1)
      .toBeLessThan(REVIEWS.indexOf('name: testers') + 20);
    await app.undo();
    await app.expectText(FILE, REVIEWS);
    const grip = await app.row(RULE_1).locator('[data-grip]').boundingBox();
    const below = await app.row(RULE_2).boundingBox();
    if (!grip || !below) throw new Error('no rows');
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2, below.y + below.height * 0.9, { steps: 6 });
    await page.mouse.up();
    await expect
      .poll(async () => (await app.storedText(FILE))?.indexOf('name: everyone') ?? -1)
      .toBeLessThan(REVIEWS.indexOf('name: testers') + 20);
  });

  test('a wire from a rule adds a destination', async ({ app, page }) => {
    const port = await app.row(RULE_1).locator('[data-port]').boundingBox();
    const target = await app.row('Subset default/reviews v3').boundingBox();
    if (!port || !target) throw new Error('no ends');
    await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
    await page.mouse.down();
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 });
    await expect(app.row('Subset default/reviews v3')).toHaveAttribute('data-over', 'legal');
    await page.mouse.up();
    await expect(app.canvas.getByRole('button', { name: /^Destination reviews v3 0 %/ })).toBeAttached();
    await app.undo();
    await app.expectText(FILE, REVIEWS);
  });

  test('a rule is connected from a list, and a destination removed, by keyboard', async ({ app, page }) => {
    await app.row(RULE_1).focus();
    await page.keyboard.press('c');
    const rule = await app.row(RULE_1).boundingBox();
    const list = page.getByRole('menu', { name: /^Connect Rule 1/ });
    // Beside the rule, where the eye is.
    await expect
      .poll(async () => Math.abs(((await list.boundingBox())?.x ?? 0) - (rule?.x ?? 0) - (rule?.width ?? 0)))
      .toBeLessThan(12);
    await page.getByRole('menuitem', { name: 'reviews v1' }).press('Enter');
    await expect(app.row(RULE_1).getByRole('button', { name: /^Destination reviews v1/ })).toBeAttached();
    await app.row(RULE_2).focus();
    await app
      .row(RULE_2)
      .getByRole('button', { name: /^Destination reviews v3/ })
      .press('Delete');
    await expect(app.row(RULE_2).getByRole('button', { name: /^Destination/ })).toHaveCount(2);
    await expect.poll(() => app.storedText(FILE)).not.toMatch(/weight: 10$/m);
  });

  test('renames with F2 and deletes with Delete', async ({ app, page }) => {
    await app.row('VirtualService default/reviews').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('ratings');
    await page.keyboard.press('Enter');
    await expect(app.row('VirtualService default/ratings')).toBeVisible();
    await app.expectText(FILE, REVIEWS.replace('name: reviews #', 'name: ratings #'));
    await app.row('VirtualService default/ratings').focus();
    await page.keyboard.press('Delete');
    await expect(app.row('VirtualService default/ratings')).toHaveCount(0);
    await app.undo();
    await expect(app.row('VirtualService default/ratings')).toBeVisible();
  });

  test('the context menu does what the keys do', async ({ app, page }) => {
    await app.row(RULE_2).click({ button: 'right', position: { x: 40, y: 6 } });
    await page.getByRole('menuitem', { name: 'Split evenly' }).click();
    await app.expectText(FILE, shares(34, 33, 33));
    await app.row(RULE_1).focus();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menuitem', { name: 'Delete rule 1' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.row(RULE_1)).toBeFocused();
  });

  test('a caller is chosen from the bar', async ({ page }) => {
    await page.getByRole('button', { name: /^Caller: / }).click();
    await page.getByRole('menuitemcheckbox').nth(1).click();
    await expect(page.getByRole('button', { name: 'Caller: Everyone' })).toHaveCount(0);
  });

  test('half a line keeps the card, marked stale', async ({ app }) => {
    await app.typeAt(3, 1, 'meta: {');
    await expect(app.row('VirtualService default/reviews')).toHaveAttribute('data-stale', '');
    await expect(app.row('Subset default/reviews v1')).toBeVisible();
  });

  test('moving a node moves it once, and undo brings it back', async ({ app, page }) => {
    const node = app.row('VirtualService default/reviews');
    const before = await node.boundingBox();
    if (!before) throw new Error('no node');
    await page.mouse.move(before.x + 60, before.y + 12);
    await page.mouse.down();
    await page.mouse.move(before.x + 60, before.y + 92, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => (await node.boundingBox())?.y).toBeGreaterThan(before.y + 40);
    await app.undo();
    await expect.poll(async () => Math.round((await node.boundingBox())?.y ?? 0)).toBe(Math.round(before.y));
    await app.expectText(FILE, REVIEWS);
  });
});

test('with reduced motion there are no particles', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open(REVIEWS, FILE);
  await app.row(RULE_2).focus();
  await page.keyboard.press('p');
  await page.waitForTimeout(1200);
  await expect(app.canvas.locator('.cv-traffic')).toHaveAttribute('data-particles', '0');
});

test.describe('on a small screen with every panel open', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('no card stands behind the tool bar or the captions, at first and when all is shown', async ({ app, page }) => {
    await app.open(await readFile('public/examples/bookinfo.yaml', 'utf8'), FILE);
    await expect(app.node('VirtualService default/ratings')).toBeVisible();
    const hidden = (): Promise<number> =>
      page.evaluate(() => {
        const bars = [...document.querySelectorAll('.cv-bar-group')].map((bar) => bar.getBoundingClientRect());
        const view = document.querySelector('.cv-surface')?.getBoundingClientRect();
        return [...document.querySelectorAll('.cv-card')].filter((card) => {
          const { left, right, top, bottom } = card.getBoundingClientRect();
          if (!view || top < view.top + 36 || bottom > view.bottom || left < view.left || right > view.right)
            return true;
          return bars.some((bar) => left < bar.right && bar.left < right && top < bar.bottom && bar.top < bottom);
        }).length;
      });
    await expect(app.canvas.locator('.cv-card')).toHaveCount(11);
    await expect.poll(hidden).toBe(0);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(hidden).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(hidden).toBe(0);
  });

  test('no card can be moved behind the tool bar', async ({ app, page }) => {
    await app.open(REVIEWS, FILE);
    const bar = page.getByRole('toolbar', { name: 'View' });
    const top = (await bar.boundingBox())?.y ?? 0;
    const surface = await page.locator('.cv-surface').boundingBox();
    expect((surface?.y ?? 0) + (surface?.height ?? 0)).toBeLessThanOrEqual(top + 0.5);
  });

  test('the name of what was just added can be seen', async ({ app, page }) => {
    await app.open(await readFile('public/examples/bookinfo.yaml', 'utf8'), FILE);
    await app.node('VirtualService default/reviews').focus();
    await page.keyboard.press('Control+d');
    const copy = app.node('VirtualService default/reviews-copy');
    await expect(copy).toBeVisible();
    const surface = await page.locator('.cv-surface').boundingBox();
    await expect.poll(async () => (await copy.boundingBox())?.y ?? 0).toBeGreaterThan((surface?.y ?? 0) + 30);
  });

  test('a graph of five columns is seen to its end at first', async ({ app }) => {
    await app.open(await readFile('public/examples/external.yaml', 'utf8'), FILE);
    await expect(app.node('ServiceEntry default/payments')).toBeInViewport({ ratio: 0.99 });
    await expect(app.node('Caller default/app=shop')).toBeInViewport({ ratio: 0.99 });
  });
});
