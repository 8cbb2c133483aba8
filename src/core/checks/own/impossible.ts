import type { HttpMatch, HttpRule, StringMatch } from '../../routing/compile/model.ts';
import { stringFits } from '../../routing/decide/match.ts';
import { literalsOf } from '../../routing/decide/literals.ts';
import { hostOnly } from '../../routing/decide/virtual-host.ts';
import type { Request } from '../../routing/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { keyOf, siteEntries } from './entries.ts';
import { plainRequest, tries } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

interface Fault {
  readonly path: YamlPath;
  readonly message: string;
  readonly remedy: string;
  /** What the author may have had in mind. */
  readonly meant?: Partial<Request>;
}

const QUERY = 'Put what stands behind the ? under queryParams.';

function uriFault(uri: StringMatch): Fault | undefined {
  if (uri.kind === 'present') return undefined;
  const path = ['uri', uri.kind];
  const begins = uri.kind === 'regex' ? literalsOf(uri.value).prefix : uri.value;
  if (begins === '' || begins === '*') return undefined;
  if (!begins.startsWith('/')) {
    const meant = uri.kind === 'regex' ? {} : { meant: { path: `/${uri.value}` } };
    return {
      path,
      message: `No path fits \`${uri.value}\`: a path begins with a slash.`,
      remedy: `Write /${uri.value}.`,
      ...meant,
    };
  }
  const pieces = uri.kind === 'regex' ? literalsOf(uri.value).pieces : [uri.value];
  const mark = /[?#]/.exec(pieces.join(' '))?.[0];
  if (mark === undefined) return undefined;
  if (mark === '#')
    return { path, message: `No path fits \`${uri.value}\`: what follows a # is never sent.`, remedy: 'Leave it out.' };
  return {
    path,
    message: `No path fits \`${uri.value}\`: the query is not part of what uri looks at.`,
    remedy: QUERY,
    ...(uri.kind === 'regex' ? {} : { meant: { path: uri.value } }),
  };
}

function methodFault(method: StringMatch | undefined): Fault | undefined {
  if (method?.kind !== 'exact' || !/^[A-Za-z]+$/.test(method.value)) return undefined;
  const upper = method.value.toUpperCase();
  if (upper === method.value) return undefined;
  return {
    path: ['method', 'exact'],
    message: `No request fits \`${method.value}\`: methods are written in capitals, and case counts.`,
    remedy: `Write ${upper}.`,
    meant: { method: upper },
  };
}

const isPresence = (match: StringMatch): boolean =>
  match.kind === 'present' || (match.kind === 'regex' && match.value === '*');

function headerFault(match: HttpMatch): Fault | undefined {
  const wanted = new Map(Object.entries(match.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, unwanted] of Object.entries(match.withoutHeaders)) {
    const path = ['withoutHeaders', name];
    if (unwanted.kind === 'regex' && /^\^?\.\*\$?$/.test(unwanted.value))
      return {
        path,
        message: `No request fits: every value of ${name} fits \`${unwanted.value}\`, and a header that is missing counts as empty.`,
        remedy: `Write ${name}: {} for "the header is absent".`,
      };
    const value = wanted.get(name.toLowerCase());
    if (value === undefined || name.startsWith('@')) continue;
    const clash =
      isPresence(unwanted) ||
      (value.kind === 'exact' && unwanted.kind !== 'present' && stringFits(unwanted, value.value));
    if (clash)
      return {
        path,
        message: `No request fits: header ${name} is demanded under headers and forbidden here.`,
        remedy: 'Delete one of the two.',
      };
  }
  return undefined;
}

function authorityFault(match: HttpMatch, site: Site): Fault | undefined {
  const { authority } = match;
  if (authority?.kind !== 'exact' || site.host.domains.some((domain) => domain.includes('*'))) return undefined;
  if (site.host.domains.includes(hostOnly(authority.value))) return undefined;
  const hosts = site.host.sources.flatMap(({ virtualService }) => virtualService.hosts).join(', ');
  return {
    path: ['authority', 'exact'],
    message: `No request fits: \`${authority.value}\` is none of the hosts that these rules are for (${hosts}).`,
    remedy: 'Add it to hosts, or delete the condition.',
  };
}

/** What makes a match entry impossible by itself. */
function faultOf(match: HttpMatch): Fault | undefined {
  return (match.uri && uriFault(match.uri)) ?? methodFault(match.method) ?? headerFault(match);
}

const known = new WeakMap<HttpMatch, { readonly fault: Fault | undefined }>();

function keptFault(match: HttpMatch): Fault | undefined {
  let kept = known.get(match);
  if (kept === undefined) known.set(match, (kept = { fault: faultOf(match) }));
  return kept.fault;
}

/** Matches that no request can fit. */
export function impossible(view: View, say: Say): ReadonlySet<string> {
  const authorities = new Map<string, Fault | undefined>();
  const found = new Set<string>();
  for (const site of view.sites) {
    for (const { match, ref } of siteEntries(site)) {
      if (match?.authority === undefined || match.owner.resource !== ref.resource) continue;
      const key = keyOf(ref);
      const fault = authorityFault(match, site);
      authorities.set(key, authorities.has(key) && authorities.get(key) === undefined ? undefined : fault);
    }
  }
  for (const site of view.sites) {
    for (const { match, ref, rule, conditions } of siteEntries(site)) {
      const key = keyOf(ref);
      if (match === undefined || found.has(key)) continue;
      const fault = keptFault(match) ?? authorities.get(key);
      if (fault === undefined) continue;
      found.add(key);
      const [first] = tries(site, conditions, 1);
      const plain = first?.request ?? plainRequest(site, '/');
      sayFault({ fault, match, rule, site, request: { ...plain, ...fault.meant } }, say);
    }
  }
  return found;
}

interface Told {
  readonly fault: Fault;
  readonly match: HttpMatch;
  readonly rule: HttpRule;
  readonly site: Site;
  readonly request: Request;
}

function sayFault({ fault, match, rule, site, request }: Told, say: Say): void {
  const { owner } = match;
  say({
    code: 'MW-RULE-IMPOSSIBLE',
    resource: owner.resource,
    path: [...owner.path, 'match', match.index, ...fault.path],
    message: fault.message,
    remedy: fault.remedy,
    proxy: site.caller.proxy,
    request,
    claim: { notRule: { ...rule.ref, match: match.index } },
  });
}
