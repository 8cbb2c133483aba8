import { resolveHost } from '../../istio/index.ts';
import { isMap, valueAt } from '../../yaml/model.ts';
import { edit, listAt, removing, setting, textAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';
import { isPortAtFault } from './hosts.ts';

function portsOf(place: Place, host: string): readonly { readonly number: number; readonly protocol: string }[] {
  return place.projection.mesh.services.get(resolveHost(host, place.resource.namespace))?.ports ?? [];
}

/** The destination that a place is in or is the host of. */
function destinationOf(place: Place): Place['path'] | undefined {
  const at = place.path.findLastIndex((key) => key === 'host' || key === 'port' || key === 'subset');
  const path = at < 0 ? place.path : place.path.slice(0, at);
  return isMap(valueAt(place.object, path)) ? path : undefined;
}

function choosing(
  place: Place,
  path: Place['path'],
  numbers: readonly { readonly number: number; readonly protocol: string }[],
): readonly Proposal[] {
  return numbers
    .slice(0, 6)
    .map(({ number, protocol }) =>
      setting(place, [`port ${number}`, `Use port ${number} (${protocol})`], [...path, 'port', 'number'], number),
    );
}

/** A port that the service does not have, or that it must be told. */
export const destinationPorts: Family = {
  codes: ['IST0101', 'IST0112', 'V-VS-153', 'MW-NO-CLUSTER'],
  propose: (place) => {
    const path = destinationOf(place);
    if (
      path === undefined ||
      (place.problem.code === 'IST0101' && (place.path.at(-1) !== 'host' || !isPortAtFault(place)))
    )
      return [];
    const ports = portsOf(place, textAt(place, [...path, 'host']));
    const written = valueAt(place.object, [...path, 'port']) !== undefined;
    const choices = place.path.at(-1) === 'subset' ? [] : choosing(place, path, ports);
    const drop = removing(place, ['noPort', 'Remove port'], [...path, 'port']);
    return written ? [...choices, drop] : choices;
  },
};

const COMMON: Readonly<Record<string, number>> = {
  HTTP: 80,
  HTTPS: 443,
  TLS: 443,
  GRPC: 50051,
  HTTP2: 80,
  MONGO: 27017,
  MYSQL: 3306,
  REDIS: 6379,
};

/** Numbers that can't be those of ports. */
export const portNumbers: Family = {
  codes: [
    'V-GW-012',
    'V-SE-017',
    'V-SE-013',
    'V-SC-012',
    'V-VS-050',
    'V-VS-105',
    'V-VS-167',
    'V-VS-182',
    'V-DR-102',
    'V-SE-046',
    'V-WE-007',
    'V-DEC-004',
    'SCHEMA-TYPE',
  ],
  propose: (place) => {
    const key = place.path.at(-1);
    if (key === 'protocol' || key === 'name') return [];
    if (/^(V-DEC|SCHEMA)/.test(place.problem.code) && (key !== 'number' || typeof place.value === 'string')) return [];
    const protocol = textAt(place, [...place.path.slice(0, -1), 'protocol']).toUpperCase();
    const common = COMMON[protocol] ?? 80;
    const drop = removing(place, ['removePort', `Remove ${String(key)}`], place.path);
    const optional = !/^(V-(GW|SE-017|SC)|V-DEC|SCHEMA)/.test(place.problem.code);
    return [setting(place, [`port ${common}`, `Write ${common}`], place.path, common), ...(optional ? [drop] : [])];
  },
};

/** A port number that stands twice. */
export const portTwice: Family = {
  codes: ['V-SE-012', 'V-SC-014', 'V-SC-023', 'SCHEMA-DUPLICATE'],
  propose: (place) => {
    const item = place.path.findLastIndex((key) => typeof key === 'number');
    if (item < 0) return [];
    return [
      edit(place, ['removeItem', 'Remove the second one'], [{ kind: 'remove', path: place.path.slice(0, item + 1) }]),
    ];
  },
};

/** A server on a port that no Service opens. */
export const gatewayPorts: Family = {
  codes: ['IST0162'],
  propose: (place) => {
    const number = valueAt(place.object, [...place.path, 'number']);
    const taken = new Set(
      listAt(place.object, ['spec', 'servers']).map((server) => valueAt(server, ['port', 'number'])),
    );
    const services = place.projection.mesh.byKind.get('Service') ?? [];
    const open = [
      ...new Set([
        80,
        443,
        ...services.flatMap(({ value }) =>
          listAt(value, ['spec', 'ports']).map((port) => Number(valueAt(port, ['port']))),
        ),
      ]),
    ];
    return open
      .filter((port) => port !== number && port > 0)
      .sort((a, b) => Number(taken.has(a)) - Number(taken.has(b)))
      .slice(0, 8)
      .map((port) => setting(place, [`port ${port}`, `Use port ${port}`], [...place.path, 'number'], port));
  },
};

const GUESSES: Readonly<Record<number, string>> = {
  80: 'http',
  8080: 'http',
  8000: 'http',
  9080: 'http',
  443: 'https',
  8443: 'https',
  50051: 'grpc',
  3306: 'mysql',
  6379: 'redis',
  27017: 'mongo',
};

/** Ports of a Service of which nobody can tell what they speak. */
export const servicePortNames: Family = {
  codes: ['IST0118', 'IST0150', 'KIA0601'],
  propose: (place) => {
    const port = Number(valueAt(place.object, [...place.path, 'port']) ?? 0);
    const name = textAt(place, [...place.path, 'name']);
    const udp = textAt(place, [...place.path, 'protocol']).toUpperCase() === 'UDP';
    const guess = udp ? 'udp' : (GUESSES[port] ?? 'http');
    const protocols = [...new Set([guess, 'http', 'grpc', 'tcp'])].slice(0, 4);
    const bare = name.replace(/^(http2?|https|grpc|tcp|tls|mongo|redis|mysql|udp)-?/, '');
    return protocols.flatMap((protocol) => {
      const better = bare === '' ? protocol : `${protocol}-${bare}`.slice(0, 63);
      return [
        setting(
          place,
          [`appProtocol ${protocol}`, `Say appProtocol: ${protocol}`],
          [...place.path, 'appProtocol'],
          protocol,
        ),
        setting(place, [`name ${better}`, `Name the port ${better}`], [...place.path, 'name'], better),
      ];
    });
  },
};
