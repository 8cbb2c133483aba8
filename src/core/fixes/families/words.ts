import { CORS_METHODS, GRPC_STATUSES, RETRY_POLICIES } from '../../checks/index.ts';
import { edit, removing, setting } from '../edit.ts';
import { meant } from '../nearest.ts';
import type { Family } from '../types.ts';

const WORDS: Readonly<Record<string, readonly string[]>> = {
  'V-VS-072': [...CORS_METHODS],
  'V-VS-083': [...GRPC_STATUSES],
  'V-VS-104': ['https', 'http'],
  'V-DR-100': ['CONNECT', 'POST'],
  'V-WG-009': ['HTTP', 'HTTPS'],
};

const plain = (text: string): string =>
  text
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');

/** Words that are none of the few that can stand there. */
export const wrongWords: Family = {
  codes: Object.keys(WORDS),
  propose: (place) => {
    const words = WORDS[place.problem.code] ?? [];
    const written = String(place.value ?? '');
    const same = words.filter((word) => plain(word) === plain(written));
    const near = [...new Set([...same, ...meant(written, words), ...words])].slice(0, 3);
    return [
      ...near.map((word) =>
        setting(place, [`set ${word}`, `Write ${word}`, same.includes(word) ? 'safe' : 'choice'], place.path, word),
      ),
      removing(place, ['removeWord', `Remove ${written === '' ? 'it' : written}`], place.path),
    ];
  },
};

/** Something that nobody retries on. */
export const retryPolicies: Family = {
  codes: ['V-VS-123'],
  propose: (place) => {
    const bad = /^"(.*)" is nothing/.exec(place.problem.message)?.[1];
    const written = String(place.value ?? '');
    if (bad === undefined) return [];
    const items = written.split(',');
    const with_ = (other: readonly string[]): string =>
      items.flatMap((item) => (item === bad ? other : [item])).join(',');
    const trimmed = items
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .join(',');
    const rest = with_([]);
    return [
      ...(trimmed !== written ? [setting(place, ['trim', 'Take the blanks out', 'safe'], place.path, trimmed)] : []),
      ...meant(bad.trim(), [...RETRY_POLICIES])
        .slice(0, 3)
        .map((word) => setting(place, [`retryOn ${word}`, `Retry on ${word}`], place.path, with_([word]))),
      rest === ''
        ? removing(place, ['removeWord', 'Remove retryOn: the default holds'], place.path)
        : setting(place, ['removeWord', `Remove ${bad}`], place.path, rest),
    ];
  },
};

/** Retries of which there are none. */
export const noRetries: Family = {
  codes: ['V-VS-121'],
  propose: (place) => {
    const more = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].filter((key) =>
      Object.hasOwn(Object(place.value), key),
    );
    return [
      setting(place, ['attempts 2', 'Try twice more: attempts: 2'], [...place.path, 'attempts'], 2),
      edit(
        place,
        ['noRetries', 'Retry never: keep only attempts: 0'],
        more.map((key) => ({ kind: 'remove', path: [...place.path, key] })),
      ),
    ];
  },
};
