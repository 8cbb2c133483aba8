import type { HeaderMatcher, PathMatcher, Route } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import type { HttpRequest } from './http-request.ts';
import { headerFits, queryFits, valueReader } from './match.ts';
import { testerOf } from './regex.ts';
import type { Key } from './route-keys.ts';
import { codeOf, newWriter, writeScan } from './scan-code.ts';
import type { ScanPlace, Writer } from './scan-code.ts';
import { scanFits } from './scanner.ts';

type Test = (request: HttpRequest) => boolean;

function pathTest({ kind, value, ignoreCase }: PathMatcher): Test {
  if (kind === 'regex') {
    const test = testerOf(value);
    return ({ path }) => test(path);
  }
  const lower = value.toLowerCase();
  if (ignoreCase)
    return kind === 'exact'
      ? ({ path }) => path.toLowerCase() === lower
      : ({ path }) => path.toLowerCase().startsWith(lower);
  return kind === 'exact' ? ({ path }) => path === value : ({ path }) => path.startsWith(value);
}

function headerTest(header: HeaderMatcher): Test {
  const { name, match, invert, missingIsEmpty } = header;
  if (invert || missingIsEmpty) return (request) => headerFits(header, request);
  const fits = stringTest(match);
  const valueOf = valueReader(name);
  return (request) => fits(valueOf(request));
}

function stringTest(match: StringMatch): (text: string | undefined) => boolean {
  switch (match.kind) {
    case 'exact':
      return (text) => text === match.value;
    case 'prefix':
      return (text) => text?.startsWith(match.value) === true;
    case 'regex': {
      const test = testerOf(match.value);
      return (text) => text !== undefined && test(text);
    }
    case 'present':
      return (text) => text !== undefined;
  }
}

/** Tests by what they say: many rules ask for the same. The first stands for no test. */
interface Tests {
  readonly all: Test[];
  readonly numbers: Map<string, number>;
}

function numberOf(tests: Tests, says: string, make: () => Test): number {
  const number = tests.numbers.get(says) ?? tests.all.push(make()) - 1;
  tests.numbers.set(says, number);
  return number;
}

/** Tests that must all hold, as one. */
function together(tests: Tests, numbers: readonly number[]): number {
  const [first = 0] = numbers;
  if (numbers.length < 2) return first;
  return numberOf(tests, numbers.join(), () => {
    const parts = numbers.flatMap((number) => tests.all[number] ?? []);
    return (request) => {
      for (const part of parts) if (!part(request)) return false;
      return true;
    };
  });
}

const asksFor = (key: Key | undefined, kind: 'header' | 'query', name: string, match: StringMatch): boolean =>
  key?.kind === kind && key.name === name && match.kind === 'exact' && match.value === key.value;

/** What a header matcher or a parameter asks for that a route's key does not say already. */
function testNumbers({ headers, query }: Route, key: Key | undefined, tests: Tests): number[] {
  const numbers: number[] = [];
  for (const one of headers)
    if (one.invert || one.missingIsEmpty || !asksFor(key, 'header', one.name, one.match))
      numbers.push(numberOf(tests, `header ${JSON.stringify(one)}`, () => headerTest(one)));
  for (const one of query)
    if (!asksFor(key, 'query', one.name, one.match))
      numbers.push(numberOf(tests, `query ${JSON.stringify(one)}`, () => (request) => queryFits(one, request)));
  return numbers;
}

/** The number of a route's test, and the scan of its path where it needs one. */
interface Rest {
  readonly test: number;
  readonly scan: ScanPlace | undefined;
}

/** What is left to ask, what is quickly told first. */
function restOf(route: Route, key: Key | undefined, tests: Tests, writer: Writer): Rest {
  const numbers = testNumbers(route, key, tests);
  const { path } = route;
  if (key?.kind === 'whole' || (key?.kind === 'prefix' && path.kind === 'prefix'))
    return { test: together(tests, numbers), scan: undefined };
  const regex = path.kind === 'regex';
  const scan = regex ? writeScan(path.value, key?.kind === 'prefix' ? key.text : '', writer) : undefined;
  if (scan === undefined) {
    const number = numberOf(tests, `path ${JSON.stringify(path)}`, () => pathTest(path));
    numbers.splice(regex ? numbers.length : 0, 0, number);
  }
  return { test: together(tests, numbers), scan };
}

/**
 * Whether a request has all that the route at a place asks for, given that it has the route's key. What 10,000 routes ask for lies in arrays
 * of numbers, and what several of them ask for is there once, so that most of it stays in the cache.
 */
export function restsOf(
  routes: readonly Route[],
  keys: readonly (Key | undefined)[],
): (place: number, request: HttpRequest) => boolean {
  const tests: Tests = { all: [() => true], numbers: new Map() };
  const writer = newWriter();
  const known = new Map<string, number>();
  // Of each rest three numbers: its test, where its scan stands or -1, and from which character of the path that begins.
  const rests: number[] = [];
  const restAt = Int32Array.from(routes, (route, place) => {
    const { test, scan } = restOf(route, keys[place], tests, writer);
    const numbers = [test, scan?.at ?? -1, scan?.from ?? 0];
    const says = numbers.join();
    const at = known.get(says) ?? rests.length;
    if (at === rests.length) rests.push(...numbers);
    known.set(says, at);
    return at;
  });
  const rows = Int32Array.from(rests);
  const code = codeOf(writer);
  const { all } = tests;
  return (place, request) => {
    const row = restAt[place] ?? 0;
    const test = rows[row] ?? 0;
    if (test !== 0 && all[test]?.(request) !== true) return false;
    const scan = rows[row + 1] ?? -1;
    if (scan < 0) return true;
    return (
      scanFits(code, scan, request.path, rows[row + 2] ?? 0) ?? testerOf(routes[place]?.path.value ?? '')(request.path)
    );
  };
}
