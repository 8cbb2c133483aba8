import { setting, textAt, removing, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** A wildcard where Istio takes one: as the whole first part. */
function withWildcard(host: string): string {
  const star = host.lastIndexOf('*');
  if (star < 0) return host;
  const rest = host.slice(star + 1).replace(/^[-.]+/, '');
  return rest === '' ? '*' : `*.${rest}`;
}

const part = (text: string): string =>
  text === '*'
    ? text
    : text
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 63)
        .replace(/-+$/, '');

/** What a text that is no host name most likely meant: a URL's host, in lower case, of parts that DNS takes; '' where nothing is left. */
export function repairedHost(text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d+$/, '');
  const parts = withWildcard(bare)
    .split('.')
    .map(part)
    .filter((one) => one !== '');
  return parts.join('.');
}

/** `namespace/host` of a Gateway's or a Sidecar's hosts, if it is one. */
function splitScope(text: string): readonly [scope: string, host: string] {
  const found = /^([^/:]*)\/([^/].*)$/.exec(text.trim());
  return found === null ? ['', text] : [`${found[1] ?? ''}/`, found[2] ?? ''];
}

function repaired(place: Place): readonly Proposal[] {
  const written = textAt(place, place.path);
  const [scope, host] = place.path.includes('hosts') ? splitScope(written) : ['', written];
  const better = repairedHost(host);
  const text = `${scope}${better}`;
  const list = textsAt(place.object, place.path.slice(0, -1));
  if (better === '' || text === written || list.includes(text)) return [];
  return [setting(place, [`repair ${text}`, `Write ${text}`], place.path, text)];
}

/** Texts that are no host names. */
export const badHosts: Family = {
  codes: [
    'V-VS-010',
    'V-VS-151',
    'V-VS-163',
    'V-GW-008',
    'V-GW-009',
    'V-DR-001',
    'V-SE-006',
    'V-SE-007',
    'V-SE-040',
    'V-SE-043',
    'V-WE-005',
    'V-SC-025',
    'V-SC-028',
    'V-DR-101',
    'V-VS-004',
    'V-VS-005',
    'SCHEMA-RULE',
  ],
  propose: (place) => {
    if (typeof place.value !== 'string' || (place.problem.code === 'SCHEMA-RULE' && place.path.at(-2) !== 'hosts'))
      return [];
    return repaired(place);
  },
};

/** A namespace of a Gateway's host that is none. */
export const badScopes: Family = {
  codes: ['V-GW-006', 'V-SC-025'],
  propose: (place) => {
    const written = textAt(place, place.path);
    const slash = written.indexOf('/');
    const host = slash < 0 ? written : written.slice(slash + 1);
    const scope = part(written.slice(0, Math.max(slash, 0)).toLowerCase());
    const set = (text: string): Proposal => setting(place, [`set ${text}`, `Write ${text}`], place.path, text);
    if (host === '') return [];
    return [
      ...(scope === '' || `${scope}/${host}` === written ? [] : [set(`${scope}/${host}`)]),
      set(place.resource.kind === 'Gateway' ? host : `*/${host}`),
      set(`./${host}`),
    ];
  },
};

/** A short name where only full ones can stand. */
export const shortNames: Family = {
  codes: ['V-GW-007', 'V-SC-025'],
  propose: (place) => {
    const written = textAt(place, place.path);
    const [scope, host] = splitScope(written);
    if (host === '' || host.includes('.') || host === '*') return [];
    const name = repairedHost(host);
    if (name === '' || name === '*') return [];
    const full = [...place.projection.mesh.byKind.entries()]
      .flatMap(([kind, list]) => (kind === 'VirtualService' ? list : []))
      .flatMap(({ value }) => textsAt(value, ['spec', 'hosts']))
      .find((one) => one.startsWith(`${name}.`) && !one.endsWith('.svc.cluster.local'));
    const set = (text: string): Proposal =>
      setting(place, [`set ${text}`, `Write ${scope}${text}`], place.path, scope + text);
    return [
      ...(full === undefined ? [] : [set(full)]),
      set(`${name}.${place.resource.namespace || 'default'}.svc.cluster.local`),
      set(`${name}.example.com`),
    ];
  },
};

/** A host that another one of the same list covers. */
export const coveredHosts: Family = {
  codes: ['V-VS-012', 'V-SC-026'],
  propose: (place) => {
    const list = textsAt(place.object, place.path.slice(0, -1));
    const written = textAt(place, place.path);
    const isTwin = list.filter((host) => host === written).length > 1;
    return [
      removing(
        place,
        ['removeHost', `Remove ${written}, which another host covers`, isTwin ? 'safe' : 'choice'],
        place.path,
      ),
      ...list
        .map((host, index) => ({ host, index }))
        .filter(({ host }) => host !== written && host.includes('*') !== written.includes('*'))
        .slice(0, 2)
        .map(({ host, index }) =>
          removing(place, [`removeOther ${index}`, `Remove ${host} instead`], [...place.path.slice(0, -1), index]),
        ),
    ];
  },
};
