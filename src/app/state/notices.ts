import { store } from './store.ts';
import type { Notice } from './types.ts';

/** More than this many at once are not read. */
const SHOWN = 4;
let lastId = 0;

/** Shows a notice. The same words twice in a row are shown once. */
export function notify(notice: Omit<Notice, 'id'>): void {
  store.setState(({ notices }) => {
    const rest = notices.filter((other) => other.message !== notice.message);
    lastId += 1;
    return { notices: [...rest, { ...notice, id: lastId }].slice(-SHOWN) };
  });
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
