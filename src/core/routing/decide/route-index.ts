import type { HeaderMatcher, PathMatcher, Route, VirtualHost } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { queryParameter } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import { headerFits, headerValue, queryFits } from './match.ts';
import { treeOf } from './path-tree.ts';
import type { Hung, Places } from './path-tree.ts';
import { testerOf } from './regex.ts';
import { rarestKeys } from './route-keys.ts';

/**
 * Finds the first route of a virtual host that takes a request without looking at all of them: each route is found by one thing that it asks
 * for, the one that fewest others ask for (`route-keys.ts`). Of the candidates that a request gives, the one with the smallest place that
 * fits wins, so the order stays Envoy's.
 */
export interface RouteIndex {
  readonly find: (request: HttpRequest) => Route | undefined;
}

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
  return (request) => fits(headerValue(request, name));
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

/** Tests of headers by what they say: many rules ask for the same. */
type HeaderTests = Map<string, Test>;

function sharedTest(known: HeaderTests, header: HeaderMatcher): Test {
  const key = JSON.stringify(header);
  const test = known.get(key) ?? headerTest(header);
  known.set(key, test);
  return test;
}

/** All conditions of a route as one test, those that are quickly told first. `undefined` for one that takes all that its key finds. */
function testOf(route: Route, isFoundByPath: boolean, known: HeaderTests): Test | undefined {
  const { headers, query, claims, path } = route;
  if (claims.some(({ invert }) => !invert)) return () => false;
  const tests: Test[] = headers.map((header) => sharedTest(known, header));
  for (const one of query) tests.push((request) => queryFits(one, request));
  const regex = path.kind === 'regex';
  if (!isFoundByPath) tests.splice(regex ? tests.length : 0, 0, pathTest(path));
  const [first, second] = tests;
  if (first === undefined || tests.length === 1) return first;
  if (second !== undefined && tests.length === 2) return (request) => first(request) && second(request);
  return (request) => {
    for (const test of tests) if (!test(request)) return false;
    return true;
  };
}

/** Places of routes by the value of a header or a query parameter, by its name. */
type Values = Map<string, Map<string, number[]>>;

function put(values: Values, name: string, value: string, place: number): void {
  const byValue = values.get(name) ?? new Map<string, number[]>();
  values.set(name, byValue);
  const places = byValue.get(value) ?? [];
  byValue.set(value, places);
  places.push(place);
}

/** Where routes are found: by the beginning of the path, by pieces of it, by values, by the presence of a header; or always. */
interface Tables {
  readonly paths: Hung[];
  readonly pieces: Hung[];
  readonly headers: Values;
  readonly query: Values;
  readonly present: Map<string, number[]>;
  readonly always: number[];
}

function tablesOf(routes: readonly Route[], keys: ReturnType<typeof rarestKeys>): Tables {
  const tables: Tables = {
    paths: [],
    pieces: [],
    headers: new Map(),
    query: new Map(),
    present: new Map(),
    always: [],
  };
  for (let place = 0; place < routes.length; place++) {
    const key = keys[place];
    if (key === undefined) tables.always.push(place);
    else if (key.kind === 'header') put(tables.headers, key.name, key.value, place);
    else if (key.kind === 'query') put(tables.query, key.name, key.value, place);
    else if (key.kind === 'present') {
      const places = tables.present.get(key.name);
      if (places === undefined) tables.present.set(key.name, [place]);
      else places.push(place);
    } else
      (key.kind === 'piece' ? tables.pieces : tables.paths).push({
        text: key.text,
        whole: key.kind === 'whole',
        place,
      });
  }
  return tables;
}

/** Puts all lists of places that a request may be found in to the end of `out`. */
function finderOf(tables: Tables): (request: HttpRequest, out: Places[]) => void {
  const paths = treeOf(tables.paths);
  const pieces = treeOf(tables.pieces);
  const headers = [...tables.headers];
  const query = [...tables.query];
  const present = [...tables.present];
  return (request, out) => {
    paths?.walk(request.path, 0, out);
    pieces?.walkAll(request.path, out);
    for (const [name, values] of headers) {
      const value = headerValue(request, name);
      const places = value === undefined ? undefined : values.get(value);
      if (places !== undefined) out.push(places);
    }
    if (request.query !== undefined)
      for (const [name, values] of query) {
        const value = queryParameter(request.query, name);
        const places = value === undefined ? undefined : values.get(value);
        if (places !== undefined) out.push(places);
      }
    for (const [name, places] of present) if (headerValue(request, name) !== undefined) out.push(places);
    if (tables.always.length > 0) out.push(tables.always);
  };
}

function buildIndex(routes: readonly Route[]): RouteIndex {
  const keys = rarestKeys(routes);
  const candidates = finderOf(tablesOf(routes, keys));
  const known: HeaderTests = new Map();
  const tests = routes.map((route, place) => {
    const kind = keys[place]?.kind;
    return testOf(route, kind === 'whole' || (kind === 'prefix' && route.path.kind === 'prefix'), known);
  });
  return {
    find: (request) => {
      const lists: Places[] = [];
      candidates(request, lists);
      let best = routes.length;
      for (const places of lists) {
        for (const place of places) {
          if (place >= best) break;
          if (tests[place]?.(request) === false) continue;
          best = place;
          break;
        }
      }
      return routes[best];
    },
  };
}

const made = new WeakMap<readonly Route[], RouteIndex>();

/** The index of a virtual host's routes; made once. */
export function routeIndexOf(host: VirtualHost): RouteIndex {
  const found = made.get(host.routes);
  if (found !== undefined) return found;
  const index = buildIndex(host.routes);
  made.set(host.routes, index);
  return index;
}
