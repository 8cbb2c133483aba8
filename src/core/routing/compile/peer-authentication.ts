import type { Resource } from '../../istio/types.ts';
import { createdOf } from './kubernetes.ts';
import { compareText } from './order.ts';
import { enumAt, objectAt } from './read.ts';

/** By namespace (`''`: the whole mesh): `DISABLE`, `PERMISSIVE` or `STRICT`. */
export type MutualTls = ReadonlyMap<string, string>;

/** What PeerAuthentications without a selector say for namespaces and the mesh; the oldest counts. */
export function buildMutualTls(resources: readonly Resource[]): MutualTls {
  const out = new Map<string, string>();
  const policies = resources.filter(
    (r) => r.kind === 'PeerAuthentication' && objectAt(r.spec, 'selector') === undefined,
  );
  for (const policy of [...policies].sort((a, b) => compareText(createdOf(a), createdOf(b)))) {
    const place = policy.namespace === 'istio-system' ? '' : policy.namespace;
    const mode = enumAt(objectAt(policy.spec, 'mtls'), 'mode', ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']);
    if (mode !== 'UNSET' && !out.has(place)) out.set(place, mode);
  }
  return out;
}

/** The mode for a namespace: its own, else the mesh's; `PERMISSIVE` where nothing says. */
export function mutualTlsOf(modes: MutualTls, namespace: string): string {
  return modes.get(namespace) ?? modes.get('') ?? 'PERMISSIVE';
}
