import { hostsMatch, isVirtualService } from '../../istio/index.ts';
import { expandHost, exportScopes } from './hosts.ts';
import type { Analyzer, Entry, World } from './types.ts';

/** VirtualServices of the mesh by scope, then by host. */
function meshHosts(world: World): ReadonlyMap<string, ReadonlyMap<string, readonly Entry[]>> {
  const scopes = new Map<string, Map<string, Entry[]>>();
  for (const entry of world.of('VirtualService')) {
    if (!isVirtualService(entry.resource)) continue;
    const { gateways = [], hosts = [], exportTo } = entry.resource.spec;
    if (gateways.length > 0 && !gateways.includes('mesh')) continue;
    for (const scope of exportScopes(exportTo, entry.namespace)) {
      const byHost = scopes.get(scope) ?? new Map<string, Entry[]>();
      scopes.set(scope, byHost);
      for (const name of hosts) {
        const host = expandHost(entry.namespace, name);
        const known = byHost.get(host);
        if (known === undefined) byHost.set(host, [entry]);
        else known.push(entry);
      }
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
        const all = [...own, ...shared.flatMap(([, entries]) => entries)];
        if (all.length < 2) continue;
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
