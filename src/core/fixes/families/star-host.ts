import { setting, textsAt } from '../edit.ts';
import type { Family } from '../types.ts';
import { gatewaysNear } from './gateway-names.ts';
import { hostsNear } from './hosts.ts';

/** The host `*` where the rules hold in the mesh. */
export const starHost: Family = {
  codes: ['V-VS-011'],
  propose: (place) => {
    const named = textsAt(place.object, ['spec', 'gateways']).filter((name) => name !== 'mesh');
    const gateways = named.length > 0 ? named : gatewaysNear(place, place.resource.name).slice(0, 3);
    const only =
      named.length > 0
        ? [setting(place, ['gatewaysOnly', `Use it at ${named.join(', ')} only`], ['spec', 'gateways'], named)]
        : gateways.map((name) =>
            setting(place, [`gateway ${name}`, `Use it at the gateway ${name}`], ['spec', 'gateways'], [name]),
          );
    return [
      ...only,
      ...hostsNear(place, place.resource.name)
        .slice(0, 3)
        .map((host) => setting(place, [`host ${host}`, `Use the host ${host}`], place.path, host)),
    ];
  },
};

/** A name of a gateway that can't be one. */
export const badGatewayNames: Family = {
  codes: ['V-VS-005', 'V-VS-006', 'V-VS-007', 'V-VS-008'],
  propose: (place) => {
    const written = String(place.value ?? '');
    const clean = (text: string): string =>
      text
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '');
    const slash = written.indexOf('/');
    const [namespace, name] =
      slash < 0 ? ['', clean(written)] : [clean(written.slice(0, slash)), clean(written.slice(slash + 1))];
    const better = namespace === '' ? name : `${namespace}/${name}`;
    const known = gatewaysNear(place, written).slice(0, 2);
    return [...new Set([...known, ...(name === '' ? [] : [better])])]
      .filter((one) => one !== written)
      .map((one) => setting(place, [`gateway ${one}`, `Use the gateway ${one}`], place.path, one));
  },
};
