import type { StringMatch } from '../istio/index.ts';

/** A text that a string condition takes; `x` where it only asks for presence. */
export function sampleOf(match: StringMatch | undefined): string {
  if (match?.exact !== undefined) return match.exact;
  if (match?.prefix !== undefined) return match.prefix;
  if (match?.regex !== undefined) return sampleOfRegex(match.regex);
  return 'x';
}

const CLASSES: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ', D: 'a', W: '-', S: 'a' };

/**
 * A text that an RE2 pattern takes, for the usual kinds of patterns: the first alternative, the first character of a class, as few
 * repeats as are allowed. Good enough for a made-up request: where it misses, the request shows what becomes of one that misses.
 */
export function sampleOfRegex(pattern: string): string {
  return new Sampler(pattern).alternatives();
}

class Sampler {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  alternatives(): string {
    const first = this.sequence();
    while (this.peek() === '|') {
      this.at += 1;
      this.sequence();
    }
    return first;
  }

  private peek(): string | undefined {
    return this.pattern[this.at];
  }

  private sequence(): string {
    let text = '';
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      const one = this.atom();
      text += one.repeat(this.least(one));
    }
    return text;
  }

  private atom(): string {
    const next = this.pattern[this.at] ?? '';
    this.at += 1;
    if (next === '^' || next === '$') return '';
    if (next === '.') return 'x';
    if (next === '[') return this.oneOfClass();
    if (next === '\\') {
      const escaped = this.pattern[this.at] ?? '';
      this.at += 1;
      return CLASSES[escaped] ?? (/[bBAz]/.test(escaped) ? '' : escaped);
    }
    if (next !== '(') return next;
    const head = /^\?(?:P?<[^>]*>|[a-zA-Z-]*:)/.exec(this.pattern.slice(this.at));
    if (head) this.at += head[0].length;
    const inside = this.alternatives();
    this.at += 1;
    return inside;
  }

  private oneOfClass(): string {
    const end = this.pattern.indexOf(']', this.at + 1);
    const inside = this.pattern.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.pattern.length : end + 1;
    if (inside.startsWith('^')) return [...'xX0-_/'].find((one) => !inside.includes(one)) ?? 'x';
    return inside.startsWith('\\') ? (CLASSES[inside[1] ?? ''] ?? inside[1] ?? '') : (inside[0] ?? '');
  }

  /** How often the atom just read has to stand, and past the mark that says so. `x*` of a real character is worth one. */
  private least(atom: string): number {
    const mark = this.pattern[this.at];
    if (mark === '*' || mark === '?' || mark === '+') {
      this.at += this.pattern[this.at + 1] === '?' ? 2 : 1;
      return mark === '+' || (mark === '*' && atom !== '') ? 1 : 0;
    }
    const count = /^\{(\d+)(?:,\d*)?\}/.exec(this.pattern.slice(this.at));
    if (!count) return 1;
    this.at += count[0].length;
    return Number(count[1]);
  }
}
