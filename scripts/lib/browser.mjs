import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/** The path of a Chromium on this machine: `CHROMIUM` where set, else the first on PATH; `undefined` where there is none. */
export function findBrowser() {
  return process.env.CHROMIUM ?? names.map(onPath).find(Boolean);
}

/** Finds Chromium, or installs Debian's where apt-get may be used. Ends the process with what to do where neither works. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const sudo =
    process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
  if (onPath('apt-get') && sudo) {
    console.error('Installing Chromium for the browser tests …');
    const apt = (...args) =>
      run(...((all) => [all[0], all.slice(1)])([...sudo, 'apt-get', ...args]), {
        quiet: true,
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
    await apt('update', '-qq');
    await apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
    const installed = findBrowser();
    if (installed) return installed;
  }
  console.error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
  );
  process.exit(1);
}
