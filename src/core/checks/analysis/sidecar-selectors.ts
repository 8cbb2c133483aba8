import { isSidecar } from '../../istio/index.ts';
import { namespaceIsAmbient, podIsAmbient } from './in-mesh.ts';
import { namesOf, selectedPods } from './selected-pods.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

function byPod(world: World, say: Say): ReadonlyMap<Entry, readonly Entry[]> {
  const path = ['spec', 'workloadSelector', 'labels'];
  const selectors = world
    .of('Sidecar')
    .flatMap((entry) =>
      isSidecar(entry.resource) ? [{ entry, labels: entry.resource.spec.workloadSelector?.labels ?? {}, path }] : [],
    );
  return selectedPods(world, say, selectors);
}

function sayAmbient(entry: Entry, why: string, told: Set<Entry>, say: Say): void {
  if (told.has(entry)) return;
  told.add(entry);
  say({ code: 'IST0167', entry, path: ['spec'], message: `The Sidecar does nothing: ${why} in ambient mode.` });
}

/** Sidecars that meet on a pod or a namespace, or select nothing. Source: sidecar.SelectorAnalyzer. */
export const sidecarSelectors: Analyzer = {
  name: 'sidecar.SelectorAnalyzer',
  reads: ['Sidecar', 'Pod', 'Namespace'],
  needs: ['Pod'],
  analyze: (world, say) => {
    const told = new Set<Entry>();
    for (const [pod, sidecars] of byPod(world, say)) {
      for (const entry of sidecars) {
        if (podIsAmbient(pod)) {
          sayAmbient(entry, 'the workload is', told, say);
        } else if (sidecars.length > 1) {
          const message = `The Sidecars ${namesOf(sidecars)} select the same pod, ${pod.fullName}.`;
          say({ code: 'IST0110', entry, path: ['spec', 'workloadSelector'], linePath: ['metadata', 'name'], message });
        }
      }
    }
    const whole = new Map<string, Entry[]>();
    for (const entry of world.of('Sidecar')) {
      if (!isSidecar(entry.resource)) continue;
      if (Object.keys(entry.resource.spec.workloadSelector?.labels ?? {}).length > 0) continue;
      whole.set(entry.namespace, [...(whole.get(entry.namespace) ?? []), entry]);
    }
    for (const [namespace, sidecars] of whole) {
      for (const entry of sidecars) {
        if (namespaceIsAmbient(world, namespace)) sayAmbient(entry, 'the namespace is', told, say);
        else if (sidecars.length > 1) {
          const message = `The Sidecars ${namesOf(sidecars)} are all for the whole namespace: only one of them can be used.`;
          say({ code: 'IST0111', entry, path: ['spec'], message });
        }
      }
    }
  },
};
