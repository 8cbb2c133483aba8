import { hostsMatch, isVirtualService } from '../../istio/index.ts';
import { expandHost, exportScopes } from './hosts.ts';
import type { Analyzer, Entry, World } from './types.ts';

/** A host of a VirtualService of the mesh, once for each scope that it is exported to. */
interface Claim {
  readonly scope: string;
  readonly host: string;
}
const claims = new WeakMap<Entry, readonly Claim[]>();

function claimsOf(entry: Entry): readonly Claim[] {
  let known = claims.get(entry);
  if (known === undefined) claims.set(entry, (known = findClaims(entry)));
  return known;
}

function findClaims({ resource, namespace }: Entry): readonly Claim[] {
  if (!isVirtualService(resource)) return [];
  const { gateways = [], hosts = [], exportTo } = resource.spec;
  if (gateways.length > 0 && !gateways.includes('mesh')) return [];
  const scopes = exportScopes(exportTo, namespace);
  return scopes.flatMap((scope) => hosts.map((name) => ({ scope, host: expandHost(namespace, name) })));
}

/** VirtualServices of the mesh by scope, then by host. */
function meshHosts(world: World): ReadonlyMap<string, ReadonlyMap<string, readonly Entry[]>> {
  const scopes = new Map<string, Map<string, Entry[]>>();
  for (const entry of world.of('VirtualService')) {
    for (const { scope, host } of claimsOf(entry)) {
      let byHost = scopes.get(scope);
      if (byHost === undefined) scopes.set(scope, (byHost = new Map<string, Entry[]>()));
      const known = byHost.get(host);
      if (known === undefined) byHost.set(host, [entry]);
      else known.push(entry);
    }
  }
  return scopes;
}

/** Two VirtualServices of the mesh with one host. Source: virtualservice.ConflictingMeshGatewayHostsAnalyzer. */
export const meshHostConflicts: Analyzer = {
  name: 'virtualservice.ConflictingMeshGatewayHostsAnalyzer',
  reads: ['VirtualService'],
  needs: [],
  analyze: (world, say) => {
    const scopes = meshHosts(world);
    const everybody = [...(scopes.get('*') ?? [])];
    const told = new Set<Entry>();
    for (const [scope, byHost] of scopes) {
      for (const [host, own] of byHost) {
        const shared = scope === '*' ? [] : everybody.filter(([other]) => hostsMatch(host, other));
        if (own.length < 2 && shared.length === 0) continue;
        const all = [...own, ...shared.flatMap(([, entries]) => entries)];
        const names = [...new Set(all.map((entry) => entry.fullName))].sort().join(', ');
        for (const entry of all) {
          if (told.has(entry)) continue;
          told.add(entry);
          say({
            code: 'IST0109',
            entry,
            path: ['spec', 'hosts'],
            linePath: ['metadata', 'name'],
            message: `Several VirtualServices of the mesh (${names}) have the host ${host}; only one of them will be used.`,
            remedy: 'Put their rules into one VirtualService.',
          });
        }
      }
    }
  },
};
