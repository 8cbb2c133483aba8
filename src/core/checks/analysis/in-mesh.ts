import type { Json, YamlPath } from '../../yaml/types.ts';
import { asList, asMap, asText, rawAt, textsAt } from './raw.ts';
import type { Entry, World } from './types.ts';

/* Whether a workload has a sidecar or is in ambient mode. Source: analyzers/util/in_mesh.go. */

const INJECT = 'sidecar.istio.io/inject';

const hasProxy = (containers: readonly Json[]): boolean =>
  asText(asMap(containers.find((each) => asText(asMap(each)['name']) === 'istio-proxy'))['image']) !== '';

function inMesh(world: World, entry: Entry, metadata: YamlPath, spec: YamlPath): boolean {
  const containers = (key: string): readonly Json[] => asList(rawAt(entry, ...spec, key));
  const all =
    metadata.length === 1 ? [...containers('containers'), ...containers('initContainers')] : containers('containers');
  if (hasProxy(all)) return true;
  for (const key of ['labels', 'annotations']) {
    const value = textsAt(entry, ...metadata, key)[INJECT];
    if (value !== undefined) return value === 'true';
  }
  return world.find('Namespace', entry.namespace)?.resource.labels['istio-injection'] === 'enabled';
}

/** Whether a Pod has a sidecar. */
export const podInMesh = (world: World, pod: Entry): boolean => inMesh(world, pod, ['metadata'], ['spec']);

/** Whether the pods of a Deployment get a sidecar. */
export const deploymentInMesh = (world: World, deployment: Entry): boolean =>
  inMesh(world, deployment, ['spec', 'template', 'metadata'], ['spec', 'template', 'spec']);

/** Whether a Pod is in ambient mode. */
export const podIsAmbient = ({ resource }: Entry): boolean =>
  resource.annotations['ambient.istio.io/redirection'] === 'enabled';

/** Whether a namespace is in ambient mode. */
export function namespaceIsAmbient(world: World, name: string): boolean {
  const labels = world.find('Namespace', name)?.resource.labels ?? {};
  if (labels['istio-injection'] === 'enabled' || (labels['istio.io/rev'] ?? '') !== '') return false;
  return labels['istio.io/dataplane-mode'] === 'ambient';
}
