const KEY = 'meshwright.last-words';
/** A browser keeps some 5 million characters for a page. */
const MOST_CHARACTERS = 2_000_000;

/** A file's text as it stood when the page was closed, before anything had stored it. `at` is the clock then, in milliseconds. */
export interface LastWords {
  readonly file: string;
  readonly text: string;
  readonly at: number;
}

/** Keeps texts of a page that is being closed: the only storage that is written before the page is gone. Too much of it is let go. */
export function keepLastWords(words: readonly LastWords[]): void {
  const size = words.reduce((sum, { text }) => sum + text.length, 0);
  try {
    if (words.length > 0 && size <= MOST_CHARACTERS) localStorage.setItem(KEY, JSON.stringify(words));
  } catch {
    // Nobody is there any more to be told.
  }
}

/** What an earlier page kept when it was closed. It is given once. */
export function takeLastWords(): readonly LastWords[] {
  try {
    const text = localStorage.getItem(KEY);
    localStorage.removeItem(KEY);
    const value: unknown = text === null ? [] : JSON.parse(text);
    return Array.isArray(value) ? value.filter(isLastWords) : [];
  } catch {
    return [];
  }
}

function isLastWords(value: unknown): value is LastWords {
  if (typeof value !== 'object' || value === null) return false;
  const { file, text, at } = value as Record<string, unknown>; // looked at before they are used
  return typeof file === 'string' && typeof text === 'string' && typeof at === 'number';
}
