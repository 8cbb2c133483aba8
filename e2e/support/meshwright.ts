import { expect, type Locator, type Page } from '@playwright/test';

/** A file to open: text is written as UTF-8, byte for byte. */
export interface GivenFile {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

/** The editor as its user sees it: verbs for what one does, and places to look at. */
export class Meshwright {
  readonly page: Page;
  readonly yaml: Locator;
  readonly canvas: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.yaml = page.getByRole('region', { name: 'YAML', exact: true });
    this.canvas = page.getByRole('region', { name: 'Canvas', exact: true });
    this.inspector = page.getByRole('region', { name: 'Inspector', exact: true });
  }

  /** Opens the page and waits until it can be used. */
  async start(): Promise<void> {
    await this.page.goto('./');
    await expect(this.page.getByRole('banner').or(this.yaml).first()).toBeVisible();
  }

  /** Opens files by dropping them on the page, as bytes. */
  async drop(files: readonly GivenFile[]): Promise<void> {
    const given = files.map(({ name, text, bytes }) => ({
      name,
      base64: Buffer.from(bytes ?? new TextEncoder().encode(text ?? '')).toString('base64'),
    }));
    await this.page.evaluate((list) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      const target = document.querySelector('main') ?? document.body;
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }
    }, given);
  }

  /** Opens one file with this text and waits for its tab and for Monaco. */
  async open(text: string, name = 'mesh.yaml'): Promise<void> {
    await this.drop([{ name, text }]);
    await expect(this.tab(name)).toBeVisible();
    await this.showFile(name);
    await this.monaco();
  }

  tab(name: string): Locator {
    return this.yaml.getByRole('tab', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(,|$)`) });
  }

  async showFile(name: string): Promise<void> {
    await this.tab(name).click();
  }

  /** Waits for the text editor, which is loaded after the canvas. */
  async monaco(): Promise<void> {
    await expect(this.yaml.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 20_000 });
  }

  /** Puts the caret at a line and column, by the editor's own way: line and column from 1. */
  async caret(line: number, column = 1): Promise<void> {
    await this.yaml.locator('.monaco-editor .view-lines').click({ position: { x: 200, y: 3 } });
    await this.page.keyboard.press('Control+g');
    const box = this.page.locator('.quick-input-widget input');
    await expect(box).toBeFocused();
    await this.page.keyboard.type(`${String(line)}:${String(column)}`);
    await this.page.keyboard.press('Enter');
    await expect(box).toBeHidden();
  }

  /** Types at a place of the text, key by key. */
  async typeAt(line: number, column: number, text: string): Promise<void> {
    await this.caret(line, column);
    await this.page.keyboard.type(text);
  }

  /** A node of the canvas by its name: `VirtualService default/reviews`. */
  node(name: string): Locator {
    return this.canvas
      .getByRole('group', { name, exact: true })
      .or(this.canvas.getByLabel(name, { exact: true }))
      .first();
  }

  /** A row by its name: `Rule 1 of VirtualService default/reviews`. */
  row(name: string): Locator {
    return this.canvas.getByLabel(name, { exact: true }).first();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: /^Undo/ }).click();
  }

  async redo(): Promise<void> {
    await this.page.getByRole('button', { name: /^Redo/ }).click();
  }

  /** Drags a divider of a split on the canvas by some pixels. */
  async dragDivider(name: string, byPixels: number): Promise<void> {
    const divider = this.canvas.getByRole('slider', { name, exact: true });
    const box = await divider.boundingBox();
    if (!box) throw new Error(`No divider ${name}.`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + byPixels / 2, y, { steps: 4 });
    await this.page.mouse.move(x + byPixels, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /**
   * A file's text to the byte, as autosave has it: what the worker holds, not what Monaco shows. Waits until the newest change is
   * written. `undefined` where no such file is stored.
   */
  async storedText(name: string): Promise<string | undefined> {
    return this.page.evaluate(
      (id) =>
        new Promise<string | undefined>((resolve, reject) => {
          const request = indexedDB.open('meshwright');
          request.onerror = () => reject(request.error ?? new Error('no storage'));
          request.onsuccess = () => {
            const database = request.result;
            if (!database.objectStoreNames.contains('files')) {
              database.close();
              resolve(undefined);
              return;
            }
            const got = database.transaction('files').objectStore('files').get(id);
            got.onsuccess = () => {
              database.close();
              const file: unknown = got.result;
              const isFile = typeof file === 'object' && file !== null && 'text' in file;
              resolve(isFile ? String(file.text) : undefined);
            };
            got.onerror = () => reject(got.error ?? new Error('no file'));
          };
        }),
      name,
    );
  }

  /** Waits until a file's text is exactly this. */
  async expectText(name: string, text: string): Promise<void> {
    await expect.poll(() => this.storedText(name), { message: `text of ${name}` }).toBe(text);
  }

  /** The lines that are lit in the text since something is picked, as shown. */
  litLines(): Locator {
    return this.yaml.locator('.mw-selected-line');
  }

  /** Lines of documents that can't be read as they stand. */
  staleLines(): Locator {
    return this.yaml.locator('.mw-stale-line');
  }

  /** A message that floats over the page. */
  notice(text: string | RegExp): Locator {
    return this.page.getByText(text).first();
  }
}
