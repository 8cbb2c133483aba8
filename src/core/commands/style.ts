import type { Projection } from '../workspace/types.ts';

/** How the workspace writes its Istio resources: new ones follow it. */
export interface WorkspaceStyle {
  /** The apiVersion most used for Istio's routing kinds; `networking.istio.io/v1` in an empty workspace. */
  readonly apiVersion: string;
  /** The namespace most used among those that are written; `undefined` where most leave it out. */
  readonly namespace: string | undefined;
}

/** What most of the workspace's Istio resources do; with a tie, what comes first. */
export function styleOf(projection: Projection): WorkspaceStyle {
  const versions = new Map<string, number>();
  const namespaces = new Map<string | undefined, number>();
  for (const { group, apiVersion, value } of projection.resources) {
    if (group !== 'networking.istio.io') continue;
    const { metadata } = value;
    count(versions, apiVersion);
    const written =
      typeof metadata === 'object' && metadata !== null && 'namespace' in metadata && metadata['namespace'];
    count(namespaces, typeof written === 'string' ? written : undefined);
  }
  return { apiVersion: most(versions) ?? 'networking.istio.io/v1', namespace: most(namespaces) };
}

/** `name`, or `name-2`, `name-3`, … : the first that no resource of the kind in the namespace has. */
export function freeName(projection: Projection, kind: string, namespace: string, name: string): string {
  const taken = new Set<string>();
  for (const one of projection.resources) if (one.kind === kind && one.namespace === namespace) taken.add(one.name);
  let free = name;
  for (let next = 2; taken.has(free); next += 1) free = `${name}-${next}`;
  return free;
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function most<K>(counts: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined;
  let top = 0;
  for (const [key, number] of counts) {
    if (number > top) {
      top = number;
      best = key;
    }
  }
  return best;
}
