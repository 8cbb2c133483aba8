import { asList, asMap, isMap, rawAt, textsAt } from './raw.ts';
import { namesOf, selectedPods } from './selected-pods.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

function sayConflicts(world: World, say: Say): void {
  const path = ['spec', 'selector', 'matchLabels'];
  const selectors = world.of('Telemetry').map((entry) => ({ entry, labels: textsAt(entry, ...path), path }));
  const selected = selectedPods(world, say, selectors);
  for (const [pod, entries] of selected) {
    if (entries.length < 2) continue;
    const message = `The Telemetries ${namesOf(entries)} select the same pod, ${pod.fullName}.`;
    for (const entry of entries)
      say({ code: 'IST0159', entry, path: ['spec', 'selector'], linePath: ['metadata', 'name'], message });
  }
}

function sayWhole(world: World, say: Say): void {
  const whole = new Map<string, Entry[]>();
  for (const entry of world.of('Telemetry')) {
    if (!isMap(rawAt(entry, 'spec', 'selector')))
      whole.set(entry.namespace, [...(whole.get(entry.namespace) ?? []), entry]);
  }
  for (const entries of whole.values()) {
    if (entries.length < 2) continue;
    const message = `The Telemetries ${namesOf(entries)} are all for the whole namespace: only one of them can be used.`;
    for (const entry of entries) say({ code: 'IST0160', entry, path: ['spec'], message });
  }
}

/** Telemetries that meet, select nothing or log nowhere. Source: analyzers/telemetry. */
export const telemetry: Analyzer = {
  name: 'telemetry.SelectorAnalyzer',
  reads: ['Telemetry', 'Pod'],
  needs: ['Pod'],
  analyze: (world, say) => {
    sayConflicts(world, say);
    sayWhole(world, say);
    for (const entry of world.of('Telemetry')) {
      for (const [index, each] of asList(rawAt(entry, 'spec', 'accessLogging')).entries()) {
        const logging = asMap(each);
        if (logging['disabled'] === true || asList(logging['providers']).length > 0) continue;
        const message = 'Access logs without a provider go nowhere.';
        say({ code: 'IST0157', entry, path: ['spec', 'accessLogging', index], message });
      }
    }
  },
};
