import { edit, removing, setting } from '../edit.ts';
import type { Family } from '../types.ts';

/** Values of headers that Envoy can't read: a `%` that stands for itself, control characters. */
export const headerValues: Family = {
  codes: ['V-VS-063', 'V-VS-067'],
  propose: (place) => {
    const text = String(place.value ?? '');
    const doubled = text.replace(/%+/g, (run) => (run.length % 2 === 0 ? run : `${run}%`));
    const all = text.replace(/%/g, '%%');
    // eslint-disable-next-line no-control-regex -- these are what a header must not hold
    const clean = text.replace(/[\0-\x08\n-\x1f\x7f]+/g, ' ').trim();
    return [...new Set([doubled, all, clean])]
      .filter((one) => one !== text)
      .map((one) => setting(place, [`value ${one}`, `Write ${one}`], place.path, one))
      .concat(removing(place, ['removeHeader', `Remove the header ${String(place.path.at(-1))}`], place.path));
  },
};

/** Names of headers that can't be. */
export const headerNames: Family = {
  codes: [
    'V-VS-041',
    'V-VS-043',
    'V-VS-060',
    'V-VS-061',
    'V-VS-062',
    'V-VS-064',
    'V-VS-065',
    'V-VS-066',
    'V-VS-073',
    'V-VS-009',
    'V-VS-134',
  ],
  propose: (place) => {
    const last = place.path.at(-1);
    const written = typeof last === 'number' ? String(place.value ?? '') : String(last);
    const better = written
      .trim()
      .replace(/[^!#$%&'*+\-.^_`|~A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    const drop = removing(place, ['removeHeader', `Remove ${written === '' ? 'it' : written}`], place.path);
    if (better === '' || better === written) return [drop];
    const rename =
      typeof last === 'number'
        ? setting(place, [`name ${better}`, `Write ${better}`], place.path, better)
        : edit(place, [`name ${better}`, `Write ${better}`], [{ kind: 'rename', path: place.path, key: better }]);
    return [rename, drop];
  },
};
