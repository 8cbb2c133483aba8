import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

const RULE_2 = 'Rule 2 of VirtualService default/reviews';
const withWeights = (...weights: readonly number[]): string => {
  let at = 0;
  return REVIEWS.replace(/weight: \d+/g, () => `weight: ${String(weights[at++])}`);
};

test.describe('the split in the inspector', () => {
  test.beforeEach(async ({ app }) => {
    await app.open(REVIEWS);
    await app.row(RULE_2).click();
    await expect(app.inspector.getByRole('heading', { name: /Rule 2/ })).toBeVisible();
  });

  test('a typed weight is written as it stands, and nothing else', async ({ app }) => {
    const box = app.inspector.getByLabel('Weight of reviews v1');
    await box.fill('70');
    await box.press('Enter');
    await app.expectText('mesh.yaml', withWeights(70, 30, 10));
    await app.page.keyboard.press('Control+z');
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('per cents keep the others in proportion, ratios set the whole split', async ({ app }) => {
    const box = app.inspector.getByLabel('Weight of reviews v1');
    await box.fill('40%');
    await box.press('Enter');
    await app.expectText('mesh.yaml', withWeights(40, 45, 15));
    await box.fill('1:19:20');
    await box.press('Enter');
    await app.expectText('mesh.yaml', withWeights(1, 19, 20));
  });

  test('a divider moves by arrow keys, one step an undo step', async ({ app }) => {
    const divider = app.inspector.getByRole('slider', { name: 'Divider between reviews v1 and reviews v2' });
    await divider.focus();
    await divider.press('ArrowRight');
    await app.expectText('mesh.yaml', withWeights(61, 29, 10));
    await divider.press('PageDown');
    await app.expectText('mesh.yaml', withWeights(51, 39, 10));
    await app.undo();
    await app.expectText('mesh.yaml', withWeights(61, 29, 10));
  });

  test('a divider is dragged with the mouse: one undo step', async ({ app, page }) => {
    const divider = app.inspector.getByRole('slider').first();
    const box = await divider.boundingBox();
    if (!box) throw new Error('No divider.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 20, y, { steps: 5 });
    await page.mouse.move(x - 40, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => app.storedText('mesh.yaml')).not.toBe(REVIEWS);
    await app.undo();
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('what is no share stays, flagged, and writes nothing; Escape goes back', async ({ app }) => {
    const box = app.inspector.getByLabel('Weight of reviews v1');
    await box.fill('lots');
    await box.press('Enter');
    await expect(box).toHaveAttribute('aria-invalid', 'true');
    await expect(app.inspector.getByRole('alert')).toContainText('not a share');
    await expect(box).toHaveValue('lots');
    await box.press('Escape');
    await expect(box).toHaveValue('60');
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('destinations are evened, removed, and added from a list', async ({ app, page }) => {
    await app.inspector.getByRole('button', { name: 'Split evenly' }).click();
    await app.expectText('mesh.yaml', withWeights(34, 33, 33));
    await app.inspector.getByRole('button', { name: 'Remove reviews v3' }).click();
    await expect.poll(() => app.storedText('mesh.yaml')).not.toContain('subset: v3\n      weight');
    await app.inspector.getByRole('button', { name: 'Destination' }).click();
    await page.getByRole('combobox', { name: 'Add a destination' }).fill('v3');
    await page.keyboard.press('Enter');
    await expect(app.inspector.getByLabel('Weight of reviews v3')).toHaveValue('0');
  });
});

test.describe('fields', () => {
  test('a duration is written, flagged when it is none, and reset takes its line away', async ({ app }) => {
    await app.open(REVIEWS);
    await app.row(RULE_2).click();
    const timeout = app.inspector.getByLabel('Timeout', { exact: true });
    await timeout.fill('soon');
    await timeout.press('Enter');
    await expect(app.inspector.getByRole('alert')).toContainText('not a duration');
    await timeout.fill('5s');
    await timeout.press('Enter');
    await expect.poll(() => app.storedText('mesh.yaml')).toContain('timeout: 5s');
    await app.inspector.getByRole('button', { name: 'Reset Timeout' }).click();
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('a resource is renamed, duplicated and deleted from the inspector', async ({ app, page }) => {
    await app.open(REVIEWS);
    await app.node('VirtualService default/reviews').click({ position: { x: 60, y: 12 } });
    await app.inspector.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('New name').fill('stars');
    await page.keyboard.press('Enter');
    await expect(app.node('VirtualService default/stars')).toBeVisible();
    await app.inspector.getByRole('button', { name: 'Delete' }).click();
    await expect(app.node('VirtualService default/stars')).toHaveCount(0);
    await app.undo();
    await app.undo();
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('rules are moved up and down by keys in the list', async ({ app }) => {
    await app.open(REVIEWS);
    await app.node('VirtualService default/reviews').click({ position: { x: 60, y: 12 } });
    await app.inspector.getByRole('button', { name: RULE_2 }).press('Alt+ArrowUp');
    await expect.poll(async () => (await app.storedText('mesh.yaml'))?.indexOf('everyone')).toBeLessThan(200);
    await app.undo();
    await app.expectText('mesh.yaml', REVIEWS);
  });
});

test.describe('problems', () => {
  const WRONG = REVIEWS.replace('subset: v3', 'subset: v4');

  test('are counted on the tab, filtered, and a click shows the line and the rule', async ({ app, page }) => {
    await app.open(WRONG);
    await expect(page.getByRole('tab', { name: /Problems/ })).toContainText(/[1-9]/);
    const panel = page.getByRole('region', { name: 'Problems' });
    await page.getByRole('tab', { name: /Problems/ }).click();
    await panel.getByRole('button', { name: /v4/ }).first().click();
    await expect(app.inspector.getByRole('heading', { name: /Rule 2/ })).toBeVisible();
    for (const filter of await panel.getByRole('group', { name: 'Severities shown' }).getByRole('button').all())
      await filter.click();
    await expect(panel).toContainText('none of which the filter lets through');
  });

  test('F8 walks them with the focus in the text; a fixed one vanishes at once', async ({ app, page }) => {
    await app.open(WRONG);
    await app.caret(1);
    await page.keyboard.press('F8');
    await expect(page.getByRole('region', { name: 'Problems' }).locator('[aria-current="true"]')).toBeVisible();
    await app.row(RULE_2).click();
    await app.inspector.getByRole('button', { name: 'Remove reviews v4' }).click();
    await expect(page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: /v4/ })).toHaveCount(0);
  });
});

test.describe('traffic', () => {
  test('play, pause, step and start again, by button and by key', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('tab', { name: 'Traffic' }).click();
    const panel = page.getByRole('region', { name: 'Traffic' });
    const pause = panel.getByRole('button', { name: 'Pause' });
    if (await pause.isVisible()) await pause.click();
    await panel.getByRole('button', { name: 'Play' }).click();
    await expect(panel.getByRole('table')).toContainText('reviews v1', { timeout: 25_000 });
    await pause.click();
    await app.node('VirtualService default/reviews').focus();
    await page.keyboard.press('p');
    await expect(pause).toBeVisible();
    await page.keyboard.press('p');
    await expect(panel.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  test('another seed starts the run again; what is no seed is refused in place', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('tab', { name: 'Traffic' }).click();
    const seed = page.getByRole('region', { name: 'Traffic' }).getByRole('textbox', { name: 'Seed' });
    await seed.fill('many');
    await seed.press('Enter');
    await expect(seed).toHaveAttribute('aria-invalid', 'true');
    await seed.fill('7');
    await seed.press('Enter');
    await expect(seed).toHaveValue('7');
  });
});

test('what stands for no text of its own is named as on the canvas', async ({ app }) => {
  await app.open(await readFile('public/examples/bookinfo.yaml', 'utf8'));
  await app.row('Everything else of VirtualService default/bookinfo').click();
  await expect(app.inspector.getByRole('heading', { name: 'Everything else of bookinfo' })).toBeVisible();
  await app.node('Caller default/app=productpage').click({ position: { x: 40, y: 10 } });
  await expect(app.inspector.getByRole('note')).toContainText('of a Scenario document');
});
