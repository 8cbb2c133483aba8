const PLAIN = /[A-Za-z0-9/_~ ,:;<>@#%&='"!-]/;

/** Behind the `]` that ends a class of characters that begins at `from`. */
function behindClass(pattern: string, from: number): number {
  let i = from + (pattern.charAt(from + 1) === '^' ? 2 : 1);
  if (pattern.charAt(i) === ']') i++;
  for (; i < pattern.length && pattern.charAt(i) !== ']'; i++) if (pattern.charAt(i) === '\\') i++;
  return i;
}

/** True where a `|` stands outside of all brackets. */
function hasAlternative(pattern: string): boolean {
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') i++;
    else if (char === '[') i = behindClass(pattern, i);
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth <= 0) return true;
  }
  return false;
}

/**
 * The text that everything a regular expression takes must begin with; `''` where that can't be told at a glance. Only plain characters
 * and escaped signs in front of the first thing with a meaning count, and none of them where there is an alternative outside of brackets.
 * Example: `/users/[0-9]+` gives `/users/`, `/a|/b` gives nothing, `/ab*` gives `/a`.
 */
export function literalPrefix(pattern: string): string {
  if (hasAlternative(pattern)) return '';
  let out = '';
  for (let i = pattern.startsWith('^') ? 1 : 0; i < pattern.length; i++) {
    let char = pattern.charAt(i);
    if (char === '\\' && /[.\-/]/.test(pattern.charAt(i + 1))) char = pattern.charAt(++i);
    else if (!PLAIN.test(char)) return /[*?{]/.test(char) ? out.slice(0, -1) : out;
    out += char;
  }
  return out;
}
