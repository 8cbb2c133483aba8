import type { RouteConfig, VirtualHost } from '../compile/envoy.ts';

/** Domains of a route configuration with the places of their virtual hosts, as Envoy looks them up: exact, then `*suffix` and `prefix*` by length, then `*`. */
interface Domains {
  readonly exact: ReadonlyMap<string, number>;
  readonly suffixes: readonly (readonly [string, number])[];
  readonly prefixes: readonly (readonly [string, number])[];
  readonly all: number | undefined;
}

const tables = new WeakMap<object, Domains>();

/** The table of a configuration, and of all others of its shape. */
function tableOf(config: RouteConfig): Domains {
  const found = tables.get(config.shape ?? config);
  if (found !== undefined) return found;
  const exact = new Map<string, number>();
  const suffixes: (readonly [string, number])[] = [];
  const prefixes: (readonly [string, number])[] = [];
  let all: number | undefined;
  for (const [place, host] of config.virtualHosts.entries()) {
    for (const domain of host.domains) {
      if (domain === '*') all ??= place;
      else if (domain.startsWith('*')) suffixes.push([domain.slice(1), place]);
      else if (domain.endsWith('*')) prefixes.push([domain.slice(0, -1), place]);
      else if (!exact.has(domain)) exact.set(domain, place);
    }
  }
  suffixes.sort((a, b) => b[0].length - a[0].length);
  prefixes.sort((a, b) => b[0].length - a[0].length);
  const made = { exact, suffixes, prefixes, all };
  tables.set(config.shape ?? config, made);
  return made;
}

/** The authority as domains are compared with it: lower case, what follows the last colon taken off. */
export function hostOnly(authority: string): string {
  const colon = authority.lastIndexOf(':');
  const bare = colon < 0 || authority.endsWith(']') ? authority : authority.slice(0, colon);
  return bare.toLowerCase();
}

/** The one virtual host that serves an authority; a `*` stands for at least one character. */
export function virtualHostFor(config: RouteConfig, authority: string): VirtualHost | undefined {
  const table = tableOf(config);
  const host = hostOnly(authority);
  const place =
    table.exact.get(host) ??
    table.suffixes.find(([suffix]) => host.length > suffix.length && host.endsWith(suffix))?.[1] ??
    table.prefixes.find(([prefix]) => host.length > prefix.length && host.startsWith(prefix))?.[1] ??
    table.all;
  return place === undefined ? undefined : config.virtualHosts[place];
}
