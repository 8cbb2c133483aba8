import { hostIsWithin } from '../../istio/index.ts';
import { edit, setting, textAt, textsAt } from '../edit.ts';
import { ranked } from '../nearest.ts';
import type { Family } from '../types.ts';

/** TLS rules that do not say for which names they are, or for others than their VirtualService's. */
export const sniHosts: Family = {
  codes: ['V-VS-160', 'V-VS-162', 'V-VS-163', 'V-VS-165', 'SCHEMA-REQUIRED'],
  propose: (place) => {
    const hosts = textsAt(place.object, ['spec', 'hosts']);
    const { code, message } = place.problem;
    if (hosts.length === 0 || place.path[1] !== 'tls') return [];
    if (code === 'V-VS-160' || / match\.?$/.test(message))
      return [setting(place, ['match', `Match ${hosts.join(', ')}`], [...place.path, 'match'], [{ sniHosts: hosts }])];
    if (code === 'V-VS-162' || / sniHosts\.?$/.test(message))
      return [setting(place, ['sniHosts', `Match ${hosts.join(', ')}`], [...place.path, 'sniHosts'], hosts)];
    const written = textAt(place, place.path);
    const list = textsAt(place.object, place.path.slice(0, -1));
    const fit = ranked(written, hosts, (host) => host).filter((host) => !list.includes(host));
    const host = written.replace(/[^A-Za-z0-9.*-]+/g, '-');
    return [
      ...fit.slice(0, 3).map((one) => setting(place, [`sni ${one}`, `Match ${one}`], place.path, one)),
      ...(hosts.some((one) => hostIsWithin(host, one))
        ? []
        : [
            edit(
              place,
              ['addHost', `Add ${host} to the hosts`],
              [{ kind: 'insert', path: ['spec', 'hosts', hosts.length], value: host }],
            ),
          ]),
    ];
  },
};
