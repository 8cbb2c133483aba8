import { shortHost } from '../../istio/index.ts';
import type { Json } from '../../yaml/types.ts';
import { edit, setting, textsAt, valueOr } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';
import { hostsNear } from './hosts.ts';

/** Hosts that a new destination of this resource may go to: its own, if they can be, else the nearest that are declared. */
function destinations(place: Place): readonly string[] {
  const own = textsAt(place.object, ['spec', 'hosts']).filter(
    (host) => host !== '' && !host.includes('*') && !host.includes('/'),
  );
  const near = hostsNear(place, own[0] ?? place.resource.name);
  const assumed = [...place.projection.mesh.services.values()]
    .filter(({ origin, host }) => origin === 'assumed' && !host.includes('*'))
    .map(({ host }) => shortHost(host, place.resource.namespace));
  const atGateways = textsAt(place.object, ['spec', 'gateways']).length > 0;
  // At a gateway the own host is a name of the outside, seldom that of a service.
  const list = atGateways
    ? [...near.slice(0, 3), ...assumed.slice(0, 2), ...own.slice(0, 1)]
    : [...own.slice(0, 1), ...near.slice(0, 3), ...assumed.slice(0, 2)];
  return [...new Set(list)].slice(0, 4);
}

/** A rule without anything to do. */
export const missingRoute: Family = {
  codes: ['V-VS-030', 'V-VS-170', 'V-VS-185'],
  propose: (place) => [
    ...destinations(place).map((host) =>
      setting(
        place,
        [`route ${host}`, `Send its requests to ${host}`],
        [...place.path, 'route'],
        [{ destination: { host } }],
      ),
    ),
    ...(place.problem.code === 'V-VS-030'
      ? [
          setting(place, ['answer404', 'Answer with 404'], [...place.path, 'directResponse'], { status: 404 }),
          setting(place, ['redirect', 'Redirect to HTTPS'], [...place.path, 'redirect'], { scheme: 'https' }),
        ]
      : []),
    edit(place, ['removeRule', 'Remove this rule'], [{ kind: 'remove', path: place.path }]),
  ],
};

/** A destination that does not say where. */
export const missingDestination: Family = {
  codes: ['V-VS-142', 'V-VS-150', 'V-VS-151', 'V-VS-096', 'SCHEMA-REQUIRED'],
  propose: (place) => {
    const last = place.path.at(-1);
    const inHost = last === 'host' && ['', '*'].includes(String(valueOr(place.value, '')));
    const destination = inHost
      ? place.path.slice(0, -1)
      : last === 'destination' || last === 'mirror'
        ? place.path
        : [...place.path, 'destination'];
    const isOne = destination.includes('route') || destination.includes('mirrors') || destination.includes('mirror');
    if (!isOne || (/^V-VS-15/.test(place.problem.code) && !inHost)) return [];
    const at = destination.findLastIndex((key) => typeof key === 'number');
    return [
      ...destinations(place).map((host) =>
        setting(place, [`host ${host}`, `Send it to ${host}`], [...destination, 'host'], host),
      ),
      edit(place, ['removeItem', 'Remove this destination'], [{ kind: 'remove', path: destination.slice(0, at + 1) }]),
    ];
  },
};

/** A VirtualService without rules. */
export const missingRules: Family = {
  codes: ['V-VS-013'],
  propose: (place) =>
    destinations(place).map((host) =>
      setting(
        place,
        [`rule ${host}`, `Send all requests to ${host}`],
        ['spec', 'http'],
        [{ route: [{ destination: { host } }] }],
      ),
    ),
};

const SERVER: Json = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] };

/** Gateways, servers and listeners without what they are about. */
export const missingServers: Family = {
  codes: ['V-GW-002', 'V-GW-004', 'V-GW-010', 'V-SC-024', 'V-SC-010', 'V-SE-004', 'SCHEMA-REQUIRED'],
  propose: (place): readonly Proposal[] => {
    const { code, message } = place.problem;
    const { path } = place;
    const { kind, name } = place.resource;
    const isServer = path.at(-2) === 'servers';
    const needs = /needs (\w+)\.?$/.exec(message)?.[1];
    const routed = (place.projection.mesh.byKind.get('VirtualService') ?? [])
      .filter(({ value }) => textsAt(value, ['spec', 'gateways']).some((gateway) => gateway.endsWith(name)))
      .flatMap(({ value }) => textsAt(value, ['spec', 'hosts']));
    const hosts = [...new Set(routed)].slice(0, 1).filter((host) => host !== '*');
    if (code === 'V-GW-002')
      return [setting(place, ['addServer', 'Add a server for HTTP on port 80'], ['spec', 'servers'], [SERVER])];
    if (code === 'V-GW-004' || (isServer && needs === 'hosts'))
      return [
        ...hosts.map((host) => setting(place, [`hosts ${host}`, `Open it for ${host}`], [...path, 'hosts'], [host])),
        setting(place, ['hosts *', 'Open it for all hosts'], [...path, 'hosts'], ['*']),
      ];
    if (code === 'V-GW-010' || code === 'V-SC-010' || (isServer && needs === 'port'))
      return [
        setting(place, ['addPort', 'Listen on port 80 for HTTP'], [...path, 'port'], {
          number: 80,
          name: 'http',
          protocol: 'HTTP',
        }),
      ];
    if (code === 'V-SC-024')
      return [setting(place, ['hosts ./*', 'Reach the hosts of the own namespace'], [...path, 'hosts'], ['./*'])];
    if (kind === 'ServiceEntry' && (code === 'V-SE-004' || needs === 'hosts')) {
      const host = name.includes('.') ? name : `${name}.example.com`;
      return [setting(place, [`hosts ${host}`, `Call it ${host}`], ['spec', 'hosts'], [host])];
    }
    return [];
  },
};

/** What a field gets that must be there, by its name. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  number: 80,
  protocol: 'HTTP',
  status: 404,
  value: 100,
  targetPort: 80,
};

/** Fields that an object must have. */
export const requiredFields: Family = {
  codes: ['SCHEMA-REQUIRED'],
  propose: (place) => {
    const needs = /needs (\w+)\.?$/.exec(place.problem.message)?.[1] ?? '';
    const value = DEFAULTS[needs];
    return value === undefined
      ? []
      : [setting(place, [`add ${needs}`, `Add ${needs}: ${String(value)}`], [...place.path, needs], value)];
  },
};

/** Policies that say nothing, or not for which port. */
export const portPolicies: Family = {
  codes: ['V-DR-091', 'V-DR-092', 'V-DR-002', 'V-DR-020', 'V-VS-080', 'V-VS-102', 'V-VS-131'],
  propose: (place) => {
    const { code } = place.problem;
    const last = place.path.at(-1);
    const name = typeof last === 'number' ? 'this policy' : String(last);
    return [
      ...(code === 'V-DR-091'
        ? [setting(place, ['addPort', 'Say port.number: 80'], [...place.path, 'port'], { number: 80 })]
        : []),
      ...(code === 'V-VS-102'
        ? [setting(place, ['https', 'Redirect to HTTPS'], [...place.path, 'scheme'], 'https')]
        : []),
      edit(
        place,
        [
          'removePart',
          `Remove ${name}, which says nothing`,
          code === 'V-DR-091' || code === 'V-VS-102' ? 'choice' : 'safe',
        ],
        [{ kind: 'remove', path: place.path }],
      ),
    ];
  },
};
