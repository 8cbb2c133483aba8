import { isIpAddress } from '../../istio/index.ts';
import { valueAt } from '../../yaml/model.ts';
import { edit, listAt, removal, removing, setting, textAt, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** The resolutions by how well they fit the endpoints, hosts and addresses that are there. */
function fitting(place: Place): readonly string[] {
  const endpoints = listAt(place.object, ['spec', 'endpoints']).map((one) => String(valueAt(one, ['address']) ?? ''));
  const hosts = textsAt(place.object, ['spec', 'hosts']);
  const wild = hosts.some((host) => host.startsWith('*'));
  const blocks = textsAt(place.object, ['spec', 'addresses']).some((address) => address.includes('/'));
  if (endpoints.length > 0) return endpoints.every(isIpAddress) ? ['STATIC', 'DNS'] : ['DNS', 'STATIC'];
  if (valueAt(place.object, ['spec', 'workloadSelector']) !== undefined) return ['STATIC', 'DNS'];
  return wild || blocks ? ['NONE', 'DYNAMIC_DNS', 'STATIC'] : ['DNS', 'NONE'];
}

/** A resolution that does not fit the rest of a ServiceEntry. */
export const resolution: Family = {
  codes: [
    'V-SE-009',
    'V-SE-020',
    'V-SE-021',
    'V-SE-040',
    'V-SE-041',
    'V-SE-050',
    'V-SE-051',
    'V-SE-052',
    'V-SE-053',
    'V-SE-054',
    'V-SE-060',
    'SCHEMA-RULE',
  ],
  propose: (place) => {
    if (place.resource.kind !== 'ServiceEntry' || place.path.length > 4) return [];
    const now = textAt(place, ['spec', 'resolution']);
    const set = (value: string): Proposal =>
      setting(place, [`resolution ${value}`, `Set resolution to ${value}`], ['spec', 'resolution'], value);
    const part = ['endpoints', 'addresses', 'workloadSelector'].find((key) => place.path[1] === key);
    const drop = part === undefined ? [] : [removing(place, ['removePart', `Remove ${part}`], ['spec', part])];
    return [
      ...fitting(place)
        .filter((value) => value !== now)
        .map(set),
      ...drop,
      ...firstOnly(place),
    ];
  },
};

function firstOnly(place: Place): readonly Proposal[] {
  const key = place.problem.code === 'V-SE-041' ? 'endpoints' : place.problem.code === 'V-SE-060' ? 'hosts' : undefined;
  const count = key === undefined ? 0 : listAt(place.object, ['spec', key]).length;
  if (key === undefined || count < 2) return [];
  const ops = Array.from(
    { length: count - 1 },
    (_, index) => ({ kind: 'remove', path: ['spec', key, count - 1 - index] }) as const,
  );
  const [first = 'the first'] = textsAt(place.object, ['spec', key]);
  return [edit(place, ['firstOnly', `Keep only ${key === 'hosts' ? first : 'the first endpoint'}`], ops)];
}

/** A selector of workloads and endpoints beside each other. */
export const selectorOrEndpoints: Family = {
  codes: ['V-SE-003'],
  propose: (place) =>
    (['workloadSelector', 'endpoints'] as const).map((key) =>
      edit(place, [`drop ${key}`, `Remove ${key}`], [removal(place.object, ['spec', key])]),
    ),
};

/** An address of the block that Istio gives its own from, which no other entry has. */
function freeAddress(place: Place): string {
  const taken = new Set(
    (place.projection.mesh.byKind.get('ServiceEntry') ?? []).flatMap(({ value }) =>
      textsAt(value, ['spec', 'addresses']),
    ),
  );
  let last = 1;
  while (taken.has(`240.240.0.${last}`) && last < 255) last += 1;
  return `240.240.0.${last}`;
}

/** TCP ports without an address to tell their connections by. */
export const addresses: Family = {
  codes: ['IST0134', 'V-SE-014'],
  propose: (place) => {
    const number = Number(valueAt(place.object, [...place.path, 'number']) ?? 0);
    const address = freeAddress(place);
    const protocol = (name: string): Proposal =>
      setting(place, [`protocol ${name}`, `Say that port ${number} speaks ${name}`], [...place.path, 'protocol'], name);
    const by =
      number === 443 || number === 8443 ? ['TLS', 'HTTP'] : number % 1000 === 80 ? ['HTTP', 'TLS'] : ['TLS', 'HTTP'];
    return [
      setting(place, ['address', `Give it the address ${address}`], ['spec', 'addresses'], [address]),
      ...by.map(protocol),
    ];
  },
};
