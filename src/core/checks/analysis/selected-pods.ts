import { selects } from '../../istio/index.ts';
import { selectorText } from './world.ts';
import type { Entry, Say, World } from './types.ts';

/** What a resource selects pods by, and where the labels stand in it. */
interface Selector {
  readonly entry: Entry;
  readonly labels: Readonly<Record<string, string>>;
  readonly path: readonly string[];
}

/** Who selects each pod, by selectors of the pod's own namespace; says IST0101 of a selector that finds none. Empty ones are passed over. */
export function selectedPods(
  world: World,
  say: Say,
  selectors: readonly Selector[],
): ReadonlyMap<Entry, readonly Entry[]> {
  const selected = new Map<Entry, Entry[]>();
  for (const { entry, labels, path } of selectors) {
    if (Object.keys(labels).length === 0) continue;
    const pods = world
      .of('Pod')
      .filter(({ namespace, resource }) => namespace === entry.namespace && selects(labels, resource.labels));
    for (const pod of pods) selected.set(pod, [...(selected.get(pod) ?? []), entry]);
    if (pods.length > 0) continue;
    const text = selectorText(labels);
    const message = `No pod of the namespace has the labels "${text}".`;
    say({ code: 'IST0101', entry, path, linePath: [...path, text.split('=', 1)[0] ?? ''], message });
  }
  return selected;
}

/** The names of resources, sorted, as a message lists them. */
export function namesOf(entries: readonly Entry[]): string {
  return entries
    .map(({ name }) => name)
    .sort()
    .join(', ');
}
