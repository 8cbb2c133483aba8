/** The domain that short names are completed with. */
export const CLUSTER_DOMAIN = 'cluster.local';
/** The namespace of the mesh's own configuration. */
export const ROOT_NAMESPACE = 'istio-system';
/** The name that stands for every sidecar in a VirtualService's `gateways`. */
export const MESH_GATEWAY = 'mesh';

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Whether a text is an IPv4 or IPv6 address (Go's netip.ParseAddr, near enough for host names). */
export function isIpAddress(text: string): boolean {
  const v4 = IPV4.exec(text);
  if (v4 !== null) return v4.slice(1).every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('0')));
  return text.includes(':') && /^[0-9a-fA-F:.]+(%.+)?$/.test(text) && text.split(':').length >= 3;
}

/**
 * A host as the registry knows it: a name without a dot gets `.NAMESPACE.svc.cluster.local`; `*`, addresses and everything with a dot
 * stay (so `reviews.prod` stays, and matches nothing). Source: istio pkg/config ResolveShortnameToFQDN.
 */
export function resolveHost(host: string, namespace: string, domain = CLUSTER_DOMAIN): string {
  if (host === '' || host === '*' || host.includes('.') || isIpAddress(host)) return host;
  return `${host}.${namespace}.svc.${domain}`;
}

/** The shortest name that a resource of `namespace` can call this host by: `reviews` for its own services, else the host itself. */
export function shortHost(host: string, namespace: string, domain = CLUSTER_DOMAIN): string {
  const tail = `.${namespace}.svc.${domain}`;
  const name = host.endsWith(tail) ? host.slice(0, -tail.length) : '';
  return name === '' || name.includes('.') ? host : name;
}

/** Name and namespace of a Kubernetes host; `undefined` for every other host. */
export function serviceOfHost(
  host: string,
  domain = CLUSTER_DOMAIN,
): { readonly name: string; readonly namespace: string } | undefined {
  const tail = `.svc.${domain}`;
  if (!host.endsWith(tail)) return undefined;
  const [name, namespace, ...rest] = host.slice(0, -tail.length).split('.');
  return name === undefined || namespace === undefined || rest.length > 0 || name === '*'
    ? undefined
    : { name, namespace };
}

/**
 * A gateway's name in a VirtualService as `namespace/name`, or `mesh`. `./gw` and `gw` are of the own namespace; a dotted name
 * is the old form `name.namespace…`. Source: istio pkg/config resolveGatewayName.
 */
export function resolveGateway(name: string, namespace: string): string {
  if (name === MESH_GATEWAY) return name;
  if (name.includes('/')) return name.startsWith('./') ? `${namespace}/${name.slice(2)}` : name;
  if (!name.includes('.')) return `${namespace}/${name}`;
  const [first = '', second = ''] = name.split('.');
  return `${second}/${first}`;
}

const isWild = (host: string): boolean => host.startsWith('*');

/** Whether two hosts, each perhaps with a leading wildcard, have a name in common. Symmetric. Source: istio host.Name.Matches. */
export function hostsMatch(a: string, b: string): boolean {
  if (isWild(a) && isWild(b)) {
    const [long, short] = a.length >= b.length ? [a, b] : [b, a];
    return long.slice(1).endsWith(short.slice(1));
  }
  if (isWild(a)) return b.endsWith(a.slice(1));
  if (isWild(b)) return a.endsWith(b.slice(1));
  return a === b;
}

/** Whether every name that `a` stands for is one that `b` stands for. Source: istio host.Name.SubsetOf. */
export function hostIsWithin(a: string, b: string): boolean {
  if (!isWild(b)) return a === b;
  if (isWild(a) && a.length < b.length) return false;
  return (isWild(a) ? a.slice(1) : a).endsWith(b.slice(1));
}

/** Sorts hosts as Istio does, most specific first: names before wildcards, longer before shorter, then by the alphabet. */
export function compareSpecific(a: string, b: string): number {
  if (isWild(a) !== isWild(b)) return isWild(a) ? 1 : -1;
  if (a.length !== b.length) return b.length - a.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The host of `candidates` that says most about `host`: itself, else the longest wildcard that holds it. Source: MostSpecificHostMatch. */
export function mostSpecificMatch(host: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const candidate of candidates) {
    if (candidate === host) return candidate;
    if (!isWild(candidate) || !hostIsWithin(host, candidate)) continue;
    if (best === undefined || compareSpecific(candidate, best) < 0) best = candidate;
  }
  return best;
}

/** The narrower one of each pair of hosts of which one lies within the other, each once, in order. Source: host.Names.Intersection. */
export function intersectHosts(a: readonly string[], b: readonly string[]): readonly string[] {
  const out = new Set<string>();
  for (const x of a) {
    for (const y of b) {
      if (hostIsWithin(x, y)) out.add(x);
      else if (hostIsWithin(y, x)) out.add(y);
    }
  }
  return [...out];
}

/** A server's hosts with `./h` as `NAMESPACE/h`, `*` + `/h` as `h`; one that is all of both makes the whole list `*`. Source: sanitizeServerHostNamespace. */
export function sanitizeServerHosts(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.includes('*/*')) return ['*'];
  return hosts.map((host) => {
    if (host.startsWith('./')) return `${namespace}/${host.slice(2)}`;
    return host.startsWith('*/') ? host.slice(2) : host;
  });
}

/** Of a server's sanitized hosts those that VirtualServices of a namespace may use, without `namespace/`. Source: NamesForNamespace. */
export function hostsForNamespace(hosts: readonly string[], namespace: string): readonly string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/');
    if (slash < 0) return [host];
    return host.slice(0, slash) === namespace ? [host.slice(slash + 1)] : [];
  });
}

/**
 * Whether an object of `own` namespace with this `exportTo` is seen from namespace `from`. Absent or empty means `*`; `*` in the list
 * beats the rest; `.` is the own namespace; `~` is nobody.
 */
export function isVisible(exportTo: readonly string[] | undefined, own: string, from: string): boolean {
  if (exportTo === undefined || exportTo.length === 0 || exportTo.includes('*')) return true;
  return exportTo.some((to) => (to === '.' ? own === from : to === from));
}

/** Whether an object's labels hold all of a selector's. An empty or absent selector takes everything. */
export function selects(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return selector === undefined || Object.entries(selector).every(([key, value]) => labels[key] === value);
}
