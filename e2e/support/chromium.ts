import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium to test with: what `CHROMIUM` names, else the first one on the path. Throws where there is none. */
export function findChromium(): string {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = NAMES.map((name) => join(folder, name)).find(isProgram);
    if (found !== undefined) return found;
  }
  throw new Error('No Chromium was found. Install one (apt-get install chromium) or name it in CHROMIUM.');
}
