import type { HeaderMatcher, PathMatcher, QueryMatcher, Route, VirtualHost } from '../compile/envoy.ts';
import type { StringMatch } from '../compile/model.ts';
import { stringFits } from '../decide/match.ts';
import { matchesWhole } from '../decide/regex.ts';
import type { Request } from '../types.ts';
import { sampleOf } from './sample.ts';

/** Values that fit a condition, the plainest first. */
export function fitting(match: StringMatch): readonly string[] {
  switch (match.kind) {
    case 'exact':
      return [match.value];
    case 'prefix':
      return [match.value, `${match.value}x`];
    case 'regex': {
      const sample = sampleOf(match.value) ?? '';
      return [sample, `${sample}a`, `a${sample}`, `${sample}1`].filter((text) => matchesWhole(match.value, text));
    }
    case 'present':
      return ['x'];
  }
}

/** Ways to write a text whose case does not count. */
function cased(text: string): readonly string[] {
  return [...new Set([text, text.toLowerCase(), text.toUpperCase(), text.slice(0, 2) + text.slice(2).toUpperCase()])];
}

/** Paths that fit, the plainest first. */
export function paths(path: PathMatcher): readonly string[] {
  if (path.kind === 'exact') return path.ignoreCase ? cased(path.value) : [path.value];
  if (path.kind === 'regex') {
    const sample = sampleOf(path.value) ?? '/';
    return [
      sample,
      `/${sample}`,
      `/a${sample}`,
      `${sample}a`,
      `${sample}1`,
      `${sample}/other-path`,
      `/1/2${sample}`,
    ].filter((text) => text.startsWith('/') && matchesWhole(path.value, text));
  }
  const base = path.value.startsWith('/') ? path.value : '/';
  if (path.ignoreCase) return cased(base).flatMap((text) => [text, `${text}x`, `${text}/other-path`]);
  return [base, `${base}x`, `${base}/x`, base.endsWith('/') ? `${base}other-path` : `${base}/other-path`];
}

/** Authorities that a virtual host serves. */
export function hosts(host: VirtualHost): readonly string[] {
  return host.domains.flatMap((domain) => {
    if (domain === '*') return ['any.example.com'];
    return domain.startsWith('*') ? [`a${domain.startsWith('*.') ? '' : '.'}${domain.slice(1)}`] : [domain];
  });
}

/** Authorities that fit a condition on the authority and may be served by the host. */
function named(match: StringMatch, host: VirtualHost, plain: readonly string[], port: number): readonly string[] {
  const wild = host.domains.filter((domain) => domain.startsWith('*'));
  const values = fitting(match).flatMap((value) => [
    value,
    ...wild.flatMap((domain) => [value + domain.slice(1), `${value}.a${domain.slice(1)}`]),
  ]);
  const all = [...plain, ...plain.map((name) => `${name}:${port}`), ...values];
  return all.filter((name) => stringFits(match, name));
}

/** What a header condition asks to be sent: a value, or nothing where absence is what it asks for. */
function sent(header: HeaderMatcher): string | undefined {
  if (!header.invert) return fitting(header.match)[0];
  return header.missingIsEmpty && stringFits(header.match, '') ? 'other' : undefined;
}

function withQuery(path: string, query: readonly QueryMatcher[]): string {
  if (query.length === 0) return path;
  const parts = query.map(({ name, match }) =>
    match.kind === 'present' ? name : `${name}=${fitting(match)[0] ?? ''}`,
  );
  return `${path}?${parts.join('&')}`;
}

/** Requests that ought to reach a route of a virtual host on a port, the smallest first. */
export function candidatesFor(route: Route, host: VirtualHost, port: number, tls: boolean): readonly Request[] {
  const headers: Record<string, string> = {};
  let method = 'GET';
  let authorities = hosts(host);
  for (const header of route.headers) {
    const value = sent(header);
    if (value === undefined) continue;
    if (header.name === ':method') method = value;
    else if (header.name === ':authority') authorities = named(header.match, host, authorities, port);
    else if (!header.name.startsWith(':')) headers[header.name] = value;
  }
  return authorities.slice(0, 8).flatMap((authority) =>
    paths(route.path).map((path) => ({
      port,
      host: authority,
      path: withQuery(path, route.query),
      method,
      headers,
      ...(tls ? { protocol: 'https' as const, sni: authority.split(':')[0] ?? '' } : {}),
    })),
  );
}
