import { put } from '../../base/lists.ts';
import type { Route, VirtualHost } from '../compile/envoy.ts';
import { findParameter, NO_HEADERS } from './http-request.ts';
import type { HttpRequest, Stretch } from './http-request.ts';
import { valueReader } from './match.ts';
import type { ValueOf } from './match.ts';
import { NO_TREE, treeOf, walk, walkAll } from './path-tree.ts';
import type { Hung, PathTree } from './path-tree.ts';
import { NOBODY, add, listOf } from './place-lists.ts';
import type { Found, PlaceList, PlaceLists } from './place-lists.ts';
import { isOwnPart, rarestKeys } from './route-keys.ts';
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
  /** By the text that such paths begin with: only these are searched. */
  readonly pieces: Values;
  readonly headers: Values;
  readonly query: Values;
  readonly present: Map<string, number[]>;
  readonly always: number[];
}

function tablesOf(routes: readonly Route[], keys: ReturnType<typeof rarestKeys>): Tables {
  const tables: Tables = {
    paths: [],
    pieces: new Map(),
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
    else if (key.kind === 'piece') put(tables.pieces, key.after, { text: key.text, whole: false, place });
    else tables.paths.push({ text: key.text, whole: key.kind === 'whole', place });
  }
  return tables;
}

/** The values of a header or a parameter that routes ask for. */
interface ValueTree {
  readonly name: string;
  readonly valueOf: ValueOf;
  readonly tree: PathTree;
}

function treesOf(values: Values, lists: PlaceLists): readonly ValueTree[] {
  return [...values].flatMap(([name, hung]) => {
    const tree = treeOf(hung, lists);
    return tree === undefined ? [] : [{ name, valueOf: valueReader(name), tree }];
  });
}

/** Texts of which one stands somewhere in a path that begins with `after`. */
interface Gate {
  readonly after: string;
  readonly pieces: PathTree;
}

function gatesOf(pieces: Values, lists: PlaceLists): readonly Gate[] {
  return [...pieces].flatMap(([after, hung]) => {
    const tree = treeOf(hung, lists);
    return tree === undefined ? [] : [{ after, pieces: tree }];
  });
}

/** Adds all lists of places that a request may be found in. */
function finderOf(tables: Tables, lists: PlaceLists): (request: HttpRequest, found: Found) => void {
  const gates = gatesOf(tables.pieces, lists);
  const names = gates.map(({ after }, gate) => [after, gate] as const);
  const paths = treeOf(tables.paths, lists, names) ?? NO_TREE;
  const all = treesOf(tables.headers, lists);
  const parts = all.filter(({ name }) => isOwnPart(name));
  const headers = all.filter(({ name }) => !isOwnPart(name));
  const query = treesOf(tables.query, lists);
  const present = [...tables.present].map(([name, places]) => ({
    valueOf: valueReader(name),
    list: listOf(places, lists),
  }));
  const always: PlaceList = listOf(tables.always, lists);
  const value: Stretch = { from: 0, to: 0 };
  const byValues = (trees: readonly ValueTree[], request: HttpRequest, found: Found): void => {
    for (const { valueOf, tree } of trees) {
      const text = valueOf(request);
      if (text !== undefined) walk(tree, text, 0, found);
    }
  };
  return (request, found) => {
    walk(paths, request.path, 0, found);
    for (let n = 0; n < found.open; n++) {
      const gate = gates[found.gates[n] ?? NOBODY];
      if (gate !== undefined) walkAll(gate.pieces, request.path, gate.after.length, found);
    }
    byValues(parts, request, found);
    if (request.headers !== NO_HEADERS) {
      byValues(headers, request, found);
      for (const { valueOf, list } of present) if (valueOf(request) !== undefined) add(list, found);
    }
    if (request.query !== undefined)
      for (const { name, tree } of query)
        if (findParameter(request.query, name, value)) walk(tree, request.query, value.from, found, value.to);
    add(always, found);
  };
}

function buildIndex(routes: readonly Route[]): RouteIndex {
  const keys = rarestKeys(routes);
  const lists: PlaceLists = { numbers: [] };
  const findLists = finderOf(tablesOf(routes, keys), lists);
  const numbers = Int32Array.from(lists.numbers);
  const fits = restsOf(routes, keys);
  const found: Found = { lists: [], size: 0, gates: [], open: 0 };
  return {
    find: (request) => {
      found.size = 0;
      found.open = 0;
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
