import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.ts';
import { REVIEWS } from './support/yaml.ts';

test.describe('first open', () => {
  test('an example runs beside the choice', async ({ app, page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.reload();
    await expect(page.getByRole('region', { name: 'Welcome' })).toContainText('stays in this browser');
    await expect(app.node('VirtualService default/reviews')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Traffic' }).getByRole('table')).toContainText('reviews v1', {
      timeout: 25_000,
    });
  });

  test('pasted YAML takes the place of the example', async ({ app, page }) => {
    await page.getByLabel('YAML to open').fill(REVIEWS);
    await page.getByRole('button', { name: 'Open it' }).click();
    await expect(page.getByRole('region', { name: 'Welcome' })).toHaveCount(0);
    await app.expectText('pasted.yaml', REVIEWS);
    await expect(app.node('Gateway default/bookinfo-gateway')).toHaveCount(0);
  });

  test('each example opens', async ({ app, page }) => {
    await page.getByRole('button', { name: /A test user by header/ }).click();
    await expect(app.tab('test-user.yaml')).toBeVisible();
    for (const [title, file] of [
      [/A canary at a gateway/, 'canary.yaml'],
      [/An external service/, 'external.yaml'],
      [/overview/, 'overview.yaml'],
      [/Bookinfo/, 'bookinfo.yaml'],
    ] as const) {
      await page.getByRole('button', { name: 'Examples' }).click();
      await page.getByRole('menuitem', { name: title }).click();
      await expect(app.tab(file)).toBeVisible();
      await expect(page.getByRole('button', { name: /No problems|errors?, / })).toBeVisible();
    }
  });

  test('Escape keeps what is running', async ({ app, page }) => {
    await expect(app.node('VirtualService default/reviews')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'Welcome' })).toHaveCount(0);
    await expect(app.tab('bookinfo.yaml')).toBeVisible();
  });
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('the welcome covers nothing of the canvas, and all of it can be seen', async ({ app, page }) => {
    const welcome = page.getByRole('region', { name: 'Welcome' });
    const box = await welcome.boundingBox();
    const canvas = await app.canvas.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((canvas?.x ?? 0) + 0.5);
    await expect(welcome.getByRole('button', { name: 'Blank' })).toBeInViewport({ ratio: 0.99 });
  });

  test('the table of shares fits from the rule to the errors', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await page
      .getByRole('button', { name: 'Play' })
      .or(page.getByRole('button', { name: 'Pause' }))
      .first()
      .click();
    const table = page.getByRole('region', { name: 'Traffic' }).getByRole('table');
    await expect(table.getByRole('columnheader', { name: 'Rule' })).toBeInViewport({ ratio: 0.99 });
    await expect(table.getByRole('columnheader', { name: 'Errors' })).toBeInViewport({ ratio: 0.99 });
  });

  test('an empty workspace says that there is nothing to send yet', async ({ app }) => {
    const { page } = app;
    await page.getByRole('button', { name: 'Blank' }).click();
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing to send yet' })).toBeVisible();
  });
});

test.describe('in and out', () => {
  test('YAML pasted anywhere outside of boxes opens as a file', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('heading', { name: 'Meshwright' }).click();
    await page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      REVIEWS.replaceAll('reviews', 'ratings'),
    );
    await expect(app.tab('pasted.yaml')).toBeVisible();
    await expect(app.node('VirtualService default/ratings')).toBeVisible();
    await expect(app.node('VirtualService default/reviews')).toBeVisible();
  });

  test('Ctrl+S downloads the file to the byte, and the stream holds all files', async ({ app, page }) => {
    const text = `\uFEFF${REVIEWS.replaceAll('\n', '\r\n')}`;
    await app.open(text);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
    expect(await readFile(await file.path())).toEqual(Buffer.from(text));
    await app.drop([{ name: 'more.yaml', text: 'a: 1\n' }]);
    await expect(app.tab('more.yaml')).toBeVisible();
    await page.getByRole('button', { name: 'Export for kubectl' }).click();
    await expect(page.getByRole('dialog')).toContainText('kubectl apply -f meshwright.yaml');
    const [all] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download meshwright.yaml' }).click(),
    ]);
    expect(await readFile(await all.path(), 'utf8')).toBe(`${text}---\r\na: 1\n`);
  });

  test('files are chosen from the Import sheet', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('button', { name: 'Import' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('dialog').getByRole('button', { name: 'Open files' }).click();
    await (await chooser).setFiles([{ name: 'other.yaml', mimeType: 'text/yaml', buffer: Buffer.from('a: 1\n') }]);
    await expect(app.tab('other.yaml')).toBeVisible();
    await expect(app.tab('mesh.yaml')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test('the foot of the page tells of notes as the tab does', async ({ app, page }) => {
  await app.open(REVIEWS.replace('weight: 60', 'weight: 61'));
  await expect(page.getByRole('button', { name: 'No problems, 1 note: show them' })).toBeVisible();
});

test.describe('panes and keys', () => {
  test('panes are hidden by click and key, and remembered', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.keyboard.press('Control+b');
    await expect(app.yaml).not.toBeVisible();
    await page.getByRole('button', { name: 'Show YAML' }).click();
    await expect(app.yaml).toBeVisible();
    await page.getByRole('button', { name: 'Hide bottom pane' }).click();
    await expect(page.getByRole('tab', { name: 'Traffic' })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Show bottom pane' })).toBeVisible();
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('tab', { name: 'Traffic' })).toBeVisible();
  });

  test('a divider of panes moves by arrow keys', async ({ app, page }) => {
    await app.open(REVIEWS);
    const before = (await app.yaml.boundingBox())?.width ?? 0;
    const divider = page.getByRole('separator', { name: 'Width of the YAML pane' });
    await divider.focus();
    await divider.press('ArrowRight');
    await expect.poll(async () => (await app.yaml.boundingBox())?.width ?? 0).toBeGreaterThan(before);
  });

  test('the palette finds commands, keys and resources', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('virtualservice reviews');
    await page.keyboard.press('Enter');
    await expect(app.inspector.getByRole('heading', { name: 'reviews' })).toBeVisible();
    await page.keyboard.press('Control+Shift+p');
    await page.keyboard.type('light or dark');
    const before = await page.locator('html').getAttribute('data-theme');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', before ?? '');
  });

  test('the palette opens from the text, and gives the focus back', async ({ app, page }) => {
    await app.open(REVIEWS);
    await app.caret(1);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Find or do anything' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(app.yaml.locator('.monaco-editor').first()).toHaveClass(/\bfocused\b/);
    await page.keyboard.type('#');
    await app.expectText('mesh.yaml', `#${REVIEWS}`);
  });

  test('? shows the keys; letters typed into boxes run nothing', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('heading', { name: 'Meshwright' }).click();
    await page.keyboard.press('Shift+Slash');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Play or pause');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('?p');
    await expect(page.getByRole('combobox')).toHaveValue('?p');
    await expect(page.getByRole('dialog')).toHaveCount(1);
  });

  test('each of the four kinds is added by a click, one undo step each', async ({ app, page }) => {
    await app.open(REVIEWS);
    await page.getByRole('heading', { name: 'Meshwright' }).click();
    await page.keyboard.press('Escape');
    for (const kind of ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry']) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(`add a ${kind}`);
      await page.keyboard.press('Enter');
      await expect.poll(() => app.storedText('mesh.yaml')).not.toBe(REVIEWS);
      expect(await app.storedText('mesh.yaml')).toContain(`kind: ${kind}`);
      await app.undo();
      await app.expectText('mesh.yaml', REVIEWS);
    }
  });
});
