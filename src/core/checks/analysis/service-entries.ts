import { isServiceEntry } from '../../istio/index.ts';
import type { Json } from '../../yaml/types.ts';
import { exportScopes } from './hosts.ts';
import type { Analyzer, Entry, World } from './types.ts';

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isAllocated({ resource }: Entry): boolean {
  const { status } = resource.value;
  const addresses = isMap(status) ? status['addresses'] : undefined;
  return Array.isArray(addresses) && addresses.length > 0;
}

/** TCP ports without an address. Source: serviceentry.ProtocolAddressesAnalyzer. */
export const serviceEntryAddresses: Analyzer = {
  name: 'serviceentry.Analyzer',
  reads: ['ServiceEntry'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('ServiceEntry')) {
      if (!isServiceEntry(entry.resource) || isAllocated(entry)) continue;
      const { addresses = [], ports = [] } = entry.resource.spec;
      if (addresses.length > 0) continue;
      for (const [index, { protocol = '' }] of ports.entries()) {
        if (protocol !== '' && protocol.toUpperCase() !== 'TCP') continue;
        const path = ['spec', 'ports', index];
        const message = 'A TCP port needs addresses, so that its connections can be told from others.';
        const remedy = 'Add addresses, or name the protocol: HTTP, TLS, ….';
        say({ code: 'IST0134', entry, path, linePath: [...path, 'name'], message, remedy });
      }
    }
  },
};

interface Claim {
  readonly entry: Entry;
  readonly protocol: string;
}

/** Claims by scope, host and port. */
function claims(
  world: World,
): ReadonlyMap<string, { readonly scope: string; readonly rest: string; readonly all: Claim[] }> {
  const index = new Map<string, { readonly scope: string; readonly rest: string; readonly all: Claim[] }>();
  for (const entry of world.of('ServiceEntry')) {
    if (!isServiceEntry(entry.resource)) continue;
    const { hosts = [], ports = [], exportTo } = entry.resource.spec;
    for (const scope of exportScopes(exportTo, entry.namespace)) {
      for (const host of hosts) {
        for (const port of ports) {
          const rest = `${host} ${port.number ?? 0}`;
          const shelf = index.get(`${scope} ${rest}`) ?? { scope, rest, all: [] };
          index.set(`${scope} ${rest}`, shelf);
          shelf.all.push({ entry, protocol: (port.protocol ?? '').toUpperCase() });
        }
      }
    }
  }
  return index;
}

/** One host and port with two protocols. Source: serviceentry.ConflictingServiceEntryProtocolAnalyzer. */
export const serviceEntryProtocols: Analyzer = {
  name: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
  reads: ['ServiceEntry'],
  needs: [],
  analyze: (world, say) => {
    const index = claims(world);
    const told = new Set<Entry>();
    for (const { scope, rest, all: own } of index.values()) {
      const all = scope === '*' ? own : [...own, ...(index.get(`* ${rest}`)?.all ?? [])];
      const protocols = [...new Set(all.map(({ protocol }) => protocol))].sort();
      if (protocols.length < 2) continue;
      const names = [...new Set(all.map(({ entry }) => entry.fullName))].sort().join(', ');
      for (const { entry } of all) {
        if (told.has(entry)) continue;
        told.add(entry);
        const [host, port] = rest.split(' ');
        say({
          code: 'IST0177',
          entry,
          path: ['spec', 'ports'],
          linePath: ['metadata', 'name'],
          message: `ServiceEntries (${names}) give "${host}", port ${port}, different protocols: ${protocols.join(', ')}.`,
          remedy: 'Agree on one protocol.',
        });
      }
    }
  },
};
