import { compareSpecific } from '../../istio/names.ts';

/** True for a host with a leading `*`. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** The entry of the most specific key that covers `needle`: the exact one, else the longest wildcard (istiod: `MostSpecificHostMatch`). */
export function mostSpecific<T>(
  needle: string,
  exact: ReadonlyMap<string, T>,
  wild: ReadonlyMap<string, T>,
): T | undefined {
  const hit = (isWildcard(needle) ? wild : exact).get(needle);
  if (hit !== undefined) return hit;
  const text = isWildcard(needle) ? needle.slice(1) : needle;
  let best: string | undefined;
  for (const key of wild.keys())
    if (text.endsWith(key.slice(1)) && (best === undefined || compareSpecific(key, best) < 0)) best = key;
  return best === undefined ? undefined : wild.get(best);
}
