import { put } from '../../base/lists.ts';
import type { KialiWorld, Say } from './types.ts';

interface Claim {
  readonly resource: KialiWorld['serviceEntries'][number];
  readonly index: number;
  readonly host: string;
  readonly number: number;
}

/** KIA1211: ServiceEntries with the same host and port (and protocol). */
export function entryPorts(world: KialiWorld, say: Say): void {
  const shelves = new Map<string, Claim[]>();
  for (const resource of world.serviceEntries) {
    for (const host of resource.spec.hosts ?? [])
      for (const [index, { number = 0, protocol = '' }] of (resource.spec.ports ?? []).entries())
        put(shelves, `${host.toLowerCase()} ${number} ${protocol.toUpperCase()}`, { resource, index, host, number });
  }
  for (const claims of shelves.values()) {
    for (const claim of claims) {
      const other = claims.find((one) => one !== claim);
      if (other === undefined) continue;
      const whose = other.resource === claim.resource ? 'this entry itself' : other.resource.id;
      say({
        code: 'KIA1211',
        severity: 'warning',
        resource: claim.resource,
        path: ['spec', 'ports', claim.index],
        message: `${claim.host} has port ${claim.number} in ${whose} already.`,
        remedy: 'Declare it once.',
      });
    }
  }
}
