import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import type { Meshwright } from './support/meshwright.ts';
import { REVIEWS } from './support/yaml.ts';

const panelOf = (page: Page): Locator => page.getByRole('region', { name: 'Request', exact: true });

async function openPanel(app: Meshwright, text = REVIEWS): Promise<Locator> {
  await app.open(text);
  await app.page.getByRole('tab', { name: 'Request' }).click();
  const panel = panelOf(app.page);
  await expect(panel.getByRole('button', { name: 'Send' })).toBeVisible();
  return panel;
}

/** Asks for reviews as somebody, by keyboard alone from the URL on. */
async function ask(panel: Locator, user: string): Promise<void> {
  await panel.getByLabel('URL').fill('http://reviews/reviews/0');
  await panel.getByRole('button', { name: 'Header', exact: true }).click();
  await panel.getByLabel('Name of header 1').fill('end-user');
  await panel.getByLabel('Value of header 1').fill(user);
  await panel.getByLabel('Value of header 1').press('Enter');
}

test('an empty panel offers a request, and answers it with every rule and its reason', async ({ app }) => {
  const panel = await openPanel(app);
  await panel
    .getByRole('button', { name: /^GET http:\/\/reviews/ })
    .first()
    .click();
  await expect(panel.getByRole('status').first()).toContainText('200');
  await expect(panel.getByRole('list', { name: 'Rules' }).getByRole('listitem')).toHaveCount(2);
});

test('why a rule does not match is said with both values, and its line is shown', async ({ app, page }) => {
  const panel = await openPanel(app);
  await ask(panel, 'Jason');
  const rules = panel.getByRole('list', { name: 'Rules' }).getByRole('listitem');
  await expect(rules.nth(0)).toContainText('no match');
  await expect(rules.nth(0)).toContainText('header end-user is Jason, the rule wants exactly jason');
  await expect(rules.nth(1)).toContainText('taken');
  await expect(panel.getByRole('status').first()).toContainText('from reviews v1');
  await expect(panel.getByRole('region', { name: 'Answer' })).toContainText('30 %');
  await rules.nth(0).getByRole('button', { name: 'line 11' }).click();
  await expect(app.inspector.getByRole('heading', { name: /Rule 1/ })).toBeVisible();
  await expect(page.getByText('Routing as Istio 1.31, compared with Envoy 1.40')).toBeVisible();
});

test('the answer follows the text', async ({ app }) => {
  const panel = await openPanel(app);
  await ask(panel, 'jason');
  await expect(panel.getByRole('status').first()).toContainText('from reviews v2');
  await app.typeAt(11, 31, 'x');
  await expect(panel.getByRole('status').first()).toContainText('from reviews v1');
});

test('a curl command fills the form, and what is none is refused in words', async ({ app, page }) => {
  const panel = await openPanel(app);
  await panel.getByRole('button', { name: 'Paste curl or log' }).click();
  const box = page.getByLabel('curl command or log line');
  await box.fill('hello');
  await page.getByRole('button', { name: 'Fill the form' }).click();
  await expect(page.getByRole('alert')).toContainText('neither a curl command nor');
  await box.fill(`curl -v -H 'end-user: jason' \\\n  http://reviews/reviews/0`);
  await box.press('Control+Enter');
  await expect(panel.getByLabel('URL')).toHaveValue('http://reviews/reviews/0');
  await expect(panel.getByLabel('Value of header 1')).toHaveValue('jason');
});

test('a rule says by a request how it is reached', async ({ app, page }) => {
  await openPanel(app);
  await app.row('Rule 1 of VirtualService default/reviews').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Why not this rule?' }).click();
  const panel = panelOf(page);
  const about = panel.getByText('This request reaches Rule 1 of VirtualService default/reviews.');
  await expect(about).toBeVisible();
  await expect(panel.getByLabel('Name of header 1')).toHaveValue('end-user');
  await expect(panel.getByLabel('Value of header 1')).toHaveValue('jason');
  // An edit may make it untrue.
  await app.row('Rule 1 of VirtualService default/reviews').focus();
  await page.keyboard.press('Delete');
  await expect(about).toHaveCount(0);
});

test('a kept request turns red when an edit changes its outcome, and undo takes it away', async ({ app }) => {
  const panel = await openPanel(app);
  await ask(panel, 'jason');
  await expect(panel.getByRole('status').first()).toContainText('from reviews v2');
  await panel.getByRole('button', { name: 'Keep as a test' }).click();
  const kept = panel.getByRole('group', { name: 'Kept requests' });
  await expect(kept).toContainText('1 request as expected');
  await app.showFile('mesh.yaml');
  await app.typeAt(11, 31, 'x');
  await expect(kept).toContainText('1 not since an edit');
  await expect(kept).toContainText('200 from reviews v1, expected 200 from reviews v2');
  const tab = app.page.getByRole('tab', { name: 'Request', exact: true });
  await expect(tab).toContainText('1');
  await expect(tab).toHaveAccessibleDescription('1 kept request not as expected');
  await app.undo();
  await expect(tab).toHaveText('Request');
  await expect(kept).toContainText('1 request as expected');
  await app.undo();
  await expect(kept).toHaveCount(0);
});

const EDGE = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
    tls: {httpsRedirect: true}
  - port: {number: 443, name: tls, protocol: TLS}
    hosts: ["*.example.com"]
    tls: {mode: PASSTHROUGH}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec:
  hosts: ["*.example.com"]
  gateways: [edge]
  http:
  - route: [{destination: {host: shop}}]
  tls:
  - match: [{sniHosts: [pay.example.com]}]
    route: [{destination: {host: pay, port: {number: 443}}}]
  - match: [{sniHosts: [shop.example.com]}]
    route: [{destination: {host: shop, port: {number: 443}}}]
`;

test('a redirect is followed, and a rule for TLS connections says why it takes one', async ({ app }) => {
  const panel = await openPanel(app, EDGE);
  await panel.getByLabel('URL').fill('http://shop.example.com/cart');
  await panel.getByLabel('URL').press('Enter');
  await expect(panel.getByRole('status').first()).toContainText('301');
  await panel.getByRole('button', { name: 'Follow' }).click();
  await expect(panel.getByLabel('URL')).toHaveValue('https://shop.example.com/cart');
  await expect(panel.getByRole('status').first()).toContainText('from shop');
  const rules = panel.getByRole('list', { name: 'Rules' }).getByRole('listitem');
  await expect(rules.nth(0)).toContainText('server name (SNI) is shop.example.com, the rule wants pay.example.com');
  await expect(rules.nth(1)).toContainText('taken');
  await expect(rules.nth(0).getByRole('button', { name: 'line 23' })).toBeVisible();
});

for (const theme of ['dark', 'light'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });
    test(`axe finds nothing serious in a trace, ${theme}`, async ({ app, page }) => {
      const panel = await openPanel(app);
      await ask(panel, 'Jason');
      await expect(panel.getByRole('status').first()).toContainText('200');
      await panel.getByRole('button', { name: 'Keep as a test' }).click();
      await expect(panel.getByRole('group', { name: 'Kept requests' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.pn-bottom').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });
  });
}
