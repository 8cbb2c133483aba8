import { put } from '../../base/lists.ts';
import type { Route, VirtualHost } from '../compile/envoy.ts';
import { queryParameter } from './http-request.ts';
import type { HttpRequest } from './http-request.ts';
import { valueReader } from './match.ts';
import type { ValueOf } from './match.ts';
import { treeOf, walk, walkAll } from './path-tree.ts';
import type { Hung, PathTree } from './path-tree.ts';
import { NOBODY, add, listOf } from './place-lists.ts';
import type { Found, PlaceList, PlaceLists } from './place-lists.ts';
import { rarestKeys } from './route-keys.ts';
import { restsOf } from './route-rest.ts';

/**
 * Finds the first route of a virtual host that takes a request without looking at all of them: each route is found by one thing that it asks
 * for, the one that fewest others ask for (`route-keys.ts`). Of the candidates that a request gives, the one with the smallest place that
 * fits wins, so the order stays Envoy's.
 */
export interface RouteIndex {
  readonly find: (request: HttpRequest) => Route | undefined;
}

/** Places of routes by the value of a header or a query parameter, by its name. */
type Values = Map<string, Hung[]>;

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
  for (const [place, route] of routes.entries()) {
    const key = keys[place];
    // Nobody shows a claim: what asks for one takes nothing.
    if (route.claims.some(({ invert }) => !invert)) continue;
    if (key === undefined) tables.always.push(place);
    else if (key.kind === 'header') put(tables.headers, key.name, { text: key.value, whole: true, place });
    else if (key.kind === 'query') put(tables.query, key.name, { text: key.value, whole: true, place });
    else if (key.kind === 'present') put(tables.present, key.name, place);
    else if (key.kind === 'piece') tables.pieces.push({ text: key.text, whole: false, place });
    else tables.paths.push({ text: key.text, whole: key.kind === 'whole', place });
  }
  return tables;
}

/** Adds all lists of places that a request may be found in. */
function finderOf(tables: Tables, lists: PlaceLists): (request: HttpRequest, found: Found) => void {
  const treesOf = (values: Values): readonly (readonly [ValueOf, string, PathTree | undefined])[] =>
    [...values].map(([name, hung]) => [valueReader(name), name, treeOf(hung, lists)]);
  const paths = treeOf(tables.paths, lists);
  const pieces = treeOf(tables.pieces, lists);
  const headers = treesOf(tables.headers);
  const query = treesOf(tables.query);
  const present = [...tables.present].map(([name, places]) => [valueReader(name), listOf(places, lists)] as const);
  const always: PlaceList = listOf(tables.always, lists);
  return (request, found) => {
    if (paths !== undefined) walk(paths, request.path, 0, found);
    if (pieces !== undefined) walkAll(pieces, request.path, found);
    for (const [valueOf, , tree] of headers) {
      const value = valueOf(request);
      if (value !== undefined && tree !== undefined) walk(tree, value, 0, found);
    }
    if (request.query !== undefined)
      for (const [, name, tree] of query) {
        const value = queryParameter(request.query, name);
        if (value !== undefined && tree !== undefined) walk(tree, value, 0, found);
      }
    for (const [valueOf, list] of present) if (valueOf(request) !== undefined) add(list, found);
    add(always, found);
  };
}

function buildIndex(routes: readonly Route[]): RouteIndex {
  const keys = rarestKeys(routes);
  const lists: PlaceLists = { numbers: [] };
  const findLists = finderOf(tablesOf(routes, keys), lists);
  const numbers = Int32Array.from(lists.numbers);
  const fits = restsOf(routes, keys);
  const found: Found = { lists: [], size: 0 };
  return {
    find: (request) => {
      found.size = 0;
      findLists(request, found);
      let best = routes.length;
      for (let n = 0; n < found.size; n++) {
        const list = found.lists[n] ?? NOBODY;
        if (list >= 0) {
          if (list < best && fits(list, request)) best = list;
          continue;
        }
        for (let at = -2 - list; ; at++) {
          const place = numbers[at] ?? NOBODY;
          if (place === NOBODY || place >= best) break;
          if (!fits(place, request)) continue;
          best = place;
          break;
        }
      }
      return best === routes.length ? undefined : routes[best];
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
