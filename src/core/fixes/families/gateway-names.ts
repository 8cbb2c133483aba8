import { edit, setting, textAt, textsAt } from '../edit.ts';
import { ranked } from '../nearest.ts';
import { planAddResource } from '../../commands/add-resource.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** `name.ns.svc.cluster.local` for `ns/name`. */
export const oldGatewayName: Family = {
  codes: ['V-VS-004'],
  propose: (place) => {
    const [name = '', namespace = ''] = textAt(place, place.path).split('.');
    if (name === '' || namespace === '') return [];
    const text = namespace === place.resource.namespace ? name : `${namespace}/${name}`;
    return [
      setting(place, ['newName', `Write ${namespace}/${name}`, 'safe'], place.path, `${namespace}/${name}`),
      ...(text === name ? [setting(place, ['shortName', `Write ${name}`], place.path, name)] : []),
    ];
  },
};

/** The Gateways that there are as this resource writes them, nearest to a name first, those of its own namespace before others. */
export function gatewaysNear(place: Place, written: string): readonly string[] {
  const own = place.resource.namespace;
  const name = written.slice(written.lastIndexOf('/') + 1).split('.')[0] ?? '';
  const all = place.projection.mesh.byKind.get('Gateway') ?? [];
  const near = ranked(name, all, (gateway) => gateway.name);
  const sorted = [
    ...near.filter(({ namespace }) => namespace === own),
    ...near.filter(({ namespace }) => namespace !== own),
  ];
  // The very name elsewhere is what was meant.
  const same = sorted.filter((gateway) => gateway.name === name);
  const list = [...same, ...sorted.filter((gateway) => gateway.name !== name)];
  return [
    ...new Set(
      list.map((gateway) => (gateway.namespace === own ? gateway.name : `${gateway.namespace}/${gateway.name}`)),
    ),
  ];
}

function removeName(place: Place): readonly Proposal[] {
  const list = textsAt(place.object, place.path.slice(0, -1));
  if (list.length < 2) return [];
  return [
    edit(
      place,
      ['removeGateway', `Remove ${textAt(place, place.path)} from gateways`],
      [{ kind: 'remove', path: place.path }],
    ),
  ];
}

/** A gateway that is not there. */
export const missingGateway: Family = {
  codes: ['IST0101', 'REF-GATEWAY', 'KIA1102'],
  propose: (place) => {
    if (place.path.at(-2) !== 'gateways') return [];
    const written = textAt(place, place.path);
    const taken = new Set(textsAt(place.object, place.path.slice(0, -1)));
    const others = gatewaysNear(place, written).filter((name) => !taken.has(name));
    const [first, second] = written.split('/');
    const [name, namespace] = second === undefined ? [first ?? '', place.resource.namespace] : [second, first ?? ''];
    const [host = '*'] = textsAt(place.object, ['spec', 'hosts']);
    const create: Proposal = {
      id: 'createGateway',
      title: `Create the Gateway ${written} for ${host}`,
      kind: 'choice',
      plan: () =>
        planAddResource(place.projection, { kind: 'addResource', resourceKind: 'Gateway', name, namespace, host }),
    };
    return [
      ...others
        .slice(0, 3)
        .map((other) => setting(place, [`gateway ${other}`, `Use the gateway ${other}`], place.path, other)),
      ...(name === '' || namespace === '' ? [] : [create]),
      ...removeName(place),
    ];
  },
};
