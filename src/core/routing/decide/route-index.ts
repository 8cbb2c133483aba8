import type { Route, VirtualHost } from '../compile/envoy.ts';
import type { HttpRequest } from './http-request.ts';
import { headerFits, headerValue, queryFits } from './match.ts';
import { literalPrefix } from './regex-prefix.ts';
import { regexOf } from './regex.ts';

/**
 * Finds the first route of a virtual host that takes a request without looking at all of them: routes lie in a tree by the text that
 * their path begins with, by their whole path, or (where the path says nothing) by a header's exact value. Of the candidates that these
 * give the one with the smallest place wins, so the order stays Envoy's.
 */
export interface RouteIndex {
  readonly find: (request: HttpRequest) => Route | undefined;
}

/** A node of the tree, with the text between its parent and itself: routes whose path begins with the text that leads here, in order. */
interface Node {
  readonly text: string;
  readonly next: Map<number, Node>;
  readonly routes: number[];
}

/** A route with its path made ready. */
interface Ready {
  readonly route: Route;
  readonly pathFits: (request: HttpRequest) => boolean;
  readonly plain: boolean;
}

const MEMO = 512;

/** A regular expression that remembers what it said of the last paths: RE2 takes 300 to 1,700 ns for what a map does in 40. */
function remembered(pattern: string): (path: string) => boolean {
  const regex = regexOf(pattern);
  if (regex === undefined) return () => false;
  const memo = new Map<string, boolean>();
  return (path) => {
    const known = memo.get(path);
    if (known !== undefined) return known;
    if (memo.size >= MEMO) memo.clear();
    const fits = regex.matches(path);
    memo.set(path, fits);
    return fits;
  };
}

/** The same without memory, for those whose answer is remembered with the path. */
function once(pattern: string): (path: string) => boolean {
  const regex = regexOf(pattern);
  return (path) => regex?.matches(path) === true;
}

function ready(route: Route): Ready {
  const { kind, value, ignoreCase } = route.path;
  const plain = route.headers.length + route.query.length + route.claims.length === 0;
  const lower = ignoreCase ? value.toLowerCase() : value;
  if (kind === 'regex') {
    const fits = beginning(route).length > 1 ? once(value) : remembered(value);
    return { route, plain, pathFits: (request) => fits(request.path) };
  }
  if (ignoreCase)
    return kind === 'exact'
      ? { route, plain, pathFits: (request) => request.path.toLowerCase() === lower }
      : { route, plain, pathFits: (request) => request.path.toLowerCase().startsWith(lower) };
  return kind === 'exact'
    ? { route, plain, pathFits: (request) => request.path === value }
    : { route, plain, pathFits: (request) => request.path.startsWith(value) };
}

/** True where all but the path fits. */
function restFits(entry: Ready, request: HttpRequest): boolean {
  if (entry.plain) return true;
  const { headers, query, claims } = entry.route;
  for (const header of headers) if (!headerFits(header, request)) return false;
  for (const one of query) if (!queryFits(one, request)) return false;
  for (const claim of claims) if (!claim.invert) return false;
  return true;
}

interface Tables {
  readonly exact: Map<string, number[]>;
  readonly root: Node;
  readonly headers: Map<string, Map<string, number[]>>;
  /** Routes of which nothing can be told beforehand. */
  readonly always: number[];
}

function put<K>(map: Map<K, number[]>, key: K, place: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [place]);
  else list.push(place);
}

/** Length of what two texts begin with in common, the second from `at`. */
function common(a: string, b: string, at: number): number {
  let n = 0;
  while (n < a.length && at + n < b.length && a.charCodeAt(n) === b.charCodeAt(at + n)) n++;
  return n;
}

function hang(root: Node, text: string, place: number): void {
  let node = root;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const next = node.next.get(code);
    if (next === undefined) {
      const leaf: Node = { text: text.slice(at), next: new Map(), routes: [] };
      node.next.set(code, leaf);
      node = leaf;
      break;
    }
    const shared = common(next.text, text, at);
    if (shared < next.text.length) {
      const rest: Node = { ...next, text: next.text.slice(shared) };
      const fork: Node = {
        text: next.text.slice(0, shared),
        next: new Map([[rest.text.charCodeAt(0), rest]]),
        routes: [],
      };
      node.next.set(code, fork);
      node = fork;
    } else node = next;
    at += shared;
  }
  node.routes.push(place);
}

/** The text that a route's path must begin with; a single slash says nothing. */
function beginning(route: Route): string {
  const { kind, value, ignoreCase } = route.path;
  if (kind === 'regex') return literalPrefix(value);
  return ignoreCase ? '' : value;
}

function enter(tables: Tables, route: Route, place: number): void {
  const { kind, value, ignoreCase } = route.path;
  if (kind === 'exact' && !ignoreCase) {
    put(tables.exact, value, place);
    return;
  }
  const text = beginning(route);
  if (text.length > 1) {
    hang(tables.root, text, place);
    return;
  }
  const header = route.headers.find(
    (h) => h.match.kind === 'exact' && !h.invert && h.name !== ':method' && h.name !== ':scheme',
  );
  if (header?.match.kind !== 'exact') {
    tables.always.push(place);
    return;
  }
  const values = tables.headers.get(header.name) ?? new Map<string, number[]>();
  tables.headers.set(header.name, values);
  put(values, header.match.value, place);
}

/** Paths that are remembered for a virtual host: a few megabytes at most, and more than a scenario has. */
const PATHS = 16_384;

/** Gives the places of routes that hang by their path and whose path condition holds, in order; remembered by path. */
function byPath(tables: Tables, entries: readonly Ready[]): (request: HttpRequest) => readonly number[] {
  const memo = new Map<string, readonly number[]>();
  return (request) => {
    const path = request.path;
    const known = memo.get(path);
    if (known !== undefined) return known;
    const places: number[] = [...(tables.exact.get(path) ?? [])];
    let node: Node | undefined = tables.root;
    for (let at = 0; at < path.length; at += node.text.length) {
      node = node.next.get(path.charCodeAt(at));
      if (node === undefined || !path.startsWith(node.text, at)) break;
      for (const place of node.routes) if (entries[place]?.pathFits(request) === true) places.push(place);
    }
    places.sort((a, b) => a - b);
    if (memo.size >= PATHS) memo.clear();
    memo.set(path, places);
    return places;
  };
}

function buildIndex(routes: readonly Route[]): RouteIndex {
  const entries = routes.map(ready);
  const tables: Tables = {
    exact: new Map(),
    root: { text: '', next: new Map(), routes: [] },
    headers: new Map(),
    always: [],
  };
  for (const [place, route] of routes.entries()) enter(tables, route, place);
  const names = [...tables.headers];
  const placesOf = byPath(tables, entries);
  const first = (places: readonly number[], best: number, request: HttpRequest, pathKnown: boolean): number => {
    for (const place of places) {
      if (place >= best) return best;
      const entry = entries[place];
      if (entry !== undefined && (pathKnown || entry.pathFits(request)) && restFits(entry, request)) return place;
    }
    return best;
  };
  return {
    find: (request) => {
      let best = first(placesOf(request), routes.length, request, true);
      for (const [name, values] of names) {
        const value = headerValue(request, name);
        const places = value === undefined ? undefined : values.get(value);
        if (places !== undefined) best = first(places, best, request, false);
      }
      return routes[first(tables.always, best, request, false)];
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
