import { Meshwright } from './support/meshwright.ts';
import { expect, test } from './support/test.ts';
import { manyDocuments, REVIEWS } from './support/yaml.ts';

test('a reload brings everything back and says so', async ({ app }) => {
  await app.open(REVIEWS);
  await app.typeAt(1, 1, '# kept\n');
  await app.expectText('mesh.yaml', `# kept\n${REVIEWS}`);
  await app.page.reload();
  await expect(app.notice(/is back/)).toBeVisible();
  await app.monaco();
  await expect(app.yaml.locator('.view-lines')).toContainText('# kept');
  await expect(app.node('VirtualService default/reviews')).toBeVisible();
  await expect(app.tab('mesh.yaml')).toHaveAccessibleName(/changed/);
});

test('a reload shows the file again that was looked at last', async ({ app }) => {
  await app.open(REVIEWS);
  await app.drop([{ name: 'other.yaml', text: '# other\n' }]);
  await expect(app.tab('other.yaml')).toHaveAttribute('aria-selected', 'true');
  await app.expectText('other.yaml', '# other\n');
  await app.page.reload();
  await expect(app.notice(/is back/)).toBeVisible();
  await expect(app.tab('other.yaml')).toHaveAttribute('aria-selected', 'true');
});

test('a page that is closed at once keeps the last key press', async ({ app, context }) => {
  await app.open(REVIEWS);
  await app.typeAt(1, 1, '#x\n');
  await app.page.close({ runBeforeUnload: true });
  const page = await context.newPage();
  const again = new Meshwright(page);
  await again.start();
  await again.expectText('mesh.yaml', `#x\n${REVIEWS}`);
});

test('a page that is closed at once keeps the last key press in a large file too', async ({ app, context }) => {
  const text = manyDocuments(1000);
  await app.open(text);
  await app.expectText('mesh.yaml', text);
  await app.typeAt(1, 1, '#x\n');
  await app.page.close({ runBeforeUnload: true });
  const again = new Meshwright(await context.newPage());
  await again.start();
  await again.expectText('mesh.yaml', `#x\n${text}`);
});

test('a second tab says that it is one, and writes nothing over the first', async ({ app, context }) => {
  await app.open(REVIEWS);
  await app.expectText('mesh.yaml', REVIEWS);
  const other = new Meshwright(await context.newPage());
  await other.start();
  await expect(other.notice(/another tab/)).toBeVisible();
  await other.monaco();
  await other.typeAt(1, 1, '# from the second\n');
  await app.page.bringToFront();
  await app.typeAt(2, 1, '# from the first\n');
  const [head, ...rest] = REVIEWS.split('\n');
  await app.expectText('mesh.yaml', [head, '# from the first', ...rest].join('\n'));
});

/** Makes the browser say that it has no room when a file of this name is to be stored. */
const NO_ROOM = `{
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...values) {
    if (values[0]?.id === 'full.yaml') throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, values);
  };
}\n`;

test('storage without room is said, and work goes on', async ({ page }) => {
  await page.route(/worker-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: NO_ROOM + (await answer.text()) });
  });
  const app = new Meshwright(page);
  await app.start();
  await app.open(REVIEWS);
  await app.expectText('mesh.yaml', REVIEWS);
  await app.drop([{ name: 'full.yaml', text: 'a: 1\n' }]);
  await expect(app.notice(/no room/)).toBeVisible();
  await expect(app.node('VirtualService default/reviews')).toBeVisible();
  await app.expectText('mesh.yaml', REVIEWS);
});
