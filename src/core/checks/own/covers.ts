import type { HeaderMatcher, PathMatcher, QueryMatcher, Route } from '../../routing/compile/envoy.ts';
import type { StringMatch } from '../../routing/compile/model.ts';
import { stringFits } from '../../routing/decide/match.ts';
import { literalsOf } from '../../routing/decide/literals.ts';
import { matchesWhole } from '../../routing/decide/regex.ts';

/** What a request must have; the more general of two is the one with less of it. */
export type Conditions = Pick<Route, 'path' | 'headers' | 'query' | 'claims'>;

/** True where an expression ends in "and anything": then what it takes it also takes with more behind. */
function isOpenEnded(pattern: string): boolean {
  if (!pattern.endsWith('.*') || /[|$]/.test(pattern.replaceAll(/\([^()]*\)/g, ''))) return false;
  const slashes = /\\*$/.exec(pattern.slice(0, -2))?.[0].length ?? 0;
  return slashes % 2 === 0;
}

const takesAll = (pattern: string): boolean => pattern === '.*' || pattern === '^.*' || pattern === '^.*$';

function pathWithin(later: PathMatcher, earlier: PathMatcher): boolean {
  // A path begins with a slash, always.
  if (earlier.kind === 'prefix' && earlier.value === '/') return true;
  if (earlier.kind === 'regex') {
    if (takesAll(earlier.value) || earlier.value === '/.*') return true;
    if (later.kind === 'regex') return later.value === earlier.value;
    if (later.ignoreCase) return false;
    if (later.kind === 'exact') return matchesWhole(earlier.value, later.value);
    return isOpenEnded(earlier.value) && matchesWhole(earlier.value, later.value);
  }
  if (later.ignoreCase && !earlier.ignoreCase) return false;
  const begins = later.kind === 'regex' ? literalsOf(later.value).prefix : later.value;
  const [wide, narrow] = earlier.ignoreCase
    ? [earlier.value.toLowerCase(), begins.toLowerCase()]
    : [earlier.value, begins];
  if (earlier.kind === 'exact') return later.kind === 'exact' && wide === narrow;
  return narrow.startsWith(wide);
}

/** Whether every text that fits `later` fits `earlier`. */
function textWithin(later: StringMatch, earlier: StringMatch): boolean {
  if (earlier.kind === 'present' || (earlier.kind === 'regex' && takesAll(earlier.value))) return true;
  if (later.kind === 'exact') return stringFits(earlier, later.value);
  if (later.kind === 'prefix') {
    if (earlier.kind === 'prefix') return later.value.startsWith(earlier.value);
    return earlier.kind === 'regex' && isOpenEnded(earlier.value) && matchesWhole(earlier.value, later.value);
  }
  if (later.kind !== 'regex') return false;
  if (earlier.kind === 'prefix')
    return literalsOf(later.value).prefix.startsWith(earlier.value) && earlier.value !== '';
  return earlier.kind === 'regex' && earlier.value === later.value;
}

const sameText = (a: StringMatch, b: StringMatch): boolean =>
  a.kind === b.kind && (a.kind === 'present' || b.kind === 'present' || a.value === b.value);

/** Whether what a later condition on a header demands makes an earlier one on the same header hold. */
function headerWithin(later: HeaderMatcher, earlier: HeaderMatcher): boolean {
  if (later.invert && earlier.invert) {
    if (sameText(later.match, earlier.match)) return true;
    // Absent counts as empty.
    return later.match.kind === 'present' && earlier.match.kind !== 'present' && !stringFits(earlier.match, '');
  }
  if (later.invert) return false;
  if (!earlier.invert) return textWithin(later.match, earlier.match);
  if (later.match.kind === 'exact')
    return earlier.match.kind !== 'present' && !stringFits(earlier.match, later.match.value);
  return false;
}

const queryWithin = (later: QueryMatcher, earlier: QueryMatcher): boolean => textWithin(later.match, earlier.match);

/** Whether every request that fits `later` surely fits `earlier`. Says no where that can't be told at a glance. */
export function covers(earlier: Conditions, later: Conditions): boolean {
  return (
    earlier.claims.every((claim) => claim.invert) &&
    pathWithin(later.path, earlier.path) &&
    earlier.headers.every((one) =>
      later.headers.some((other) => other.name === one.name && headerWithin(other, one)),
    ) &&
    earlier.query.every((one) => later.query.some((other) => other.name === one.name && queryWithin(other, one)))
  );
}
