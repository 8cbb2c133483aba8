import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

const FILE = 'mesh.yaml';
const OTHER = REVIEWS.replaceAll('reviews', 'ratings');

test.describe('files', () => {
  test('a tab is renamed in place and closed; undo brings it back', async ({ app, page }) => {
    await app.open(REVIEWS, FILE);
    await app.drop([{ name: 'other.yaml', text: OTHER }]);
    await expect(app.tab('other.yaml')).toBeVisible();
    await app.tab('other.yaml').dblclick();
    const box = app.yaml.getByRole('textbox', { name: /name/i }).first();
    await box.fill('ratings.yaml');
    await page.keyboard.press('Enter');
    await expect(app.tab('ratings.yaml')).toBeVisible();
    await app.expectText('ratings.yaml', OTHER);
    await app.tab('ratings.yaml').hover();
    await app.yaml.getByTitle('Close ratings.yaml', { exact: true }).click();
    await expect(app.tab('ratings.yaml')).toHaveCount(0);
    await app.undo();
    await expect(app.tab('ratings.yaml')).toBeVisible();
    await app.expectText('ratings.yaml', OTHER);
  });

  test('the tab of the text that is shown can be seen among many', async ({ app }) => {
    const names = Array.from({ length: 9 }, (_, at) => `team-${String(at)}.yaml`);
    await app.drop(names.map((name, at) => ({ name, text: REVIEWS.replaceAll('reviews', `app-${String(at)}`) })));
    await expect(app.tab('team-0.yaml')).toBeInViewport({ ratio: 0.9 });
    await expect(app.tab('team-8.yaml')).not.toBeInViewport();
    await app.page.keyboard.press('Control+k');
    await app.page.keyboard.type('virtualservice app-8');
    await app.page.keyboard.press('Enter');
    await expect(app.tab('team-8.yaml')).toBeInViewport({ ratio: 0.9 });
  });

  test('when a file goes again, the one that was shown before comes back', async ({ app, page }) => {
    await app.open(REVIEWS, FILE);
    await app.drop([{ name: 'other.yaml', text: OTHER }]);
    await expect(app.tab('other.yaml')).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: 'New file' }).click();
    await expect(app.tab('other.yaml')).toHaveAttribute('aria-selected', 'false');
    await app.undo();
    await expect(app.tab('other.yaml')).toHaveAttribute('aria-selected', 'true');
  });

  test('the text can be read before Monaco is there, and is the same afterwards', async ({ app }) => {
    await app.drop([{ name: FILE, text: REVIEWS }]);
    await expect(app.yaml).toContainText('kind: VirtualService');
    await app.monaco();
    await expect(app.yaml).toContainText('kind: VirtualService');
    await app.expectText(FILE, REVIEWS);
  });
});

test.describe('changes', () => {
  test('are told by resource, and a step of the history goes back', async ({ app, page }) => {
    await app.open(REVIEWS, FILE);
    const divider = app.canvas.getByRole('slider').first();
    await divider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.getByRole('tab', { name: 'Changes' }).click();
    const changes = page.getByRole('region', { name: 'Changes', exact: true });
    await expect(changes.getByRole('button', { name: 'VirtualService default/reviews' })).toBeVisible();
    await expect(changes.locator('.pn-diff-line[data-kind="added"]').first()).toContainText('weight: 51');
    await changes
      .getByRole('group', { name: 'History' })
      .getByRole('button', { name: /^Change shares/ })
      .last()
      .click();
    await expect(changes.locator('.pn-diff-line[data-kind="added"]').first()).toContainText('weight: 61');
    await changes.getByRole('button', { name: /^Drop/ }).last().click();
    await expect(changes.getByText('Every file is as it was opened')).toBeVisible();
    await app.expectText(FILE, REVIEWS);
  });
});

test('a kind that is dropped on the canvas lands at the pointer, in one undo step', async ({ app, page }) => {
  await app.open(REVIEWS, FILE);
  await expect(app.canvas.locator('.cv-card').first()).toBeVisible();
  const surface = app.canvas.locator('.cv-surface');
  const target = { x: 300, y: 40 };
  await page.locator('.pn-add-item').filter({ hasText: 'Gateway' }).first().dragTo(surface, { targetPosition: target });
  const card = app.canvas.locator('.cv-card[data-kind="gateway"]');
  await expect(card).toBeVisible();
  const [box, frame] = [await card.boundingBox(), await surface.boundingBox()];
  if (!box || !frame) throw new Error('nothing to measure');
  expect(Math.abs(box.x + box.width / 2 - frame.x - target.x)).toBeLessThan(10);
  expect(Math.abs(box.y - frame.y - target.y)).toBeLessThan(40);
  await app.undo();
  await expect(card).toHaveCount(0);
  await app.expectText(FILE, REVIEWS);
});

test('the view moves along while a wire is drawn at the edge', async ({ app, page }) => {
  await app.open(REVIEWS, FILE);
  const port = app.canvas.locator('.cv-port').first();
  await app.row('Rule 1 of VirtualService default/reviews').hover();
  const [at, frame] = [await port.boundingBox(), await app.canvas.locator('.cv-surface').boundingBox()];
  if (!at || !frame) throw new Error('nothing to drag');
  const before = (await app.node('VirtualService default/reviews').boundingBox())?.x ?? 0;
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width - 4, frame.y + frame.height / 3, { steps: 6 });
  await expect
    .poll(async () => (await app.node('VirtualService default/reviews').boundingBox())?.x ?? before)
    .toBeLessThan(before - 20);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await app.expectText(FILE, REVIEWS);
});
