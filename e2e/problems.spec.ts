import { readFile } from 'node:fs/promises';
import { RETRY_CUT } from '../src/core/workspace/testing/samples.ts';
import { expect, test } from './support/test.ts';

/** The bookshop with a wrong weight, a subset and a port that are not there, and a gateway with a typing error. */
async function broken(): Promise<string> {
  const text = await readFile('public/examples/bookinfo.yaml', 'utf8');
  return text
    .replace('subset: v3\n      weight: 10', 'subset: v9\n      weight: -10')
    .replace('gateways: [bookinfo-gateway]', 'gateways: [bookinfo-gatewy]')
    .replace('timeout: 2s', 'timeout: 0s');
}

test.describe('problems', () => {
  test.beforeEach(async ({ app, page }) => {
    await app.open(await broken());
    await page.getByRole('tab', { name: /Problems/ }).click();
  });

  test('are listed by resource, and counted on node, row, tab and in the status bar', async ({ app, page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    await expect(
      panel.getByRole('button', { name: /^error No DestinationRule declares the subset "v9"/ }),
    ).toBeVisible();
    await expect(panel.getByText('VirtualService default/reviews', { exact: true })).toBeVisible();
    const node = app.canvas.getByRole('group', { name: 'VirtualService default/reviews', exact: true });
    await expect(node).toHaveAttribute('aria-description', /2 problems/);
    const rule = app.canvas.getByRole('group', { name: 'Rule 2 of VirtualService default/reviews', exact: true });
    await expect(rule).toHaveAttribute('aria-description', /2 problems/);
    await expect(page.getByRole('button', { name: /errors?, .*: show them/ })).toBeVisible();
    await expect(app.tab('mesh.yaml')).toHaveAccessibleName(/errors/);
  });

  test('are filtered by severity, words and eyes, and the eyes are remembered', async ({ app, page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    const weight = panel.getByRole('button', { name: /^error The weight -10/ });
    const subset = panel.getByRole('button', { name: /^error No DestinationRule/ });
    await panel.getByRole('searchbox', { name: 'Filter problems' }).fill('weight reviews');
    await expect(weight).toBeVisible();
    await expect(subset).toHaveCount(0);
    await panel.getByRole('searchbox').fill('');
    await panel.getByRole('button', { name: /errors?$/ }).click();
    await expect(weight).toHaveCount(0);
    await panel.getByRole('button', { name: /errors?$/ }).click();
    await panel.getByRole('button', { name: /^As seen by everybody/ }).click();
    await page.getByRole('menuitemcheckbox', { name: /^istioctl/ }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Kiali/ }).click();
    await page.keyboard.press('Escape');
    await expect(subset).toHaveCount(0);
    await expect(weight).toBeVisible();
    await page.reload();
    await app.monaco();
    await page.getByRole('tab', { name: /Problems/ }).click();
    await expect(weight).toBeVisible();
    await expect(subset).toHaveCount(0);
  });

  test('are fixed from the panel, one undo step each', async ({ app, page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    const subset = panel.getByRole('button', { name: /^error No DestinationRule/ });
    await panel.getByRole('button', { name: /^What to do about IST0101: No DestinationRule/ }).click();
    await page.getByRole('menuitem', { name: 'Use the subset v3' }).click();
    await expect(subset).toHaveCount(0);
    await app.canvas.click({ position: { x: 8, y: 60 } });
    await page.keyboard.press('Control+z');
    await expect(subset).toBeVisible();
  });

  test('are shown and fixed in the inspector', async ({ app, page }) => {
    await app.row('Rule 2 of VirtualService default/reviews').click();
    const own = app.inspector.getByRole('group', { name: 'Problems of what is picked' });
    await expect(own.getByRole('button', { name: /^The weight -10/ })).toBeVisible();
    await own.getByRole('button', { name: /^What to do about IST0101/ }).click();
    await page.getByRole('menuitem', { name: 'Use the subset v3' }).click();
    await expect(own.getByRole('button', { name: /^No DestinationRule/ })).toHaveCount(0);
  });

  test('are fixed from the light bulb', async ({ app, page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    const line = (await broken()).split('\n').findIndex((words) => words.includes('subset: v9')) + 1;
    await app.caret(line, 17);
    await page.keyboard.press('Control+.');
    await page.getByRole('option', { name: /Use the subset v3/ }).click();
    await expect(panel.getByRole('button', { name: /^error No DestinationRule/ })).toHaveCount(0);
    await expect(app.yaml.locator('.view-line', { hasText: 'subset: v3' })).toBeVisible();
  });

  test('are explained, with an example and its cure', async ({ page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    await panel.getByRole('button', { name: /^What to do about V-VS-143/ }).click();
    await page.getByRole('menuitem', { name: 'Explain V-VS-143' }).click();
    const help = page.getByRole('dialog');
    await expect(help.getByRole('group', { name: 'Broken' })).toContainText('weight');
    await expect(help.getByRole('group', { name: 'Mended' })).toContainText('weight');
    // What the cure changes is marked, and can be seen without a search.
    await expect(help.locator('mark').first()).toContainText('weight');
    await expect(help.locator('mark').first()).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
  });

  test('are muted where they stand, and can be shown all the same', async ({ page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    const weight = panel.getByRole('button', { name: /^error The weight -10/ });
    await panel.getByRole('button', { name: /^What to do about V-VS-143/ }).click();
    await page.getByRole('menuitem', { name: /^Mute V-VS-143 here/ }).click();
    await expect(weight).toHaveCount(0);
    await panel.getByRole('button', { name: 'Show 1 muted' }).click();
    await expect(weight).toContainText('muted');
  });

  test('are walked by keyboard alone: down, to the menu, and back', async ({ page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    await panel
      .getByRole('button', { name: /^error/ })
      .first()
      .focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: /^Explain/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel.getByRole('button', { name: /^What to do/ }).nth(1)).toBeFocused();
  });

  test('stay at their lines while somebody types above', async ({ app, page }) => {
    const panel = page.getByRole('region', { name: 'Problems' });
    const weight = panel.getByRole('button', { name: /^error The weight -10/ });
    const before = Number(/line (\d+)/.exec(await weight.innerText())?.[1]);
    await app.caret(1);
    await page.keyboard.type('# above\n');
    await expect(weight).toContainText(`line ${String(before + 1)}`);
  });
});

test('a finding of the routing engine is tried with the request that proves it', async ({ app, page }) => {
  await app.open(RETRY_CUT);
  await page.getByRole('tab', { name: /Problems/ }).click();
  const panel = page.getByRole('region', { name: 'Problems' });
  await panel.getByRole('button', { name: /^What to do about MW-RETRY-CUT/ }).click();
  await page.getByRole('menuitem', { name: /^Try it/ }).click();
  const request = page.getByRole('region', { name: 'Request' });
  await expect(request.getByRole('textbox', { name: 'URL' })).toHaveValue(/web/);
  await expect(request.getByText(/Rule 1/).first()).toBeVisible();
});
