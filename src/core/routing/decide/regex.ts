import { RE2JS } from 're2js';
import { scannerOf } from './scanner.ts';

/** A regular expression as RE2 reads it; `undefined` where RE2 refuses it (Envoy then refuses the whole configuration). */
const compiled = new Map<string, RE2JS | undefined>();

/** The compiled expression of a text; made once for each text. */
export function regexOf(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) {
    let made: RE2JS | undefined;
    try {
      made = RE2JS.compile(pattern);
    } catch {
      made = undefined;
    }
    if (compiled.size > 20_000) compiled.clear();
    compiled.set(pattern, made);
  }
  return compiled.get(pattern);
}

/** True where the expression takes the whole text, as Envoy asks; never for one that RE2 refuses. */
export function matchesWhole(pattern: string, text: string): boolean {
  return regexOf(pattern)?.matches(text) ?? false;
}

/** Texts that an expression remembers its answer for. */
const MEMO = 512;

const testers = new Map<string, (text: string) => boolean>();

function makeTester(pattern: string): (text: string) => boolean {
  const scan = scannerOf(pattern);
  const memo = new Map<string, boolean>();
  const asked = (text: string): boolean => {
    const known = memo.get(text);
    if (known !== undefined) return known;
    if (memo.size >= MEMO) memo.clear();
    const fits = matchesWhole(pattern, text);
    memo.set(text, fits);
    return fits;
  };
  return scan === undefined ? asked : (text) => scan(text) ?? asked(text);
}

/**
 * `matchesWhole` for many texts: by a scan where the expression is plain enough, else by RE2, which remembers what it said last (values of
 * headers come again). Made once for each text.
 */
export function testerOf(pattern: string): (text: string) => boolean {
  const found = testers.get(pattern) ?? makeTester(pattern);
  if (testers.size > 20_000) testers.clear();
  testers.set(pattern, found);
  return found;
}

/** What a substitution puts in: text, and numbers of groups. RE2 goes no further than to an escape that it does not know. */
function piecesOf(substitution: string): readonly (string | number)[] {
  const pieces: (string | number)[] = [];
  for (const [, plain, escaped] of substitution.matchAll(/([^\\]+)|\\([\s\S]?)/g)) {
    if (plain !== undefined) pieces.push(plain);
    else if (escaped === '\\') pieces.push('\\');
    else if (escaped !== undefined && /^\d$/.test(escaped)) pieces.push(Number(escaped));
    else break;
  }
  return pieces;
}

/** The greatest number that a substitution names, behind unknown escapes too. */
function greatestGroup(substitution: string): number {
  const named = [...substitution.matchAll(/\\([\s\S])/g)].map(([, escaped = '']) => escaped);
  return Math.max(0, ...named.filter((escaped) => /^\d$/.test(escaped)).map(Number));
}

/**
 * `text` with every match replaced; `\0` to `\9` stand for the groups (RE2's `GlobalReplace`). Nothing is replaced where the expression
 * has no such group, as Envoy does it (seen: `a-regex-rewrite-names-a-group-that-is-not-there`).
 */
export function replaceAllMatches(pattern: string, text: string, substitution: string): string {
  const regex = regexOf(pattern);
  if (regex === undefined || greatestGroup(substitution) > regex.groupCount()) return text;
  const pieces = piecesOf(substitution);
  const matcher = regex.matcher(text);
  let out = '';
  let at = 0;
  while (matcher.find()) {
    out +=
      text.slice(at, matcher.start()) +
      pieces.map((piece) => (typeof piece === 'string' ? piece : (matcher.group(piece) ?? ''))).join('');
    at = matcher.end();
  }
  return out + text.slice(at);
}
