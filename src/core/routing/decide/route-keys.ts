import type { Route } from '../compile/envoy.ts';
import { literalsOf } from './literals.ts';

/** Something that a request must have for a route to take it, by which the route is found. */
export type Key =
  /** The path is `text`, or begins with it, or has it in it, somewhere behind the text `after` that it begins with. */
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'piece'; readonly text: string; readonly after: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'query'; readonly name: string; readonly value: string }
  | { readonly kind: 'present'; readonly name: string };

/** Shorter pieces stand in too many paths. */
const SHORTEST_PIECE = 3;

function pathKeys({ path }: Route): readonly Key[] {
  const { kind, value, ignoreCase } = path;
  if (kind === 'regex') {
    const { prefix, pieces } = literalsOf(value);
    const inner = pieces.filter((text) => text.length >= SHORTEST_PIECE && text !== prefix);
    return [
      ...(prefix === '' ? [] : [{ kind: 'prefix', text: prefix } as const]),
      ...inner.map((text) => ({ kind: 'piece', text, after: prefix }) as const),
    ];
  }
  if (ignoreCase) return [];
  return [{ kind: kind === 'exact' ? 'whole' : 'prefix', text: value }];
}

/** True for a part of the request that it has without any header. */
export const isOwnPart = (name: string): boolean => name.startsWith(':') || name === 'host';

/** All that a route asks for and that it may be found by, what is found quickest first. */
export function keysOf(route: Route): readonly Key[] {
  const keys: Key[] = [...pathKeys(route)];
  const there = route.headers.filter(({ invert, missingIsEmpty }) => !invert && !missingIsEmpty);
  for (const { name, match } of there)
    if (match.kind === 'exact') keys.push({ kind: 'header', name, value: match.value });
  for (const { name, match } of route.query)
    if (match.kind === 'exact') keys.push({ kind: 'query', name, value: match.value });
  for (const { name } of there) if (!isOwnPart(name)) keys.push({ kind: 'present', name });
  return keys;
}

const textOf = (key: Key): string => JSON.stringify(Object.values(key));

/** For each route the key that the fewest others have; `undefined` for one that has none, and is looked at for every request. */
export function rarestKeys(routes: readonly Route[]): readonly (Key | undefined)[] {
  const all = routes.map(keysOf);
  const counts = new Map<string, number>();
  for (const key of all.flat()) counts.set(textOf(key), (counts.get(textOf(key)) ?? 0) + 1);
  return all.map((keys) => {
    let best: Key | undefined;
    let fewest = Infinity;
    for (const key of keys) {
      const count = counts.get(textOf(key)) ?? 0;
      if (count < fewest) {
        fewest = count;
        best = key;
      }
    }
    return best;
  });
}
