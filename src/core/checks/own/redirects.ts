import type { ResourceId } from '../../base/ids.ts';
import type { Decision, Request, RuleRef } from '../../routing/index.ts';
import { keyOf, siteEntries } from './entries.ts';
import { concrete, plainRequest, witnessOn } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

const MOST_HOPS = 10;

/** The request that a client sends when it follows a location. */
function followed(request: Request, location: string): Request | undefined {
  const parts = /^(https?):\/\/([^/?#]*)([^#]*)/.exec(location);
  const relative = parts === null && location.startsWith('/');
  if (parts === null && !relative) return undefined;
  const scheme = parts?.[1] ?? (request.protocol === 'https' ? 'https' : 'http');
  const host = parts?.[2] ?? request.host ?? '';
  const path = relative ? location : (parts?.[3] ?? '');
  const written = /:(\d+)$/.exec(host)?.[1];
  const { protocol: _protocol, sni: _sni, address: _address, ...rest } = request;
  return {
    ...rest,
    host,
    path: path.startsWith('/') ? path : `/${path}`,
    port: written === undefined ? (scheme === 'https' ? 443 : 80) : Number(written),
    ...(scheme === 'https' ? { protocol: 'https', sni: host.split(':')[0] ?? '' } : {}),
  };
}

const stateOf = ({ protocol = 'http', host = '', port, path = '/' }: Request): string =>
  `${protocol} ${host.toLowerCase()} ${port} ${path}`;

const locationOf = ({ outcomes }: Decision): string | undefined =>
  outcomes.length === 1 && (outcomes[0]?.status ?? 0) >= 300 && (outcomes[0]?.status ?? 0) < 400
    ? outcomes[0]?.location
    : undefined;

interface Way {
  readonly kind: 'loop' | 'closed';
  readonly hops: readonly Request[];
  /** Where the first answer sends. */
  readonly location: string;
}

/** Where one gets by following redirects: round in a circle, to a closed port, or somewhere (`undefined`). */
function follow(view: View, site: Site, first: Request): Way | undefined {
  const { proxy, compiled } = site.caller;
  const seen = new Set([stateOf(first)]);
  const hops = [first];
  const sent = locationOf(view.engine.decide(proxy, first)) ?? '';
  for (let at: Request | undefined = first; hops.length <= MOST_HOPS;) {
    const location = locationOf(view.engine.decide(proxy, at));
    at = location === undefined ? undefined : followed(at, location);
    if (at === undefined) return undefined;
    hops.push(at);
    if (seen.has(stateOf(at))) return { kind: 'loop', hops, location: sent };
    seen.add(stateOf(at));
    const { port } = at;
    if (proxy.type === 'gateway' && !compiled.listeners.some((listener) => listener.port === port))
      return { kind: 'closed', hops, location: sent };
  }
  return undefined;
}

interface Start {
  readonly request: Request;
  readonly resource: ResourceId;
  readonly path: readonly (string | number)[];
  readonly rule?: RuleRef;
}

function ruleStarts(site: Site): readonly Start[] {
  return siteEntries(site).flatMap(({ route, ref }) => {
    if (route?.action.kind !== 'redirect') return [];
    const request = witnessOn(site, route);
    const rule = { resource: ref.resource, path: ref.path };
    return request === undefined ? [] : [{ request, resource: ref.resource, path: [...ref.path, 'redirect'], rule }];
  });
}

/** Servers that send plain HTTP on to HTTPS. */
function serverStarts(view: View, site: Site): readonly Start[] {
  if (!site.host.requireTls || site.tls) return [];
  const domain = site.host.domains[0] ?? '*';
  return view.gateways.flatMap((gateway) =>
    (gateway.spec.servers ?? []).flatMap(({ port, tls, hosts = [] }, index) => {
      const own = hosts.some((host) => host.slice(host.indexOf('/') + 1).toLowerCase() === domain);
      if (port?.number !== site.port || tls?.httpsRedirect !== true || !own) return [];
      const here = view.gatewayCallers(gateway).includes(site.caller);
      const path = ['spec', 'servers', index, 'tls', 'httpsRedirect'];
      return here ? [{ request: plainRequest(site, '/'), resource: gateway.id, path }] : [];
    }),
  );
}

/** Whether a host is open for HTTPS anywhere: then another pod may answer it. */
function opensHttps(view: View, host: string): boolean {
  const bare = host.split(':')[0] ?? '';
  return view.gateways.some(({ spec }) =>
    (spec.servers ?? []).some(
      ({ port, hosts = [] }) =>
        port?.protocol?.toUpperCase() !== 'HTTP' &&
        hosts.some((written) => {
          const open = written.slice(written.indexOf('/') + 1).toLowerCase();
          return open === '*' || open === bare || (open.startsWith('*') && bare.endsWith(open.slice(1)));
        }),
    ),
  );
}

function sayWay(site: Site, { resource, path, rule }: Start, way: Way, say: Say): void {
  const [first, second] = way.hops;
  if (first === undefined || second === undefined) return;
  const shown = way.hops.map(({ protocol = 'http', host = '', path: at = '/' }) => `${protocol}://${host}${at}`);
  const claim = { location: way.location, ...(rule === undefined ? {} : { rule }) };
  const base = { resource, path, proxy: site.caller.proxy, request: first };
  if (way.kind === 'loop')
    say({
      ...base,
      code: 'MW-REDIRECT-LOOP',
      message: `A client that follows goes round in a circle: ${shown.join(' → ')}.`,
      remedy: 'Let the new address fit none of the redirects, or narrow the match.',
      claim,
    });
  else
    say({
      ...base,
      code: 'MW-REDIRECT-NOWHERE',
      message: `The client is sent to ${shown.at(-1) ?? ''}, and no server of a Gateway opens port ${way.hops.at(-1)?.port ?? 0} there.`,
      remedy: 'Add a server for that port, or redirect to one that is open.',
      claim,
    });
}

/** Redirects that lead round in a circle, or to a port that nobody opens. */
export function redirects(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const start of [...ruleStarts(site), ...serverStarts(view, site)]) {
      const key = `${keyOf({ resource: start.resource, path: start.path })}`;
      if (told.has(key)) continue;
      const way = follow(view, site, start.request);
      if (way === undefined) continue;
      const last = way.hops.at(-1);
      // Another gateway, or somebody in front who ends TLS, may well answer for a host that is not only ours.
      if (
        way.kind === 'closed' &&
        (last?.host === undefined || opensHttps(view, last.host) || !servesPlainly(site, last))
      )
        continue;
      told.add(key);
      sayWay(site, start, way, say);
    }
  }
}

/** Whether the host that one is sent to is the one that one came to. */
const servesPlainly = (site: Site, request: Request): boolean =>
  (request.host ?? '').split(':')[0] === concrete(site.host.domains[0] ?? '*');
