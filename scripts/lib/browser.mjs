import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const remedy = 'Install it (Debian: apt-get install chromium) or set CHROMIUM to its path, and run this again.';

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

/** How to run a command as root: directly, or through a sudo that asks nothing; `undefined` where neither is allowed. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Installs Debian's Chromium. Gives why it could not, or `undefined`. */
function install() {
  if (!onPath('apt-get')) return 'there is no apt-get on this machine';
  const root = asRoot();
  if (!root) return 'that needs root, or a sudo that asks for no password';
  console.error('Installing Chromium for the browser tests (some 100 MB, a minute or two) …');
  const apt = (...args) => {
    const [command, ...rest] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    // What it prints when all goes well is of no use, and what it prints without a network is a hundred lines.
    return spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 1 << 28 });
  };
  apt('update');
  const done = apt('install', '-y', '--no-install-recommends', 'chromium');
  if (done.status === 0) return undefined;
  const reason = `${done.stdout ?? ''}${done.stderr ?? ''}`.split('\n').find((line) => line.startsWith('E: '));
  return `apt-get says: ${reason?.slice(3) ?? `it ended with ${done.status ?? done.error?.message}`}`;
}

/**
 * Finds Chromium (`CHROMIUM` where set, else the first on PATH), or installs Debian's where apt-get may be used. Gives its path, or
 * `undefined` where neither works: why, and what to do, is then said on standard error.
 */
export function findOrInstallBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (isProgram(named)) return named;
    console.error(`The browser tests need Chromium, and CHROMIUM names ${named}, which is no program here. ${remedy}`);
    return undefined;
  }
  const find = () => names.map(onPath).find(Boolean);
  const found = find();
  if (found) return found;
  const why = install();
  const installed = find();
  if (installed) return installed;
  console.error(
    `The browser tests need Chromium. It is not here, and could not be installed: ${why ?? 'apt-get did, but it is not on PATH'}.`,
  );
  console.error(remedy);
  return undefined;
}

/** The path of a Chromium, installed where it was not there. Ends the process where there is none. */
export function ensureBrowser() {
  return findOrInstallBrowser() ?? process.exit(1);
}
