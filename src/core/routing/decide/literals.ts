/** Text that all that a regular expression takes must begin with, and pieces that must stand in it somewhere. */
export interface Literals {
  readonly prefix: string;
  readonly pieces: readonly string[];
}

const NONE: Literals = { prefix: '', pieces: [] };

/** Behind the `]` of the class of characters that begins at `from`. */
function behindClass(pattern: string, from: number): number {
  let i = from + (pattern.charAt(from + 1) === '^' ? 2 : 1);
  if (pattern.charAt(i) === ']') i++;
  for (; i < pattern.length && pattern.charAt(i) !== ']'; i++) {
    if (pattern.charAt(i) === '\\') i++;
    else if (pattern.startsWith('[:', i)) i = Math.max(i, pattern.indexOf(':]', i) + 1);
  }
  return i + 1;
}

/** Behind the `)` of the group that begins at `from`. */
function behindGroup(pattern: string, from: number): number {
  let i = from + 1;
  while (i < pattern.length && pattern.charAt(i) !== ')') {
    const char = pattern.charAt(i);
    i = char === '[' ? behindClass(pattern, i) : char === '(' ? behindGroup(pattern, i) : i + (char === '\\' ? 2 : 1);
  }
  return i + 1;
}

/** Without its last character. */
function shortened(text: string): string {
  return [...text].slice(0, -1).join('');
}

/** Escapes that stand for one of several characters, or for a place between two. */
const SETS = 'dDwWsSbBAz';

/**
 * What must stand in every text that an expression takes as a whole, as far as it can be told at a glance: plain characters outside of
 * groups and classes. Nothing where there is an alternative outside of brackets or an escape that is seldom used.
 * Example: `/v[0-9]+/shop-7/.*` gives `/v` and `/shop-7/`; `/a|/b` gives nothing; `/ab*` gives `/a`.
 */
export function literalsOf(pattern: string): Literals {
  const pieces: string[] = [];
  let run = '';
  let prefix: string | undefined;
  const close = (text: string): void => {
    prefix ??= text;
    if (text !== '') pieces.push(text);
    run = '';
  };
  for (let i = pattern.startsWith('^') ? 1 : 0; i < pattern.length;) {
    const char = pattern.charAt(i);
    if (char === '|') return NONE;
    if (char === '(' && /^\(\?[a-zA-Z-]*\)/.test(pattern.slice(i))) break;
    if (char === '[' || char === '(') {
      close(run);
      i = char === '[' ? behindClass(pattern, i) : behindGroup(pattern, i);
    } else if ('*?{'.includes(char)) {
      close(shortened(run));
      i = char === '{' && /^\{\d+(,\d*)?\}/.test(pattern.slice(i)) ? pattern.indexOf('}', i) + 1 : i + 1;
    } else if (char === '\\') {
      const escaped = pattern.charAt(i + 1);
      if (/[a-zA-Z0-9]/.test(escaped) && !SETS.includes(escaped)) return NONE;
      if (SETS.includes(escaped)) close(run);
      else run += escaped;
      i += 2;
    } else {
      if ('.+^$)'.includes(char)) close(run);
      else run += char;
      i++;
    }
  }
  // What follows a `(?i)` is not looked at, though an alternative in it concerns the whole.
  if (pattern.includes('|') && topAlternative(pattern)) return NONE;
  close(run);
  return { prefix: prefix ?? '', pieces };
}

function topAlternative(pattern: string): boolean {
  for (let i = 0; i < pattern.length;) {
    const char = pattern.charAt(i);
    if (char === '|') return true;
    i = char === '[' ? behindClass(pattern, i) : char === '(' ? behindGroup(pattern, i) : i + (char === '\\' ? 2 : 1);
  }
  return false;
}
