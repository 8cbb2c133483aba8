import { isMap, valueAt } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { listAt, setting } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

const named = (port: Json | undefined): string => String(valueAt(port, ['name']) ?? '');

/** The ports that a port's name must differ from: those of its list, or of all servers. */
function portsBeside({ object, path }: Place): readonly Json[] {
  const servers = path.indexOf('servers');
  if (servers >= 0)
    return listAt(object, path.slice(0, servers + 1)).map((server) => valueAt(server, ['port']) ?? null);
  const ports = path.indexOf('ports');
  return ports < 0 ? [] : listAt(object, path.slice(0, ports + 1));
}

/** A name as Istio reads protocols from: `http-8080`, with a number behind it where that is taken. */
function nameFor(port: Json, taken: ReadonlySet<string>): string {
  const protocol =
    String(valueAt(port, ['protocol']) ?? 'tcp')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-') || 'tcp';
  const base = `${protocol}-${String(valueAt(port, ['number']) ?? valueAt(port, ['port']) ?? 'port')}`;
  let name = base;
  for (let next = 2; taken.has(name); next += 1) name = `${base}-${next}`;
  return name;
}

/** Ports without a name, with a bad one, or with one that another has. */
export const portNames: Family = {
  codes: ['V-GW-014', 'V-GW-021', 'V-SE-011', 'V-SE-015', 'V-SC-*', 'SCHEMA-REQUIRED'],
  propose: (place): readonly Proposal[] => {
    const path = place.path.at(-1) === 'name' ? place.path.slice(0, -1) : place.path;
    const port = valueAt(place.object, path);
    const isPort = path.at(-1) === 'port' || path.at(-2) === 'ports';
    if (!isPort || !isMap(port) || (place.problem.code.startsWith('SCHEMA') && named(port) !== '')) return [];
    const name = nameFor(port, new Set(portsBeside(place).map(named)));
    return [setting(place, ['namePort', `Name the port ${name}`, 'safe'], [...path, 'name'], name)];
  },
};
