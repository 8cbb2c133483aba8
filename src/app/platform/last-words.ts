const KEY = 'meshwright.last-words';
/** A browser keeps some 5 million characters for a page. */
const MOST_CHARACTERS = 2_000_000;

/**
 * A file's text as it stood when the page was closed, before anything had stored it; of a large one the stretch that is not stored. `at` is
 * the clock then, `page` says whose they are.
 */
export type LastWords = { readonly file: string; readonly at: number; readonly page?: number } & (
  { readonly text: string } | { readonly stretch: LastStretch }
);

/** What `worker/stretch.ts` makes of it. */
interface LastStretch {
  readonly from: number;
  readonly insert: string;
  readonly behind: number;
  readonly hashBefore: number;
  readonly hashBehind: number;
}

/**
 * Keeps texts of a page that is being closed: the only storage that is written before the page is gone. Too much of it is let go; none, and
 * what was kept before is forgotten.
 */
export function keepLastWords(words: readonly LastWords[]): void {
  const size = words.reduce((sum, word) => sum + ('text' in word ? word.text : word.stretch.insert).length, 0);
  try {
    if (words.length > 0 && size <= MOST_CHARACTERS) localStorage.setItem(KEY, JSON.stringify(words));
    else localStorage.removeItem(KEY);
  } catch {
    // Nobody is there any more to be told.
  }
}

/** What an earlier page kept when it was closed. It stays until `keepLastWords` is called: this page may be closed before it has stored that. */
export function readLastWords(): readonly LastWords[] {
  try {
    const text = localStorage.getItem(KEY);
    const value: unknown = text === null ? [] : JSON.parse(text);
    return Array.isArray(value) ? value.filter(isLastWords) : [];
  } catch {
    return [];
  }
}

function isLastWords(value: unknown): value is LastWords {
  if (typeof value !== 'object' || value === null) return false;
  const { file, text, stretch, at, page } = value as Record<string, unknown>; // looked at before they are used
  return (
    typeof file === 'string' &&
    typeof at === 'number' &&
    (page === undefined || typeof page === 'number') &&
    (typeof text === 'string' || isStretch(stretch))
  );
}

function isStretch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { insert, ...numbers } = value as Record<string, unknown>; // looked at before they are used
  return (
    typeof insert === 'string' &&
    ['from', 'behind', 'hashBefore', 'hashBehind'].every((key) => typeof numbers[key] === 'number')
  );
}
