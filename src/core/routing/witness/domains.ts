import type { RouteConfig, VirtualHost } from '../compile/envoy.ts';
import { textNode } from './automaton.ts';
import type { Domain } from './automaton.ts';
import { BEYOND, setOf } from './expression.ts';
import type { Node } from './expression.ts';

const between = (from: number, to: number): string =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const LOWER = between(97, 122);
const UPPER = between(65, 90);
const DIGITS = between(48, 57);

/** A path as it is after normalization: no segment of dots, needless percent signs taken off. */
export const PATHS: Domain = {
  letters: [...LOWER, ...DIGITS, ...UPPER, ...`/-_.~!$&'()*+,;=:@`, '%20'],
  next: (state, letter) => {
    if (state === '') return letter === '/' ? 'begun' : undefined;
    if (letter === '/') return state === 'dot' || state === 'dots' ? undefined : 'begun';
    if (letter !== '.') return 'plain';
    return state === 'begun' ? 'dot' : state === 'dot' ? 'dots' : 'plain';
  },
  mayEnd: (state) => state === 'begun' || state === 'plain',
};

const PRINTABLE = [
  ...LOWER,
  ...DIGITS,
  ...UPPER,
  ...[...between(33, 126)].filter((char) => !/[A-Za-z0-9]/.test(char)),
  'é',
];

/** The value of a header: blanks at its ends do not count. */
export const VALUES: Domain = {
  letters: [...PRINTABLE, ' '],
  next: (state, letter) => (letter !== ' ' ? 'plain' : state === '' ? undefined : 'blank'),
  mayEnd: (state) => state !== 'blank',
};

/** The value of a query parameter. */
export const PARAMETERS: Domain = {
  letters: PRINTABLE.filter((char) => char !== '&' && char !== '#' && char !== 'é'),
  next: () => 'plain',
  mayEnd: () => true,
};

export const METHODS: Domain = {
  letters: [...UPPER, ...LOWER, '-', '_'],
  next: () => 'plain',
  mayEnd: (state) => state !== '',
};

/** A name, with a port or without. */
export const AUTHORITIES: Domain = {
  letters: [...LOWER, ...DIGITS, ...UPPER, '.', '-', ':'],
  next: (state, letter) =>
    letter === ':'
      ? state === 'name'
        ? 'colon'
        : undefined
      : state === 'colon' || state === 'port'
        ? /\d/.test(letter)
          ? 'port'
          : undefined
        : 'name',
  mayEnd: (state) => state === 'name' || state === 'port',
};

const ANYTHING: Node = { kind: 'many', part: { kind: 'set', set: setOf(() => true, true) } };
const SOMETHING: Node = { kind: 'all', parts: [{ kind: 'set', set: new Uint8Array(BEYOND + 1).fill(1) }, ANYTHING] };
const PORT: Node = {
  kind: 'any',
  parts: [
    { kind: 'all', parts: [] },
    { kind: 'all', parts: [textNode(':', false, false), ANYTHING] },
  ],
};

function namesNode(domains: readonly string[]): Node {
  const names = domains.map((domain): Node => {
    if (domain === '*') return SOMETHING;
    if (domain.startsWith('*')) return { kind: 'all', parts: [SOMETHING, textNode(domain.slice(1), false, true)] };
    if (domain.endsWith('*')) return { kind: 'all', parts: [textNode(domain.slice(0, -1), false, true), SOMETHING] };
    return textNode(domain, false, true);
  });
  return { kind: 'all', parts: [{ kind: 'any', parts: names }, PORT] };
}

/** More names of others than these are too many to look at. */
const MOST_OTHERS = 60;

/**
 * The authorities that a virtual host may be asked for by, and those among them that others of its configuration serve; `undefined` where
 * there are too many others.
 */
export function servedBy(config: RouteConfig, host: VirtualHost): readonly Node[] | undefined {
  const own = namesNode(host.domains);
  const wild = host.domains.filter((domain) => domain.includes('*')).map((domain) => domain.replace('*', ''));
  if (wild.length === 0) return [own];
  const others = config.virtualHosts.flatMap((one) =>
    one === host ? [] : one.domains.filter((domain) => domain !== '*' && wild.some((part) => domain.includes(part))),
  );
  if (others.length > MOST_OTHERS) return undefined;
  return others.length === 0 ? [own] : [own, ...others.map((domain) => namesNode([domain]))];
}
