import { expect, test } from './support/test.ts';
import { manyDocuments, REVIEWS } from './support/yaml.ts';

const VIRTUAL_SERVICE = 'VirtualService default/reviews';
const RULE_2 = `Rule 2 of ${VIRTUAL_SERVICE}`;
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

test.describe('text and graph', () => {
  test('half a line typed: the graph stays, one document is marked stale', async ({ app }) => {
    await app.open(`${REVIEWS}---\n${REVIEWS.replaceAll('reviews', 'ratings')}`);
    const card = app.node(VIRTUAL_SERVICE);
    await expect(card).toBeVisible();
    const before = await card.boundingBox();
    const line = lineOf(REVIEWS, '  http:');
    await app.typeAt(line, 8, '\n"half');
    await expect(card.getByText('stale')).toBeVisible();
    await expect(app.node('VirtualService default/ratings').getByText('stale')).toHaveCount(0);
    await expect(app.staleLines().first()).toBeVisible();
    expect(await card.boundingBox()).toEqual(before);
    await app.page.keyboard.press('Control+z');
    await expect(card.getByText('stale')).toHaveCount(0);
  });

  test('dragging a divider changes only the digits', async ({ app }) => {
    await app.open(REVIEWS);
    await app.dragDivider('Divider between reviews v1 and reviews v2', 12);
    await expect.poll(() => app.storedText('mesh.yaml')).not.toBe(REVIEWS);
    const text = (await app.storedText('mesh.yaml')) ?? '';
    expect(text.replace(/weight: \d+/g, 'weight: N')).toBe(REVIEWS.replace(/weight: \d+/g, 'weight: N'));
    const weights = [...text.matchAll(/weight: (\d+)/g)].map((match) => Number(match[1]));
    expect(weights[0]).toBeGreaterThan(60);
    expect(weights[2]).toBe(10);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100);
    await app.undo();
    await app.expectText('mesh.yaml', REVIEWS);
  });

  test('undo walks back through text, canvas and form in the order of the acts', async ({ app }) => {
    await app.open(REVIEWS);
    const texts = [REVIEWS];
    const next = async (): Promise<void> => {
      const last = texts.at(-1);
      await expect.poll(() => app.storedText('mesh.yaml')).not.toBe(last);
      texts.push((await app.storedText('mesh.yaml')) ?? '');
    };
    await app.caret(1);
    await app.page.keyboard.insertText('# typed\n');
    await next();
    await app.dragDivider('Divider between reviews v1 and reviews v2', 12);
    await next();
    await app.row(RULE_2).click();
    const timeout = app.inspector.getByLabel('Timeout', { exact: true });
    await timeout.fill('5s');
    await timeout.press('Enter');
    await next();
    expect(texts.at(-1)).toContain('timeout: 5s');
    for (const text of texts.slice(0, -1).reverse()) {
      await app.undo();
      await app.expectText('mesh.yaml', text);
    }
    for (const text of texts.slice(1)) {
      await app.redo();
      await app.expectText('mesh.yaml', text);
    }
  });

  test('undo in the text takes back what was done on the canvas', async ({ app }) => {
    await app.open(REVIEWS);
    await app.dragDivider('Divider between reviews v1 and reviews v2', 12);
    await expect.poll(() => app.storedText('mesh.yaml')).not.toBe(REVIEWS);
    await app.caret(3);
    await app.page.keyboard.press('Control+z');
    await app.expectText('mesh.yaml', REVIEWS);
    await expect(app.yaml.locator('.view-lines')).toContainText('weight: 60');
  });

  test('the caret in a rule selects its row, and lights its lines', async ({ app }) => {
    await app.open(REVIEWS);
    await app.caret(lineOf(REVIEWS, 'weight: 30'), 5);
    await expect(app.inspector.getByRole('heading', { name: /Rule 2/ })).toBeVisible();
    await expect(app.litLines().first()).toBeVisible();
    await app.caret(lineOf(REVIEWS, 'jason'), 12);
    await expect(app.inspector.getByRole('heading', { name: /Rule 1/ })).toBeVisible();
  });

  test('a click on a node reveals its lines and leaves the focus where it was', async ({ app }) => {
    const above = '# note\n'.repeat(120);
    await app.open(`${above}${REVIEWS}`);
    await expect(app.yaml.getByText('owned by the reviews team')).toHaveCount(0);
    await app.node(VIRTUAL_SERVICE).click({ position: { x: 60, y: 12 } });
    await expect(app.yaml.getByText('owned by the reviews team')).toBeVisible();
    await expect(app.yaml.locator('.monaco-editor.focused')).toHaveCount(0);
  });

  test('keys of the page work in the text', async ({ app }) => {
    await app.open(REVIEWS);
    await app.caret(1);
    await app.page.keyboard.press('Control+k');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    await app.page.keyboard.press('Escape');
    await app.expectText('mesh.yaml', REVIEWS);
  });
});

