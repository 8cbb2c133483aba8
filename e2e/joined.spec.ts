import AxeBuilder from '@axe-core/playwright';
import { GATEWAY, virtualService } from '../src/core/workspace/testing/samples.ts';
import { expect, test } from './support/test.ts';

const to = (host: string): string => `  - route: [{destination: {host: ${host}}}]\n`;
const ROOT = virtualService(
  'shop',
  `  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - match: [{uri: {prefix: /ratings}}]
    delegate: {name: ratings-part}
${to('productpage')}`,
);
const MESH =
  GATEWAY +
  ROOT +
  virtualService('ratings-part', `  http:\n${to('ratings')}`) +
  virtualService('reviews', `  hosts: [reviews]\n  http:\n${to('reviews')}`) +
  virtualService('reviews-trial', `  hosts: [reviews]\n  http:\n${to('reviews')}`);

test.describe('rules of several virtual services', () => {
  test.beforeEach(async ({ app }) => {
    await app.open(MESH);
    await expect(app.row('Rule 1 of VirtualService default/shop')).toBeVisible();
  });

  test('are said in a row of the cards, for the caller that is chosen', async ({ app, page }) => {
    const strip = (name: string) => app.canvas.getByRole('button', { name, exact: true });
    await expect(strip('takes reviews, ignores 1')).toBeAttached();
    await expect(strip('mesh takes this, ignores reviews-trial')).toBeAttached();
    await expect(strip('ignored in the mesh: reviews counts')).toBeAttached();
    await expect(strip('with the rules of ratings-part')).toBeAttached();
    await expect(strip('joined into shop')).toBeAttached();
    await page.getByRole('button', { name: /^Caller: / }).click();
    await page.getByRole('menu').getByText('Internet').click();
    await expect(strip('ignored in the mesh: reviews counts')).toHaveCount(0);
    await expect(strip('with the rules of ratings-part')).toBeAttached();
  });

  test('open as one list with their origin, and lead to each rule', async ({ app, page }) => {
    await app.canvas.getByRole('button', { name: 'with the rules of ratings-part' }).click();
    const list = page.getByRole('dialog', { name: 'Rules of VirtualService default/shop as Istio joins them' });
    await expect(list.getByRole('listitem')).toHaveText([
      /→ ratings.*rule 1 of default\/ratings-part, handed over by default\/shop/,
      /→ productpage.*rule 2 of default\/shop/,
    ]);
    await expect(app.inspector.getByRole('region', { name: 'As Istio joins the rules' })).toBeVisible();
    for (const theme of ['dark', 'light']) {
      await page.evaluate((each) => document.documentElement.setAttribute('data-theme', each), theme);
      const { violations } = await new AxeBuilder({ page })
        .include('[role="dialog"]')
        .include('[aria-label="Canvas"]')
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    await list.getByRole('listitem').first().getByRole('button').click();
    await expect(list).toBeHidden();
    await expect(app.row('Rule 1 of VirtualService default/ratings-part')).toHaveAttribute('aria-current', 'true');
    await expect(app.row('Rule 1 of VirtualService default/ratings-part')).toBeFocused();
  });

  test('open by the keyboard, and Escape leads back', async ({ app, page }) => {
    await app.node('Service default/reviews').focus();
    await page.keyboard.press('Tab');
    const strip = app.canvas.getByRole('button', { name: 'takes reviews, ignores 1' });
    await expect(strip).toBeFocused();
    await page.keyboard.press('Enter');
    const list = page.getByRole('dialog', { name: 'Rules of Service default/reviews as Istio joins them' });
    await expect(list).toContainText('default/reviews-trial is ignored here');
    await expect(strip).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(strip).toBeFocused();
  });

  test('say so no more when an edit parts them', async ({ app, page }) => {
    const strip = app.canvas.getByRole('button', { name: 'takes reviews, ignores 1' });
    await expect(strip).toBeAttached();
    await app.node('VirtualService default/reviews-trial').focus();
    await page.keyboard.press('Delete');
    await expect(strip).toHaveCount(0);
  });
});

test('a connection straight to a ServiceEntry is drawn from its caller', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Examples' }).click();
  await page
    .getByRole('menuitem', { name: /outside of the mesh|External/i })
    .first()
    .click();
  await expect(app.node('ServiceEntry default/payments')).toBeAttached();
  const caller = app.node('Caller default/app=backoffice');
  await caller.focus();
  await page.getByRole('button', { name: /^Caller: / }).click();
  await page.getByRole('menu').getByText('backoffice').first().click();
  // What the caller never meets fades: the entry it calls stays.
  await expect(app.node('Caller default/app=shop')).toHaveAttribute('data-faded', '');
  await expect(app.node('ServiceEntry default/payments')).not.toHaveAttribute('data-faded', '');
});

test('the menu of a node offers what helps against its problems', async ({ app, page }) => {
  const missing = virtualService(
    'reviews',
    '  hosts: [reviews]\n  http:\n  - route: [{destination: {host: reviews, subset: v2}}]\n',
  );
  await app.open(missing);
  const node = app.node('VirtualService default/reviews');
  await expect(node.locator('.cv-badge').first()).toBeVisible();
  await node.focus();
  await page.keyboard.press('ContextMenu');
  await page.getByRole('menuitem', { name: 'Mend its problem' }).press('ArrowRight');
  const fix = page.getByRole('menuitem', { name: 'Declare the subset v2 of reviews' });
  await expect(fix).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[role="menu"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await fix.click();
  await expect(app.node('Subset default/reviews v2')).toBeVisible();
  await expect(node.locator('.cv-badge')).toHaveCount(0);
});
