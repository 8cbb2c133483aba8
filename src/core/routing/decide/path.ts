const KEPT = /[A-Za-z0-9\-_~]/;
/** Printable characters that a path may not hold as they are; control characters and the blank may not either. */
const ESCAPED = /["#<>?^`{|}]/;

function hex(code: number): string {
  return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
}

function utf8(char: string): string {
  return encodeURIComponent(char);
}

/** Percent signs of what needs none taken off, of what needs one put on; a `\` becomes `/`. `%2e` counts as a dot. */
function canonical(path: string): string {
  let out = '';
  for (let i = 0; i < path.length; i++) {
    const char = path.charAt(i);
    if (char === '%' && /^[0-9a-fA-F]{2}$/.test(path.slice(i + 1, i + 3))) {
      const plain = String.fromCharCode(Number.parseInt(path.slice(i + 1, i + 3), 16));
      out += KEPT.test(plain) || plain === '.' ? plain : path.slice(i, i + 3);
      i += 2;
    } else if (char === '\\') out += '/';
    else if (char <= ' ' || char === '\u007f' || ESCAPED.test(char)) out += hex(char.charCodeAt(0));
    else if (char > '\u007f') {
      const whole = String.fromCodePoint(path.codePointAt(i) ?? 0);
      out += utf8(whole);
      i += whole.length - 1;
    } else out += char;
  }
  return out;
}

function withoutDots(path: string): string {
  if (!path.includes('/.')) return path;
  const parts = path.split('/').slice(1);
  const out: string[] = [];
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === '.' || part === '..') {
      if (part === '..') out.pop();
      if (last) out.push('');
    } else out.push(part);
  }
  return `/${out.join('/')}`;
}

/** 1 for each character that a path may hold as it is, and that is no dot. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9\-_~/!$&'()*+,;=:@]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Where the path ends: at the query or at the end; -1 where there is something in it to look at more closely. */
function plainEnd(target: string): number {
  for (let i = 0; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (PLAIN[code] === 1) continue;
    return code === 63 && !target.includes('#', i) ? i : -1;
  }
  return target.length;
}

/**
 * A request's path as Envoy's `normalize_path` leaves it: dots resolved, needless percent signs taken off, slashes not merged; the query
 * stays as it is. A path that begins with no slash, or has a fragment, stays.
 */
export function normalizePath(target: string): string {
  if (plainEnd(target) >= 0 || target.includes('#')) return target;
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  const clean = withoutDots(canonical(path));
  return question < 0 ? clean : clean + target.slice(question);
}