test.describe('bytes', () => {
  test('CRLF, mixed ends and a byte order mark stay when one digit is typed', async ({ app }) => {
    const text = `\uFEFF${REVIEWS.replaceAll('\n', '\r\n').replace('spec:\r\n', 'spec:\n')}`;
    await app.open(text);
    const line = lineOf(REVIEWS, 'weight: 60');
    await app.typeAt(line, 'weight: 60'.length + 7, '5');
    await app.expectText('mesh.yaml', text.replace('weight: 60', 'weight: 605'));
    await app.page.keyboard.press('Control+z');
    await app.expectText('mesh.yaml', text);
    await app.typeAt(2, 99, '\nx: 1');
    await app.expectText('mesh.yaml', text.replace('VirtualService\r\n', 'VirtualService\r\nx: 1\r\n'));
  });

  test('a file that was not touched leaves as it came', async ({ app }) => {
    const text = `\uFEFF# only\r\n\r\na:   1 \t# c\r\n\n`;
    await app.open(text);
    await app.drop([{ name: 'other.yaml', text: REVIEWS }]);
    await expect(app.tab('other.yaml')).toBeVisible();
    await app.expectText('mesh.yaml', text);
  });
});

test.describe('bad and large input', () => {
  test('300 documents open, and a key press is drawn', async ({ app }) => {
    await app.open(manyDocuments(300));
    await expect(app.page.getByText(/300 resources/)).toBeVisible();
    await app.typeAt(4, 14, 'x');
    await expect.poll(async () => (await app.storedText('mesh.yaml'))?.includes('name: svc-0x')).toBe(true);
  });

  test('broken YAML, tabs, binary, too large, Helm: each says why, and the rest goes on', async ({ app }) => {
    await app.drop([
      { name: 'good.yaml', text: REVIEWS },
      { name: 'broken.yaml', text: 'a: [1\nb: 2\n' },
      { name: 'tabs.yaml', text: 'a:\n\tb: 1\n' },
      { name: 'logo.yaml', bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) },
      { name: 'huge.yaml', text: '# filler\n'.repeat(700_000) },
      { name: 'chart.yaml', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n' },
    ]);
    await expect(app.node(VIRTUAL_SERVICE)).toBeVisible();
    await app.showFile('logo.yaml');
    await expect(app.yaml.getByRole('note')).toContainText(/binary/);
    await app.showFile('huge.yaml');
    await expect(app.yaml.getByRole('note')).toContainText(/MB/);
    await app.showFile('tabs.yaml');
    await expect(app.tab('tabs.yaml')).toHaveAccessibleName(/error/);
    await expect(app.tab('broken.yaml')).toHaveAccessibleName(/error/);
    await app.showFile('good.yaml');
    await app.monaco();
    await app.typeAt(1, 1, '# still works\n');
    await app.expectText('good.yaml', `# still works\n${REVIEWS}`);
  });
});
