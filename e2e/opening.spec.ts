import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

const FILE = 'mesh.yaml';

test('a file of 50 MB opens read-only and says why, and what is typed meanwhile is kept', async ({ app, page }) => {
  await app.open(REVIEWS, FILE);
  await app.caret(1);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a: 1\n'.repeat(10_000_000)], 'big.yaml'));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  });
  await page.keyboard.type('# typed meanwhile');
  await page.keyboard.press('Enter');
  await expect(app.notice('big.yaml is read-only: it has 50.0 MB')).toBeVisible();
  await app.expectText(FILE, `# typed meanwhile\n${REVIEWS}`);
  await app.showFile(FILE);
  await expect(app.node('VirtualService default/reviews')).toBeVisible();
});

test('files of a folder are counted while they are read, and reading can be stopped', async ({ app, page }) => {
  await app.open(REVIEWS, FILE);
  await page.evaluate(() => {
    // A disk that is slow: reading takes longer than anybody waits without a word.
    const file = (at: number) => ({
      kind: 'file',
      getFile: async () => {
        await new Promise((done) => setTimeout(done, 300));
        return new File([`a: ${String(at)}\n`], `f${String(at)}.yaml`);
      },
    });
    const entries = Array.from({ length: 3000 }, (_, at) => [`f${String(at)}.yaml`, file(at)]);
    Object.assign(window, { showDirectoryPicker: () => Promise.resolve({ entries: () => entries }) });
  });
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Open a folder' }).click();
  const opening = page.getByRole('group', { name: 'Opening files' });
  await expect(opening).toContainText(/Reading files[1-9]\d* of 3,000 files/);
  await opening.getByRole('button', { name: 'Stop' }).click();
  await expect(app.notice('Stopped: nothing of it was opened.')).toBeVisible();
  await expect(opening).toHaveCount(0);
  await expect(app.yaml.getByRole('tab')).toHaveCount(1);
});

test('a thousand files open in portions, in one undo step, and leave as they came', async ({ app, page }) => {
  await app.open(REVIEWS, FILE);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (let at = 0; at < 1000; at += 1)
      transfer.items.add(new File([`# ${String(at)}\r\na: 1`], `f${String(at).padStart(3, '0')}.yaml`));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  });
  await expect(app.yaml.getByRole('tab').first()).toHaveAttribute('aria-setsize', '1001');
  await app.expectText('f999.yaml', '# 999\r\na: 1');
  await app.undo();
  await expect(app.yaml.getByRole('tab')).toHaveCount(1);
  await app.expectText(FILE, REVIEWS);
});
