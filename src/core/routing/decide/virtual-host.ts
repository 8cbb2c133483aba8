import type { RouteConfig, VirtualHost } from '../compile/envoy.ts';

/** Domains of a route configuration, sorted for look-up as Envoy does: exact, then `*suffix` and `prefix*` by length, then `*`. */
interface Domains {
  readonly exact: ReadonlyMap<string, VirtualHost>;
  readonly suffixes: readonly (readonly [string, VirtualHost])[];
  readonly prefixes: readonly (readonly [string, VirtualHost])[];
  readonly all: VirtualHost | undefined;
}

const tables = new WeakMap<RouteConfig, Domains>();

function tableOf(config: RouteConfig): Domains {
  const found = tables.get(config);
  if (found !== undefined) return found;
  const exact = new Map<string, VirtualHost>();
  const suffixes: (readonly [string, VirtualHost])[] = [];
  const prefixes: (readonly [string, VirtualHost])[] = [];
  let all: VirtualHost | undefined;
  for (const host of config.virtualHosts) {
    for (const domain of host.domains) {
      if (domain === '*') all ??= host;
      else if (domain.startsWith('*')) suffixes.push([domain.slice(1), host]);
      else if (domain.endsWith('*')) prefixes.push([domain.slice(0, -1), host]);
      else if (!exact.has(domain)) exact.set(domain, host);
    }
  }
  suffixes.sort((a, b) => b[0].length - a[0].length);
  prefixes.sort((a, b) => b[0].length - a[0].length);
  const made = { exact, suffixes, prefixes, all };
  tables.set(config, made);
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
  return (
    table.exact.get(host) ??
    table.suffixes.find(([suffix]) => host.length > suffix.length && host.endsWith(suffix))?.[1] ??
    table.prefixes.find(([prefix]) => host.length > prefix.length && host.startsWith(prefix))?.[1] ??
    table.all
  );
}
