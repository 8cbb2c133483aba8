import { valueAt } from '../../yaml/model.ts';
import { setting, textAt } from '../edit.ts';
import { meant } from '../nearest.ts';
import type { Family } from '../types.ts';

const KNOWN = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'TLS', 'TCP', 'MONGO', 'MYSQL', 'REDIS'];
const BY_PORT: Readonly<Record<number, string>> = {
  80: 'HTTP',
  8080: 'HTTP',
  8000: 'HTTP',
  443: 'HTTPS',
  8443: 'HTTPS',
  15443: 'TLS',
  27017: 'MONGO',
  3306: 'MYSQL',
  6379: 'REDIS',
  50051: 'GRPC',
};

/** A protocol that Istio does not know. */
export const protocols: Family = {
  codes: ['V-GW-011', 'V-SE-016', 'V-SE-054', 'V-SC-012', 'V-SE-060', 'V-DEC-004', 'SCHEMA-TYPE'],
  propose: (place) => {
    const port = place.path.at(-1) === 'protocol' ? place.path.slice(0, -1) : place.path;
    if (place.path.at(-1) === 'number' || place.path.at(-1) === 'name') return [];
    if (/^(V-DEC|SCHEMA)/.test(place.problem.code) && place.path.at(-1) !== 'protocol') return [];
    const written = textAt(place, [...port, 'protocol']);
    const number = Number(valueAt(place.object, [...port, 'number']) ?? 0);
    const same = KNOWN.filter((name) => name === written.trim().toUpperCase().replace('_', '-'));
    const others =
      place.problem.code === 'V-SE-054' || place.problem.code === 'V-SE-060'
        ? ['HTTP', 'TLS', 'GRPC']
        : ['HTTP', 'HTTPS', 'TCP'];
    const list = [
      ...new Set([
        ...same,
        ...meant(written, KNOWN),
        ...(BY_PORT[number] === undefined ? [] : [BY_PORT[number]]),
        ...others,
      ]),
    ];
    return list
      .filter((name) => name !== written)
      .slice(0, 4)
      .map((name) =>
        setting(
          place,
          [`protocol ${name}`, `Write ${name}`, same.includes(name) ? 'safe' : 'choice'],
          [...port, 'protocol'],
          name,
        ),
      );
  },
};

/** One host and port with different protocols in several entries. */
export const protocolConflict: Family = {
  codes: ['IST0177'],
  propose: (place) => {
    const found = /port (\d+), different protocols: (.*)\.$/.exec(place.problem.message);
    if (found === null) return [];
    const ports = valueAt(place.object, place.path);
    const index = Array.isArray(ports)
      ? ports.findIndex((port) => Number(valueAt(port as never, ['number'])) === Number(found[1]))
      : -1;
    if (index < 0) return [];
    const path = [...place.path, index, 'protocol'];
    const own = textAt(place, path).toUpperCase();
    return (found[2] ?? '')
      .split(', ')
      .filter((name) => name !== own && name !== '')
      .map((name) => setting(place, [`protocol ${name}`, `Say ${name} here too`], path, name));
  },
};
