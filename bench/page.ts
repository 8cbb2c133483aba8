import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page, type Response } from '@playwright/test';
import { serve } from '../scripts/lib/serve.mjs';
import { atMost, percentile, type Figure } from './figure.ts';
import { generateStream } from './generate.ts';

/** Chromium's own; not yet among the types of the DOM. */
declare const scheduler: {
  readonly postTask: (task: () => void, options: { readonly priority: 'user-blocking' }) => Promise<void>;
};

const RUNS = 5;
const KEYS = 60;
/** The first keys after a load run cold code; they do not count. */
const WARM_UP = 10;

/** The card that the measured keys change; near the end, so that everything before it counts. */
const measured = (documents: number): number => Math.floor((documents - 4) / 3.1 / 10) * 10 + 1;

/** Milliseconds from the start of a cold load to the first frame that shows the running example's graph, and gzipped script until then. */
async function coldLoad(
  browser: Browser,
  address: string,
): Promise<{ readonly ms: number; readonly page: number; readonly worker: number }> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const page = await context.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => void (response.url().endsWith('.js') && scripts.push(response)));
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('[aria-label^="VirtualService "]')) {
        const after = new MessageChannel();
        after.port1.onmessage = () => Object.assign(globalThis, { paintedMs: performance.now() });
        after.port2.postMessage(0);
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await page.waitForFunction(() => 'paintedMs' in globalThis, undefined, { timeout: 20_000 });
  const ms = await page.evaluate(() => Number(Reflect.get(globalThis, 'paintedMs')));
  const before = scripts.filter((response) => !/code-view|editor\.worker/.test(response.url()));
  // The page lists what it loaded itself; what its worker loads it does not see.
  const own = new Set(await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name)));
  const sizes = await Promise.all(
    before.map(async (response) => ({
      url: response.url(),
      bytes: gzipSync(await response.body(), { level: 9 }).length,
    })),
  );
  const sum = (worker: boolean): number =>
    sizes
      .filter(({ url }) => (/\/worker-/.test(url) || !own.has(url)) === worker)
      .reduce((total, { bytes }) => total + bytes, 0) / 1024;
  await context.close();
  return { ms, page: sum(false), worker: sum(true) };
}

async function openStream(page: Page, address: string, text: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('region', { name: 'Canvas' }).waitFor();
  await page.evaluate((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'bench.yaml'));
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      (document.querySelector('main') ?? document.body).dispatchEvent(
        new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }),
      );
    }
  }, text);
  await page.getByRole('tab', { name: /^bench\.yaml/ }).click({ timeout: 60_000 });
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
}

/** Puts the caret behind the first digit of the measured card's `weight: 90` and brings the card into view. */
async function goToWeight(page: Page, text: string, name: string): Promise<void> {
  const at = text.indexOf('weight: 90', text.indexOf(`kind: VirtualService\nmetadata:\n  name: ${name}\n`));
  const before = text.slice(0, at).split('\n');
  await page.locator('.monaco-editor .view-lines').click({ position: { x: 150, y: 5 } });
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${before.length}:${(before.at(-1) ?? '').length + 'weight: 9'.length + 1}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(600);
  await page
    .getByRole('button', { name: /fit selection/i })
    .or(page.getByRole('button', { name: 'Fit', exact: true }))
    .first()
    .focus();
  await page.keyboard.press('Shift+2');
  await page.getByRole('group', { name: new RegExp(`^VirtualService team-\\d+/${name}$`) }).waitFor();
  await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
}

/** Milliseconds from each key press to the frame in which the card shows it. */
async function pressKeys(page: Page, name: string): Promise<readonly number[]> {
  await page.evaluate((cardName) => {
    const samples: number[] = [];
    let pressed = 0;
    addEventListener('keydown', (event) => void (pressed = event.timeStamp), true);
    const card = [...document.querySelectorAll('[aria-label^="VirtualService "]')].find((element) =>
      element.getAttribute('aria-label')?.endsWith(`/${cardName}`),
    );
    if (!card) throw new Error(`no card of ${cardName}`);
    new MutationObserver(() => {
      if (pressed === 0) return;
      const start = pressed;
      pressed = 0;
      // The first task after the frame: what was put off until later must not count.
      requestAnimationFrame(() => {
        void scheduler.postTask(() => samples.push(performance.now() - start), { priority: 'user-blocking' });
      });
    }).observe(card, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(globalThis, { samples });
  }, name);
  for (let n = -WARM_UP; n < KEYS; n += 1) {
    if (n === 0) {
      await page.evaluate(() => {
        const samples: unknown = Reflect.get(globalThis, 'samples');
        if (Array.isArray(samples)) samples.length = 0;
      });
    }
    await page.keyboard.press(n % 2 === 0 ? '5' : 'Backspace');
    await page.waitForTimeout(97 + ((n * 37) % 29));
  }
  return page.evaluate(() => {
    const samples: unknown = Reflect.get(globalThis, 'samples');
    return Array.isArray(samples) ? samples.map(Number) : [];
  });
}

interface Typing {
  readonly documents: number;
  readonly goalMs: number;
  /** Whether requests run through the graph meanwhile. */
  readonly playing: boolean;
}

async function keyPresses(
  browser: Browser,
  address: string,
  { documents, goalMs, playing }: Typing,
): Promise<readonly Figure[]> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const page = await context.newPage();
  const text = generateStream(documents);
  const name = `shop-${documents < 20 ? 0 : measured(documents)}`;
  await openStream(page, address, text);
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (!playing && (await pause.count()) > 0) await pause.click();
  await goToWeight(page, text, name);
  const seen = await pressKeys(page, name);
  // A key press whose change no frame showed before the next one counts as a whole second.
  const samples = [...seen, ...Array.from({ length: Math.max(0, KEYS - seen.length) }, () => 1000)];
  await context.close();
  const what = `page: key press to painted graph, ${documents} documents, traffic ${playing ? 'playing' : 'paused'}`;
  return [
    atMost(`${what}, p50`, percentile(samples, 0.5), 'ms', goalMs),
    atMost(`${what}, p95`, percentile(samples, 0.95), 'ms', goalMs),
  ];
}

/** What the built page does in Chromium, from a local server. */
export async function pageFigures(): Promise<readonly Figure[]> {
  const { server, port } = await serve('dist/app', 4300);
  const address = `http://127.0.0.1:${port}/`;
  const browser = await chromium.launch({
    ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
    args: ['--no-sandbox'],
  });
  try {
    const loads = [];
    for (let n = 0; n < RUNS; n += 1) loads.push(await coldLoad(browser, address));
    const figures = [
      atMost(
        'page: cold load to the first paint of the running example',
        percentile(
          loads.map((load) => load.ms),
          0.5,
        ),
        'ms',
        1500,
      ),
      atMost('page: script before Monaco, the page', loads[0]?.page ?? Number.NaN, 'KB gz', 250),
      atMost('page: script before Monaco, the worker beside it', loads[0]?.worker ?? Number.NaN, 'KB gz', 200),
    ];
    for (const [documents, goalMs] of [
      [10, 33],
      [100, 33],
      [2000, 50],
    ] as const) {
      for (const playing of [false, true])
        figures.push(...(await keyPresses(browser, address, { documents, goalMs, playing })));
    }
    return figures;
  } finally {
    await browser.close();
    server.close();
  }
}
