import type { ResourceId } from '../../base/ids.ts';
import { bindsMesh } from '../../mesh/index.ts';
import { resolveHost } from '../../istio/index.ts';
import type { Say } from './types.ts';
import type { View } from './view.ts';

/** The declared service that a shortened host may have meant. */
function meant(view: View, host: string): string | undefined {
  if (!host.includes('.') || host.includes('*') || view.mesh.services.get(host)?.origin === 'service') return undefined;
  return [`${host}.svc.cluster.local`, `${host}.cluster.local`].find(
    (full) => view.mesh.services.get(full)?.origin === 'service',
  );
}

/** Hosts such as `reviews.prod`, which are taken as written and are no service. */
export function partialHosts(view: View, say: Say): void {
  for (const vs of view.virtualServices) {
    if (!bindsMesh(vs)) continue;
    for (const [index, written] of (vs.spec.hosts ?? []).entries()) {
      const full = meant(view, resolveHost(written, vs.namespace));
      const caller = full === undefined ? undefined : view.sidecarOf(vs.namespace);
      const port = full === undefined ? undefined : view.mesh.services.get(full)?.ports[0]?.number;
      const resource: ResourceId = vs.id;
      if (full === undefined || caller === undefined || port === undefined) continue;
      say({
        code: 'MW-HOST-PARTIAL',
        resource,
        path: ['spec', 'hosts', index],
        message: `${written} is taken as written, since only names without a dot are completed: calls of ${full} don't come here.`,
        remedy: `Write ${full}.`,
        proxy: caller.proxy,
        request: { port, host: full, method: 'GET', path: '/' },
        claim: { notOf: resource },
      });
    }
  }
}
